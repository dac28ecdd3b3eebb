import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../emulator/types';
import type { DeclaredResource, ResolvedTemplate } from './resolved-template';
import type { ResourceLookup, ResourceValues } from './resource-values';
import { ResourceOperationError, type ResourceType } from './resources/resource-type';
import { supportedTypes } from './resources/supported-types';
import type { StackContext } from './stack-context';
import { UnsupportedTemplateError } from './unsupported-template';

/** A resource of the stack, with the properties of its last create or update. */
interface CreatedResource {
  readonly declared: DeclaredResource;
  readonly properties: JsonObject;
  readonly values: ResourceValues;
}

/** A stack's resources by logical id, in the order in which they were created. */
export type StackResources = Map<string, CreatedResource>;

/** Finds the values of the stack's resources. */
export const lookupIn =
  (stack: StackResources): ResourceLookup =>
  (id) =>
    stack.get(id)?.values;

/**
 * Creates the resources of a template. Returns false where one has failed: then the others are deleted again, the last
 * one first.
 */
export async function createStack(
  context: StackContext,
  template: ResolvedTemplate,
  stack: StackResources,
): Promise<boolean> {
  for (const declared of template.order) {
    if (await createResource(context, template, stack, declared)) continue;
    context.report.heading('Rollback');
    await deleteResources(context, stack, { ids: [...stack.keys()], isRollback: true });
    return false;
  }
  return true;
}

/**
 * Updates a stack to another template. Returns false where a resource has failed: then the updated resources, the failed
 * one among them, are updated back in the order in which they were created, and new ones are deleted.
 */
export async function updateStack(
  context: StackContext,
  template: ResolvedTemplate,
  stack: StackResources,
): Promise<boolean> {
  const before = new Map(stack);
  for (const declared of template.order) {
    const existing = stack.get(declared.id);
    const succeeded = existing
      ? await updateResource(context, stack, existing, {
          declared,
          properties: template.propertiesOf(declared.id, lookupIn(stack)),
        })
      : await createResource(context, template, stack, declared);
    if (succeeded) continue;
    context.report.heading('Rollback');
    for (const [id, previous] of before) {
      const current = stack.get(id);
      if (current && current !== previous) await updateResource(context, stack, current, previous);
    }
    const added = [...stack.keys()].filter((id) => !before.has(id));
    await deleteResources(context, stack, { ids: added, isRollback: true });
    return false;
  }
  const declaredIds = new Set(template.order.map(({ id }) => id));
  const removed = [...stack.keys()].filter((id) => !declaredIds.has(id));
  await deleteResources(context, stack, { ids: removed, isRollback: false });
  return true;
}

async function createResource(
  context: StackContext,
  template: ResolvedTemplate,
  stack: StackResources,
  declared: DeclaredResource,
): Promise<boolean> {
  const properties = template.propertiesOf(declared.id, lookupIn(stack));
  return runStep(context, { name: 'Create', resource: declared, properties }, async (type) => {
    const values = await type.create({ ...context, logicalId: declared.id }, properties);
    stack.set(declared.id, { declared, properties, values });
  });
}

async function updateResource(
  context: StackContext,
  stack: StackResources,
  { properties: previous, values }: CreatedResource,
  { declared, properties }: Pick<CreatedResource, 'declared' | 'properties'>,
): Promise<boolean> {
  if (isDeepStrictEqual(properties, previous)) return true;
  const replaced = supportedTypes[declared.type]?.createOnly.find(
    (name) => !isDeepStrictEqual(properties[name], previous[name]),
  );
  if (replaced)
    throw new UnsupportedTemplateError(
      `A change of ${replaced} replaces ${declared.id}, and no replacement is run here.`,
    );
  // Set before the update: a rollback has to update the resource back even where the update fails.
  stack.set(declared.id, { declared, properties, values });
  return runStep(context, { name: 'Update', resource: declared, properties }, async (type) => {
    const updated = await type.update({ ...context, logicalId: declared.id }, { values, properties, previous });
    stack.set(declared.id, { declared, properties, values: updated });
  });
}

async function deleteResources(
  context: StackContext,
  stack: StackResources,
  { ids, isRollback }: { readonly ids: readonly string[]; readonly isRollback: boolean },
): Promise<void> {
  for (const id of [...ids].reverse()) {
    const resource = stack.get(id);
    if (!resource) continue;
    const { declared, properties, values } = resource;
    stack.delete(id);
    if (declared.deletionPolicy === 'Retain' || (declared.deletionPolicy === 'RetainExceptOnCreate' && !isRollback)) {
      context.report.line(`${id} stays: its DeletionPolicy is ${declared.deletionPolicy}`);
    } else {
      await runStep(context, { name: 'Delete', resource: declared, properties: {} }, (type) =>
        type.delete({ ...context, logicalId: id }, values, properties),
      );
    }
  }
}

/** One operation on one resource, as it is reported. */
interface Step {
  readonly name: 'Create' | 'Update' | 'Delete';
  readonly resource: DeclaredResource;
  readonly properties: JsonObject;
}

/** Runs an operation on a resource and reports it. Returns false where AWS has refused it. */
async function runStep(
  { report }: StackContext,
  { name, resource, properties }: Step,
  run: (type: ResourceType) => Promise<void>,
): Promise<boolean> {
  const { id, type: typeName } = resource;
  const type = supportedTypes[typeName];
  if (!type) throw new Error(`${typeName} is not made here`);
  report.heading(`${name} ${id} (${typeName})`);
  for (const [property, value] of Object.entries(properties)) {
    report.line(`${property}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  }
  try {
    await run(type);
    report.check(`${name} of ${id} succeeds`, true);
    return true;
  } catch (error) {
    if (!(error instanceof ResourceOperationError)) throw error;
    report.check(`${name} of ${id} succeeds`, false, error.message);
    return false;
  }
}
