import { describeIfOld, describePresent } from '../aws/observe';
import { changedRightAfter } from '../domain/plan/concurrent-changes';
import type { Guard } from '../domain/plan/guards';
import type { PresentPool } from '../domain/plan/observed';
import { includesMembers, type Setup } from '../domain/plan/plan';
import type { Operation } from './operation';

/**
 * Changes a pool's tag and nothing else, where the configuration is in force already: an update of the pool would put all its
 * settings at risk for nothing. Returns the pool as it is then.
 */
export async function tagUserPool(
  operation: Operation,
  seen: PresentPool,
  to: Setup,
  guard: Guard,
): Promise<PresentPool> {
  const pool = await describeIfOld(operation, seen);
  guard(pool);
  await writeTag(operation, pool, to.tag);
  const after = await describePresent(operation);
  if (after.tag === to.tag && includesMembers(after.emailConfiguration, to.emailConfiguration)) return after;
  guard(after);
  throw changedRightAfter(pool.ref, 'its tag was set');
}

/** Writes our tag on a pool, or takes it off where `tag` is undefined. */
export async function writeTag({ cognito }: Operation, { ref }: PresentPool, tag: string | undefined): Promise<void> {
  await (tag === undefined ? cognito.untagResource(ref.arn) : cognito.tagResource(ref.arn, tag));
}
