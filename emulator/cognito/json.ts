import type { Json, JsonObject } from '../types';

/** A member that is an object; empty where it is not. */
export const objectAt = (json: JsonObject, member: string): JsonObject => {
  const value = json[member];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};

/** A member that is a list; empty where it is not. */
export const listAt = (json: JsonObject, member: string): readonly Json[] => {
  const value = json[member];
  return Array.isArray(value) ? value : [];
};
