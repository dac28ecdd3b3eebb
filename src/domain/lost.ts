import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject, objectAt } from './json';
import { poolTag } from './record';

/** What Cognito gives members that an update leaves out: a value that means "lost" where another one was sent. */
const defaults: JsonObject = {
  MfaConfiguration: 'OFF',
  DeletionProtection: 'INACTIVE',
  UserPoolTier: 'ESSENTIALS',
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
};

/** A setting that was sent and is gone: its path, and the value that was sent. */
export interface Lost {
  readonly path: readonly string[];
  readonly sent: Json;
}

/**
 * The settings of an update's body that the pool does not have afterwards: missing, or at Cognito's default. Any other
 * value is somebody else's newer one. Our own part (EmailConfiguration, our tag) is not looked at here.
 */
export function lostMembers(body: JsonObject, described: JsonObject): readonly Lost[] {
  const { UserPoolId: _id, PoolName: _name, EmailConfiguration: _ours, UserPoolTags, ...rest } = body;
  const { [poolTag]: _tag, ...tags } = isObject(UserPoolTags) ? UserPoolTags : {};
  const settings = Object.entries(rest).flatMap(([member, sent]) => {
    const now = described[member];
    if (isDefault(member, now) && !isDefault(member, sent)) return [{ path: [member], sent }];
    return lostInside([member], sent, now);
  });
  return [...settings, ...lostInside(['UserPoolTags'], tags, objectAt(described, 'UserPoolTags'))];
}

function isDefault(member: string, value: Json | undefined): boolean {
  const empty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return empty || isDeepStrictEqual(value, defaults[member]);
}

function lostInside(path: readonly string[], sent: Json, now: Json | undefined): readonly Lost[] {
  if (now === undefined || now === null) return isDefault('', sent) ? [] : [{ path, sent }];
  if (!isObject(sent) || !isObject(now)) return [];
  return Object.entries(sent).flatMap(([member, value]) => lostInside([...path, member], value, now[member]));
}

/** A pool's description with lost settings put back, everything else as it is now. */
export function putBack(described: JsonObject, lost: readonly Lost[]): JsonObject {
  return lost.reduce((pool, { path, sent }) => withValue(pool, path, sent), described);
}

function withValue(json: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [member = '', ...rest] = path;
  return { ...json, [member]: rest.length === 0 ? value : withValue(objectAt(json, member), rest, value) };
}
