import { HandlerError } from '../domain/errors';
import { hasSetup } from '../domain/plan/plan';
import type { Invocation } from './operation';

/** How many pools are described at a time: Cognito reads about 15 a second. */
const atATime = 5;

/**
 * Ids of the pools with a setup in one page of the Region's pools, and Cognito's own token for the next page. A role that is
 * narrowed to certain pools still lists them all: what it may not describe is left out, and logged, were it the whole page.
 */
export async function list(
  run: Invocation,
  token: string | undefined,
): Promise<{ readonly ids: readonly string[]; readonly next?: string }> {
  const page = await run.pools.list(run.reading, token);
  const found = new Set<string>();
  const denied = new Map<string, string>();
  const queue = page.ids.values();
  const worker = async () => {
    for (const id of queue) {
      try {
        const pool = await run.pools.describe(run.reading, id);
        if (pool.kind === 'present' && hasSetup(pool)) found.add(id);
      } catch (error) {
        if (!isDenied(error)) throw error;
        denied.set(id, error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  const [why] = denied.values();
  if (why !== undefined) run.log(`Left out: ${[...denied.keys()].sort().join(', ')}. ${why}`);
  return { ...page, ids: page.ids.filter((id) => found.has(id)) };
}

/** IAM's own refusal; a 403 of anything else, such as a proxy, says nothing about the role. */
function isDenied(error: unknown): error is HandlerError {
  return error instanceof HandlerError && /^AccessDenied(Exception)?$/.test(error.cause?.name ?? '');
}
