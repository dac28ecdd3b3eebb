import type { ReadBack } from '../domain/declaration/declaration';
import { poolAbsent, setupNotFound } from '../domain/plan/not-found';
import { hasSetup } from '../domain/plan/plan';
import { readBack } from '../domain/plan/read-back';
import type { Operation } from './operation';

/** What is in force on a pool, from one call. Throws `NotFound` where the pool, or a setup on it, does not exist. */
export async function read({ cognito, pool: ref }: Operation): Promise<ReadBack> {
  const pool = await cognito.describeUserPool(ref.id);
  if (pool.kind === 'absent') throw poolAbsent('read', ref);
  if (!hasSetup(pool)) throw setupNotFound(ref);
  return readBack(pool);
}
