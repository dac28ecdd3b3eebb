import type { ReadBack } from '../domain/declaration';
import { poolAbsent, setupNotFound } from '../domain/not-found';
import { readBack } from '../domain/read-back';
import { showsSetup } from '../domain/setup';
import type { Invocation } from './invocation';

/** What is in force on a pool, from one call. Throws `not-found` where the pool, or a setup on it, is absent. */
export async function read(run: Invocation, poolId: string): Promise<ReadBack> {
  const pool = await run.pools.describe(run.reading, poolId);
  if (pool.kind === 'absent') throw poolAbsent('read', poolId);
  if (!showsSetup(pool)) throw setupNotFound(poolId, run.poolRegion);
  return readBack(pool, poolId);
}
