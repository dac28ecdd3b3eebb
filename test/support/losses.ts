import type { Pool } from '../../emulator/cognito/state';
import type { EmbeddedAws } from '../../emulator/index';
import type { Json, JsonObject } from '../../emulator/types';

/** A setting, as the members that lead to it. */
export type Path = readonly [member: string, ...inner: string[]];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path to every setting that is not an object with members. */
export function leavesOf(json: JsonObject, outer: readonly string[] = []): readonly Path[] {
  return Object.entries(json).flatMap(([member, value]) => {
    const path = [...outer, member] as unknown as Path;
    return isObject(value) && Object.keys(value).length > 0 ? leavesOf(value, path) : [path];
  });
}

/** The same JSON with another value under a path; undefined takes it away. */
export function withValue(json: JsonObject, [member, ...inner]: Path, value: Json | undefined): JsonObject {
  const { [member]: old, ...rest } = json;
  const [next, ...more] = inner;
  const now = next === undefined ? value : withValue(isObject(old) ? old : {}, [next, ...more], value);
  return { ...rest, ...(now !== undefined && { [member]: now }) };
}

/** A Cognito that changes settings of a pool in its updates, the first of them or the nth, whatever it is sent. */
export function changing(aws: EmbeddedAws, pool: Pool, path: Path, value: Json | undefined, nth = 1): void {
  let count = 0;
  aws.afterCall = ({ operation, input }) => {
    if (operation !== 'UpdateUserPool' || input['UserPoolId'] !== pool.id) return;
    count += 1;
    if (count === nth) pool.members = withValue(pool.members, path, value);
  };
}
