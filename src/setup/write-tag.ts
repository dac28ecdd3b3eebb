import type { Patience } from '../aws/calls';
import { Failure } from '../domain/failure';
import type { PresentPool } from '../domain/observation';
import { hasMembers, type Setup } from '../domain/setup';
import type { Invocation } from './invocation';
import type { Switching } from './switch-sender';

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
  const pool = Date.now() - first.at > run.limits.request / 5 ? await seen(run, patience, first) : first;
  guard(pool);
  if (target.tag === undefined) await run.pools.untag(patience, pool.arn.arn);
  else await run.pools.tag(patience, pool.arn.arn, target.tag);
  const after = await seen(run, patience, pool);
  if (after.tag === target.tag && hasMembers(after.emailConfiguration, target.emailConfiguration)) return after;
  guard(after);
  throw new Failure(
    'conflict',
    `The e-mail of user pool ${String(pool.described['Id'])} in ${pool.arn.region} was changed by somebody else right after its tag was set: see who else configures it.`,
    true,
  );
}

async function seen(run: Invocation, patience: Patience, pool: PresentPool): Promise<PresentPool> {
  const id = String(pool.described['Id']);
  const now = await run.pools.describe(patience, id);
  if (now.kind === 'present') return now;
  throw new Failure(
    'invalid',
    `User pool ${id} in ${pool.arn.region} was deleted meanwhile: take the setup from the template.`,
  );
}
