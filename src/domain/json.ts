/** JSON as it came from AWS, unknown members included. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

/** True for a JSON object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands under `member`. A member may be called `constructor`: what JavaScript gives every object does not count. */
export function valueAt(json: JsonObject, member: string): Json | undefined {
  return Object.hasOwn(json, member) ? json[member] : undefined;
}

/** The object under `member`, or an empty one where there is none. */
export function objectAt(json: JsonObject, member: string): JsonObject {
  const value = valueAt(json, member);
  return isObject(value) ? value : {};
}

/** The string under `member`; undefined where there is none or it is empty. */
export function stringAt(json: JsonObject, member: string): string | undefined {
  const value = valueAt(json, member);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The members for which `keeps` holds. */
export function filtered(json: JsonObject, keeps: (member: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([member]) => keeps(member)));
}

/** The JSON object that a text spells; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
