import { isSameNumber } from '../exact-json';
import { filtered, isObject, type Json, type JsonObject, objectAt, valueAt } from '../json';
import { poolTag } from '../tags';
import { emailMembers } from './email-members';
import { isSetting } from './members';

/** What differs between two descriptions of a pool, as paths such as `LambdaConfig.PreSignUp`. */
export interface Changes {
  /** Settings that are gone or have another value. */
  readonly changed: readonly string[];
  /** Settings that were not there before. */
  readonly appeared: readonly string[];
}

/** Members that repeat one of `VerificationMessageTemplate`: where it has that one, they are no settings of their own. */
const repeated: Readonly<Record<string, string>> = {
  EmailVerificationMessage: 'EmailMessage',
  EmailVerificationSubject: 'EmailSubject',
  SmsVerificationMessage: 'SmsMessage',
};

/**
 * Compares all that an update can set, members that the SDK lacks included, but for what the type itself sets:
 * our tag, and our members of `EmailConfiguration`. Takes the `UserPool` members of two answers of DescribeUserPool.
 */
export function changedSettings(before: JsonObject, after: JsonObject): Changes {
  const template = objectAt(before, 'VerificationMessageTemplate');
  return compared('', settings(before, template), settings(after, template));
}

function settings(described: JsonObject, template: JsonObject): JsonObject {
  const isRepeated = (member: string) =>
    Object.hasOwn(repeated, member) && Object.hasOwn(template, repeated[member] ?? '');
  const without = (member: string, ours: readonly string[]) =>
    filtered(objectAt(described, member), (inner) => !ours.includes(inner));
  return {
    ...filtered(described, (member) => isSetting(member) && !isRepeated(member)),
    EmailConfiguration: without('EmailConfiguration', emailMembers),
    UserPoolTags: without('UserPoolTags', [poolTag]),
    // Cognito repeats Policies.PasswordPolicy.TemporaryPasswordValidityDays here, and does not take both.
    AdminCreateUserConfig: without('AdminCreateUserConfig', ['UnusedAccountValidityDays']),
  };
}

const none: Changes = { changed: [], appeared: [] };

function compared(path: string, before: Json | undefined, after: Json | undefined): Changes {
  if (isUnset(before) && isUnset(after)) return none;
  if (before === undefined || before === null || isEmptyObject(before)) return { changed: [], appeared: [path] };
  if (isObject(before) && isObject(after)) return comparedInside(path, before, after);
  return isSame(before, after) ? none : { changed: [path], appeared: [] };
}

function comparedInside(path: string, before: JsonObject, after: JsonObject): Changes {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const each = members.map((member) =>
    compared(path === '' ? member : `${path}.${member}`, valueAt(before, member), valueAt(after, member)),
  );
  return { changed: each.flatMap(({ changed }) => changed), appeared: each.flatMap(({ appeared }) => appeared) };
}

const isEmptyObject = (value: Json) => isObject(value) && Object.keys(value).length === 0;

/** Is a value the same as none? Cognito answers `{}`, `[]` and null for what is not set, or leaves it out. */
function isUnset(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.values(value).every(isUnset);
}

function isSame(before: Json, after: Json | undefined): boolean {
  if (after === undefined) return false;
  if (Array.isArray(before)) return Array.isArray(after) && isSameList(before, after);
  if (isObject(before)) return isObject(after) && comparedInside('', before, after).changed.length === 0;
  return before === after || isSameNumber(before, after);
}

/** The order does not count: some of Cognito's lists are sets, and come in any order. */
function isSameList(before: readonly Json[], after: readonly Json[]): boolean {
  if (before.length !== after.length) return false;
  if (before.every((item, index) => isSame(item, after[index]))) return true;
  const left = [...after];
  return before.every((item) => {
    const index = left.findIndex((other) => isSame(item, other) && isSame(other, item));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
