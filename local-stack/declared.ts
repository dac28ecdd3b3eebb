import type { JsonObject } from '../emulator/types';
import { expecting, type Lookup, resolverOf } from './functions';
import { inOrder } from './order';
import { type StackPlace, valuesOf } from './parameters';
import { resourceTypes, setupType } from './resources/types';
import { isObject, type Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** One resource that a stack has. */
export interface Declared {
  readonly id: string;
  readonly type: string;
  /** What is known before anything is made; the rest is a placeholder. */
  readonly properties: JsonObject;
  readonly deletionPolicy: string;
}

/** What a template declares with these parameters in this place. */
export interface Declaration {
  /** The resources that are made, each after those that it needs. */
  readonly order: readonly Declared[];
  readonly setups: readonly Declared[];
  /** Resources of types that are not made here: no value of theirs is needed. */
  readonly leftOut: readonly string[];
  propertiesOf(id: string, lookup: Lookup): JsonObject;
  /** Outputs by name; undefined for one that names what is not made here. */
  outputs(lookup: Lookup): readonly (readonly [string, string | undefined])[];
}

/** Reads a template whole, before anything is made: what cannot be run throws `CannotRun`. */
export function declaredIn(
  template: Template,
  given: Readonly<Record<string, string>>,
  place: StackPlace,
): Declaration {
  const { resolve, holds } = resolverOf(template, valuesOf(template, given, place));
  const wanted = [...template.resources].filter(([, { condition }]) => condition === undefined || holds(condition));
  const made = new Set(wanted.filter(([, { type }]) => type in resourceTypes).map(([id]) => id));
  const propertiesOf = (id: string, lookup: Lookup): JsonObject => {
    const resolved = resolve(template.resources.get(id)?.properties ?? {}, lookup);
    return isObject(resolved) ? resolved : {};
  };
  const all = inOrder(template, new Set(wanted.map(([id]) => id)));
  const order = all
    .filter((id) => made.has(id))
    .map((id): Declared => {
      const { type = '', deletionPolicy = '' } = template.resources.get(id) ?? {};
      return { id, type, deletionPolicy, properties: propertiesOf(id, expecting(made)) };
    });
  const setups = order.filter(({ type }) => type === setupType);
  if (setups.length === 0)
    throw new UnsupportedTemplateError(`${template.file} declares no ${setupType}: there is nothing to run.`);
  const leftOut = wanted.filter(([id]) => !made.has(id)).map(([id, { type }]) => `${id} (${type})`);
  const outputs = (lookup: Lookup) =>
    Object.entries(template.outputs)
      .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
      .map(([name, { Value }]) => [name, printed(() => resolve(Value, lookup))] as const);
  return { order, setups, leftOut, propertiesOf, outputs };
}

function printed(resolved: () => unknown): string | undefined {
  try {
    return String(resolved());
  } catch (error) {
    if (error instanceof UnsupportedTemplateError) return undefined;
    throw error;
  }
}
