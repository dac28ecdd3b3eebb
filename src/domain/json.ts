/** JSON as it came from AWS: members that nobody here knows pass through untouched. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

/** True for a JSON object: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under `member`, or an empty one where there is none. */
export function objectAt(json: JsonObject, member: string): JsonObject {
  const value = json[member];
  return isObject(value) ? value : {};
}

/** The string under `member`; undefined where there is none or it is empty. */
export function stringAt(json: JsonObject, member: string): string | undefined {
  const value = json[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
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
