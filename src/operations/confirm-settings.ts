import { HandlerError } from '../domain/errors';
import { numberOf } from '../domain/exact-json';
import type { JsonObject } from '../domain/json';
import type { PresentPool } from '../domain/plan/observed';
import { changedSettings } from '../domain/user-pool/changed-settings';
import type { Invocation } from './operation';

/** An update of the pool that Cognito has accepted. Plain JSON: it may travel through a callback context. */
export interface Sent {
  /** The pool as it was described right before. */
  readonly described: JsonObject;
  /** When AWS answered, in milliseconds since the epoch by AWS's clock; undefined where the answer was lost. */
  readonly answered: number | undefined;
}

/** An update of ours has changed a setting of the pool that it was to leave alone. */
export class SettingsChanged extends HandlerError {}

/** HTTP dates are whole seconds, and AWS's clocks are not one. */
const dateTolerance = 2000;

/** Has somebody written to the pool after our update? Undefined where it cannot be known. */
export function hasWrittenSince({ described }: PresentPool, { answered }: Sent): boolean | undefined {
  const modified = numberOf(described['LastModifiedDate']);
  if (modified === undefined || answered === undefined) return undefined;
  return modified * 1000 > answered + dateTolerance;
}

/**
 * Compares a pool's settings with those that were there right before an update. Answers a failure where the update
 * itself has changed one; what somebody else has changed since is theirs, and logged.
 */
export function confirmSettings(run: Invocation, pool: PresentPool, sent: Sent): SettingsChanged | undefined {
  const { changed, appeared } = changedSettings(sent.described, pool.described);
  const named = `user pool ${String(pool.described['Id'])} in ${pool.arn.region}`;
  if (appeared.length > 0) run.log(`New on ${named} since our update: ${appeared.join(', ')}`);
  if (changed.length === 0) return undefined;
  const names = changed.join(', ');
  const since = hasWrittenSince(pool, sent);
  if (since === true) run.log(`Somebody else has changed ${names} of ${named} since our update: left as it is`);
  if (since === undefined) run.log(`${names} of ${named} changed while the answer to our update was lost`);
  if (since !== false) return undefined;
  run.log(`UpdateUserPool has changed ${names} of ${named}`);
  return new SettingsChanged(
    'GeneralServiceException',
    `Cognito did not keep ${names} of ${named} through UpdateUserPool: set it again by hand, and report this.`,
  );
}
