import { HandlerError } from '../domain/errors';
import type { PresentPool } from '../domain/plan/observed';
import { includesMembers, type Setup } from '../domain/plan/plan';
import type { Invocation } from './operation';
import { describe, type Switching } from './update-user-pool';

/** The pool's part of a setup. */
type PoolPart = Pick<Setup, 'emailConfiguration' | 'tag'>;

/**
 * Changes the record of a pool's setup and nothing else, where the configuration is in force already: an update of the
 * pool would put all its settings at stake for nothing. Answers the pool as it is then.
 */
export async function writeTag(
  run: Invocation,
  first: PresentPool,
  target: PoolPart,
  { patience, guard }: Pick<Switching, 'patience' | 'guard'>,
): Promise<PresentPool> {
  const pool = Date.now() - first.at > run.limits.requestTimeout / 5 ? await describe(run, patience, first) : first;
  guard(pool);
  if (target.tag === undefined) await run.pools.untag(patience, pool.arn.arn);
  else await run.pools.tag(patience, pool.arn.arn, target.tag);
  const after = await describe(run, patience, pool);
  if (after.tag === target.tag && includesMembers(after.emailConfiguration, target.emailConfiguration)) return after;
  guard(after);
  throw new HandlerError(
    'ResourceConflict',
    `The e-mail of user pool ${String(pool.described['Id'])} in ${pool.arn.region} was changed by somebody else right after its tag was set: see who else configures it.`,
    { retryable: true },
  );
}
