import { showsSetup } from '../domain/setup';
import type { Invocation } from './invocation';

/** How many pools are described at a time: Cognito reads about 15 a second. */
const atATime = 5;

/** Ids of the pools with a setup in one page of the Region's pools, and Cognito's own token for the next page. */
export async function list(
  run: Invocation,
  token: string | undefined,
): Promise<{ readonly ids: readonly string[]; readonly next?: string }> {
  const page = await run.pools.list(run.reading, token);
  const found = new Set<string>();
  const queue = page.ids.values();
  const worker = async () => {
    for (const id of queue) {
      const pool = await run.pools.describe(run.reading, id);
      if (pool.kind === 'present' && showsSetup(pool)) found.add(id);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return { ...page, ids: page.ids.filter((id) => found.has(id)) };
}
