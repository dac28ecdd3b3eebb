import { HandlerError } from '../errors';
import { numberOf } from '../exact-json';
import { type JsonObject, objectAt, stringAt } from '../json';
import { changedRightAfter } from '../plan/concurrent-changes';
import type { PresentPool } from '../plan/observed';
import type { Setup } from '../plan/plan';
import { describePool } from '../pool-ref';
import { poolTag } from '../tags';
import { changedSettings } from './changed-settings';
import { emailDifferences } from './email-members';

/** An update of the pool that Cognito has accepted. Plain JSON: it is part of the callback context. */
export interface AcceptedUpdate {
  /** The pool as it was described right before. */
  readonly described: JsonObject;
  /** When AWS answered, in milliseconds since the epoch by AWS's clock; undefined where the answer was lost. */
  readonly answeredAt: number | undefined;
}

/** What comparing a pool with an update has shown: an error of ours, and lines for the log. */
export interface Finding<E extends HandlerError = HandlerError> {
  readonly error?: E;
  readonly log: readonly string[];
}

/** An update of ours has changed a setting of the pool that it was to keep. */
export class SettingsChanged extends HandlerError {}

/** HTTP dates are whole seconds, and AWS's clocks are not one. */
const dateTolerance = 2000;

/** Has somebody written to the pool after our update? Undefined where it cannot be known. */
function hasWrittenSince({ described }: PresentPool, { answeredAt }: AcceptedUpdate): boolean | undefined {
  const modified = numberOf(described['LastModifiedDate']);
  if (modified === undefined || answeredAt === undefined) return undefined;
  return modified * 1000 > answeredAt + dateTolerance;
}

/**
 * Compares a pool's settings with those before an update. The error is for a setting that the update itself has changed; what
 * another writer has changed since is left alone, and logged.
 */
export function settingsAfter(pool: PresentPool, update: AcceptedUpdate): Finding<SettingsChanged> {
  const { changed, appeared } = changedSettings(update.described, pool.described);
  const name = describePool(pool.ref);
  const log = appeared.length > 0 ? [`New on ${name} since our update: ${appeared.join(', ')}`] : [];
  if (changed.length === 0) return { log };
  const settings = changed.join(', ');
  switch (hasWrittenSince(pool, update)) {
    case true:
      return { log: [...log, `Somebody else has changed ${settings} of ${name} since our update: left as it is`] };
    case undefined:
      return { log: [...log, `${settings} of ${name} changed while the answer to our update was lost`] };
    case false: {
      const message = `Cognito did not keep ${settings} of ${name} through UpdateUserPool: set it again by hand, and report this.`;
      const error = new SettingsChanged('GeneralServiceException', message);
      return { error, log: [...log, `UpdateUserPool has changed ${settings} of ${name}`] };
    }
  }
}

/** Has a pool the e-mail and the tag that an update was to set, and nothing else of ours? */
export function isAsSet(pool: PresentPool, { tag, emailConfiguration }: Setup): boolean {
  const differences = emailDifferences({}, pool.emailConfiguration, emailConfiguration);
  return pool.tag === tag && Object.values(differences).every((members) => members.length === 0);
}

/** Has an update that was to take our tag off set the e-mail and kept the tag? */
export function keepsFormerTag(pool: PresentPool, to: Setup, { described }: AcceptedUpdate): boolean {
  const { other } = emailDifferences({}, pool.emailConfiguration, to.emailConfiguration);
  const isFormer = pool.tag !== undefined && pool.tag === stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  return to.tag === undefined && isFormer && other.length === 0;
}

/** Compares a pool's e-mail and tag with what an update was to set. `seen`: the pool when it was first described after it. */
export function emailAfter(pool: PresentPool, to: Setup, update: AcceptedUpdate, seen: PresentPool): Finding {
  const before = objectAt(update.described, 'EmailConfiguration');
  const since = hasWrittenSince(seen, update);
  const { other, kept, added } = emailDifferences(before, pool.emailConfiguration, to.emailConfiguration);
  const byOthers = [...other, ...(since === true ? kept : []), ...(since === false ? [] : added)];
  if (byOthers.length > 0 || pool.tag !== to.tag) return { error: changedRightAfter(pool.ref, 'it was set'), log: [] };
  const name = describePool(pool.ref);
  if (kept.length > 0) {
    const message = `Cognito kept ${kept.join(', ')} of ${name}, though UpdateUserPool left it out: declare what it is to be instead, or take it off the pool by hand, and report this.`;
    return { error: new HandlerError('GeneralServiceException', message), log: [] };
  }
  return { log: added.length > 0 ? [`Cognito has added ${added.join(', ')} to the e-mail of ${name}`] : [] };
}
