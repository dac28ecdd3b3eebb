import type { ReadBack } from '../domain/declaration/declaration';
import { poolAbsent, setupNotFound } from '../domain/plan/not-found';
import { hasSetup } from '../domain/plan/plan';
import { readBack } from '../domain/plan/read-back';
import type { Invocation } from './operation';

/** What is in force on a pool, from one call. Throws `not-found` where the pool, or a setup on it, is absent. */
export async function read(run: Invocation, poolId: string): Promise<ReadBack> {
  const pool = await run.pools.describe(run.reading, poolId);
  if (pool.kind === 'absent') throw poolAbsent('read', poolId);
  if (!hasSetup(pool)) throw setupNotFound(poolId, run.poolRegion);
  return readBack(pool, poolId);
}
