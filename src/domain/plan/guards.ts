import type { HandlerError } from '../errors';
import { senderHash } from '../tags';
import { changedMeanwhile } from './concurrent-changes';
import type { PresentPool } from './observed';
import { type Claim, conflict, overtaken } from './ownership';
import type { Change } from './rollback-target';

/** Throws where a pool, as it is now, is not an operation's to change. */
export type Guard = (pool: PresentPool) => void;

/**
 * The guard of a Create or an Update. `changeOf`: what the operation has begun to change, which another owner must not have
 * changed since. Throws `AlreadyExists` or `ResourceConflict`.
 */
export function claimGuard(action: 'create' | 'update', claim: Claim, changeOf: () => Change | undefined): Guard {
  return (pool) => {
    const error = action === 'create' ? conflict(pool, claim) : undefined;
    const change = changeOf();
    const isOvertaken = change && pool.tag !== change.from.tag && pool.tag !== change.to.tag;
    throwIfAny(error ?? (isOvertaken ? overtaken(action, pool.ref) : undefined));
  };
}

/** The guard of a roll-back, between two tags. Throws `ResourceConflict`. */
export function tagGuard(tags: readonly (string | undefined)[]): Guard {
  return (pool) => throwIfAny(tags.includes(pool.tag) ? undefined : changedMeanwhile(pool.ref));
}

/** The guard of a Delete, between two tags and two senders. Throws `ResourceConflict`. */
export function senderGuard({ from, to }: Change): Guard {
  const hasTag = tagGuard([from.tag, to.tag]);
  return (pool) => {
    hasTag(pool);
    const isEither = [from, to].some((setup) => isSameSender(setup, pool));
    throwIfAny(isEither ? undefined : changedMeanwhile(pool.ref));
  };
}

type WithSender = Pick<PresentPool, 'emailConfiguration'>;

/** Do both send the same way: through Cognito, or with the same identity? */
export function isSameSender(one: WithSender, other: WithSender): boolean {
  return senderHash(one.emailConfiguration) === senderHash(other.emailConfiguration);
}

function throwIfAny(error: HandlerError | undefined): void {
  if (error) throw error;
}
