import type { Json, JsonObject } from '../../emulator/types';

/** What of a resource type's schema its users depend on. */
export interface Schema {
  readonly typeName: string;
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
  readonly primaryIdentifier: readonly string[];
  readonly createOnlyProperties: readonly string[];
  readonly readOnlyProperties: readonly string[];
  readonly writeOnlyProperties: readonly string[];
}

/** Everything in `now` that breaks templates or stacks made with `then`; `docs/versioning.md` has the rules in words. */
export function breaking(then: Schema, now: Schema): readonly string[] {
  const names = (pointers: readonly string[]) => pointers.map((pointer) => pointer.replace('/properties/', ''));
  const gone = Object.keys(then.properties).filter((name) => !(name in now.properties));
  const kept = Object.keys(then.properties).filter((name) => name in now.properties);
  /** Those of the properties that were there before and are in a list only now, or only then. */
  const joined = (list: (schema: Schema) => readonly string[]) =>
    kept.filter((name) => names(list(now)).includes(name) && !names(list(then)).includes(name));
  const left = (list: (schema: Schema) => readonly string[]) =>
    kept.filter((name) => !names(list(now)).includes(name) && names(list(then)).includes(name));
  return [
    ...(then.typeName === now.typeName ? [] : ['the type has another name']),
    ...(String(then.primaryIdentifier) === String(now.primaryIdentifier) ? [] : ['another property identifies it']),
    ...gone.map((name) => `${name} is gone`),
    // A new property as little as an old one: the templates that there are do not have it.
    ...now.required.filter((name) => !then.required.includes(name)).map((name) => `${name} is required`),
    ...joined((schema) => schema.createOnlyProperties).map((name) => `${name} is create-only`),
    ...joined((schema) => schema.readOnlyProperties).map((name) => `${name} is read-only`),
    ...left((schema) => schema.readOnlyProperties).map((name) => `${name} is no attribute any more`),
    ...joined((schema) => schema.writeOnlyProperties).map((name) => `${name} is write-only`),
    ...left((schema) => schema.writeOnlyProperties).map((name) => `${name} is not write-only any more`),
    ...kept.flatMap((name) => narrower(then.properties[name] ?? {}, now.properties[name] ?? {}, name)),
  ];
}

/** How a rule of a property leaves out what it let through before. Whether a pattern is wider nobody can tell: any other counts. */
const narrows: Readonly<Record<string, (then: Json | undefined, now: Json | undefined) => boolean>> = {
  type: (then, now) => then !== now,
  enum: (then, now) => now !== undefined && !list(then).every((value) => list(now).includes(value)),
  pattern: (then, now) => now !== undefined && now !== then,
  minLength: (then, now) => Number(now ?? 0) > Number(then ?? 0),
  minimum: (then, now) => Number(now ?? -Infinity) > Number(then ?? -Infinity),
  maxLength: (then, now) => Number(now ?? Infinity) < Number(then ?? Infinity),
  maximum: (then, now) => Number(now ?? Infinity) < Number(then ?? Infinity),
  default: (then, now) => then !== now,
  items: (then, now) => JSON.stringify(then) !== JSON.stringify(now),
  insertionOrder: (then, now) => then !== now,
  uniqueItems: (then, now) => then !== now,
  description: () => false,
};

function narrower(then: JsonObject, now: JsonObject, name: string): readonly string[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].flatMap((rule) => {
    const isNarrower = narrows[rule];
    if (!isNarrower) throw new Error(`whether ${rule} of ${name} breaks anything is not known: say so in breaking.ts`);
    return isNarrower(then[rule], now[rule]) ? [`${name} has another ${rule}`] : [];
  });
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
