import type { JsonObject } from '../emulator/types';
import { dependencyOrder } from './dependency-order';
import { createResolver } from './intrinsic-functions';
import { parameterValues, type StackLocation } from './parameters';
import { placeholdersFor, type ResourceLookup } from './resource-values';
import { emailSetupType, supportedTypes } from './resources/supported-types';
import { isObject, type Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** A resource of the stack. */
export interface DeclaredResource {
  readonly id: string;
  readonly type: string;
  /** Its properties as far as they are known before anything is created, with placeholders for the rest. */
  readonly properties: JsonObject;
  readonly deletionPolicy: string;
}

/** What a template declares with these parameters in this Region and account. */
export interface ResolvedTemplate {
  /** The resources that are created, each after those that it depends on. */
  readonly order: readonly DeclaredResource[];
  readonly emailSetups: readonly DeclaredResource[];
  /** Resources of types that are not supported here; no other resource needs their values. */
  readonly unsupported: readonly string[];
  propertiesOf(id: string, lookup: ResourceLookup): JsonObject;
  /** Outputs by name; undefined for one that needs an unsupported resource. */
  outputs(lookup: ResourceLookup): readonly (readonly [string, string | undefined])[];
}

/** Resolves a whole template before anything is created. Throws `UnsupportedTemplateError` for what cannot be run. */
export function resolveTemplate(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  location: StackLocation,
): ResolvedTemplate {
  const { resolve, isTrue } = createResolver(template, parameterValues(template, parameters, location));
  const included = [...template.resources].filter(([, { condition }]) => condition === undefined || isTrue(condition));
  const supported = new Set(included.filter(([, { type }]) => type in supportedTypes).map(([id]) => id));
  const propertiesOf = (id: string, lookup: ResourceLookup): JsonObject => {
    const resolved = resolve(template.resources.get(id)?.properties ?? {}, lookup);
    return isObject(resolved) ? resolved : {};
  };
  const order = dependencyOrder(template, new Set(included.map(([id]) => id)))
    .filter((id) => supported.has(id))
    .map((id): DeclaredResource => {
      const { type = '', deletionPolicy = '' } = template.resources.get(id) ?? {};
      return { id, type, deletionPolicy, properties: propertiesOf(id, placeholdersFor(supported)) };
    });
  const emailSetups = order.filter(({ type }) => type === emailSetupType);
  if (emailSetups.length === 0)
    throw new UnsupportedTemplateError(`${template.file} declares no ${emailSetupType}: there is nothing to run.`);
  const unsupported = included.filter(([id]) => !supported.has(id)).map(([id, { type }]) => `${id} (${type})`);
  const outputs = (lookup: ResourceLookup) =>
    Object.entries(template.outputs)
      .filter(([, { Condition }]) => Condition === undefined || isTrue(Condition))
      .map(([name, { Value }]) => [name, ifSupported(() => String(resolve(Value, lookup)))] as const);
  return { order, emailSetups, unsupported, propertiesOf, outputs };
}

function ifSupported(resolve: () => string): string | undefined {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof UnsupportedTemplateError) return undefined;
    throw error;
  }
}
