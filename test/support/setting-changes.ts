import type { Pool } from '../../emulator/cognito/state';
import type { EmbeddedAws } from '../../emulator/index';
import type { Json, JsonObject } from '../../emulator/types';

/** A setting, as the members that lead to it. */
export type Path = readonly [member: string, ...inner: string[]];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path to every setting that is not an object with members. */
export function settingPaths(json: JsonObject, outer: readonly string[] = []): readonly Path[] {
  return Object.entries(json).flatMap(([member, value]) => {
    const path = [...outer, member] as unknown as Path;
    return isObject(value) && Object.keys(value).length > 0 ? settingPaths(value, path) : [path];
  });
}

/** The same JSON with another value under a path; undefined takes it away. */
export function withValue(json: JsonObject, [member, ...inner]: Path, value: Json | undefined): JsonObject {
  const { [member]: old, ...rest } = json;
  const [next, ...more] = inner;
  const now = next === undefined ? value : withValue(isObject(old) ? old : {}, [next, ...more], value);
  return { ...rest, ...(now !== undefined && { [member]: now }) };
}

interface SettingChange {
  readonly path: Path;
  /** The value after the change; undefined: the setting is gone. */
  readonly value: Json | undefined;
  /** The update that makes the change; the first one unless given. */
  readonly nth?: number;
}

/** Makes Cognito change a setting of a pool in one of its updates, whatever the request says. */
export function changeOnUpdate(aws: EmbeddedAws, pool: Pool, { path, value, nth = 1 }: SettingChange): void {
  let count = 0;
  aws.afterCall = ({ operation, input }) => {
    if (operation !== 'UpdateUserPool' || input['UserPoolId'] !== pool.id) return;
    count += 1;
    if (count === nth) pool.members = withValue(pool.members, path, value);
  };
}
