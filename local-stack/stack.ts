import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../emulator/types';
import type { Declaration, Declared } from './declared';
import type { Known, Lookup } from './functions';
import { Refused, type ResourceType, type StackContext } from './resources/type';
import { resourceTypes } from './resources/types';
import { UnsupportedTemplateError } from './unsupported-template';

/** One resource that stands, with what it was last told. */
export interface Standing {
  readonly declared: Declared;
  readonly properties: JsonObject;
  readonly made: Known;
}

/** A stack's resources by logical id, in the order in which they were made. */
export type Stack = Map<string, Standing>;

/** Looks up what stands. */
export const standingIn =
  (stack: Stack): Lookup =>
  (id) =>
    stack.get(id)?.made;

/** Makes a stack. False where a resource failed: then what was made is deleted again, the last one first. */
export async function createStack(site: StackContext, declaration: Declaration, stack: Stack): Promise<boolean> {
  for (const declared of declaration.order) {
    if (await make(site, declaration, stack, declared)) continue;
    site.report.heading('Rollback');
    await removeAll(site, stack, [...stack.keys()], true);
    return false;
  }
  return true;
}

/**
 * Updates a stack to another declaration. False where a resource failed: then those that were updated, the failed one
 * with them, are updated back in the order in which they were made, and new ones are deleted.
 */
export async function updateStack(site: StackContext, declaration: Declaration, stack: Stack): Promise<boolean> {
  const before = new Map(stack);
  for (const declared of declaration.order) {
    const standing = stack.get(declared.id);
    const fine = standing
      ? await change(site, stack, standing, declaration.propertiesOf(declared.id, standingIn(stack)), declared)
      : await make(site, declaration, stack, declared);
    if (fine) continue;
    site.report.heading('Rollback');
    for (const [id, old] of before) {
      const now = stack.get(id);
      if (now && now !== old) await change(site, stack, now, old.properties, old.declared);
    }
    await removeAll(
      site,
      stack,
      [...stack.keys()].filter((id) => !before.has(id)),
      true,
    );
    return false;
  }
  const kept = new Set(declaration.order.map(({ id }) => id));
  await removeAll(
    site,
    stack,
    [...stack.keys()].filter((id) => !kept.has(id)),
    false,
  );
  return true;
}

async function make(site: StackContext, declaration: Declaration, stack: Stack, declared: Declared): Promise<boolean> {
  const properties = declaration.propertiesOf(declared.id, standingIn(stack));
  return step(site, 'Create', declared, properties, async (type) => {
    const made = await type.create({ ...site, logicalId: declared.id }, properties);
    stack.set(declared.id, { declared, properties, made });
  });
}

async function change(
  site: StackContext,
  stack: Stack,
  standing: Standing,
  properties: JsonObject,
  declared: Declared,
): Promise<boolean> {
  const { properties: previous, made } = standing;
  if (isDeepStrictEqual(properties, previous)) return true;
  const replaced = resourceTypes[declared.type]?.createOnly.find(
    (name) => !isDeepStrictEqual(properties[name], previous[name]),
  );
  if (replaced)
    throw new UnsupportedTemplateError(
      `A change of ${replaced} replaces ${declared.id}, and no replacement is run here.`,
    );
  // It counts as changed from now on, even where the change fails: a rollback must reach it.
  stack.set(declared.id, { declared, properties, made });
  return step(site, 'Update', declared, properties, async (type) => {
    stack.set(declared.id, {
      declared,
      properties,
      made: await type.update({ ...site, logicalId: declared.id }, made, properties, previous),
    });
  });
}

async function removeAll(site: StackContext, stack: Stack, ids: readonly string[], rollback: boolean): Promise<void> {
  for (const id of [...ids].reverse()) {
    const standing = stack.get(id);
    if (!standing) continue;
    const { declared, properties, made } = standing;
    stack.delete(id);
    if (declared.deletionPolicy === 'Retain' || (declared.deletionPolicy === 'RetainExceptOnCreate' && !rollback)) {
      site.report.line(`${id} stays: its DeletionPolicy is ${declared.deletionPolicy}`);
    } else {
      await step(site, 'Delete', declared, {}, (type) => type.remove({ ...site, logicalId: id }, made, properties));
    }
  }
}

/** One operation on one resource, told from its heading to its end. False where AWS has refused it. */
async function step(
  { report }: StackContext,
  what: string,
  { id, type }: Declared,
  properties: JsonObject,
  act: (type: ResourceType) => Promise<void>,
): Promise<boolean> {
  const known = resourceTypes[type];
  if (!known) throw new Error(`${type} is not made here`);
  report.heading(`${what} ${id} (${type})`);
  for (const [name, value] of Object.entries(properties)) {
    report.line(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  }
  try {
    await act(known);
    report.check(`${what} of ${id} succeeds`, true);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    report.check(`${what} of ${id} succeeds`, false, error.message);
    return false;
  }
}
