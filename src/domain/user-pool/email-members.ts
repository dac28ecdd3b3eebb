import { isDeepStrictEqual } from 'node:util';
import { filtered, type JsonObject, valueAt } from '../json';
import type { EmailConfiguration } from '../plan/desired';

/** The members of `EmailConfiguration` that the type sets; it leaves any other as it is. */
export const emailMembers: readonly string[] = [
  'EmailSendingAccount',
  'SourceArn',
  'From',
  'ReplyToEmailAddress',
  'ConfigurationSet',
] satisfies readonly (keyof EmailConfiguration)[];

/** The part of an `EmailConfiguration` that the type sets. */
export function ourEmail(configuration: JsonObject): JsonObject {
  return filtered(configuration, (member) => emailMembers.includes(member));
}

/** How the e-mail after an update differs from what was wanted: names of members. */
export interface EmailDifferences {
  /** Wanted with a value that is not there. */
  readonly other: readonly string[];
  /** Not wanted, and there as before. */
  readonly kept: readonly string[];
  /** Not wanted, and there with a value that it did not have before. */
  readonly added: readonly string[];
}

/** Compares the e-mail before and after an update with what was wanted. */
export function emailDifferences(before: JsonObject, after: JsonObject, wanted: JsonObject): EmailDifferences {
  const same = (one: JsonObject, two: JsonObject, member: string) =>
    isDeepStrictEqual(valueAt(one, member) ?? undefined, valueAt(two, member) ?? undefined);
  const differing = emailMembers.filter((member) => !same(after, wanted, member));
  const isWanted = (member: string) => (valueAt(wanted, member) ?? undefined) !== undefined;
  const extra = differing.filter((member) => !isWanted(member));
  return {
    other: differing.filter(isWanted),
    kept: extra.filter((member) => same(after, before, member)),
    added: extra.filter((member) => !same(after, before, member)),
  };
}
