import type { UserPoolPage } from '../aws/cognito';
import { isAccessDenied } from '../aws/errors';
import { hasSetup } from '../domain/plan/plan';
import type { Listing } from './operation';

/** How many pools are described at a time: Cognito reads about 15 a second. */
const atATime = 5;

/**
 * The pools with a setup in one page of the Region's pools, with Cognito's own token for the next page. A role that is limited
 * to certain pools still lists them all: what it may not describe is left out, and logged, even where that is the whole page.
 */
export async function list({ cognito, log }: Listing, token: string | undefined): Promise<UserPoolPage> {
  const page = await cognito.listUserPools(token);
  const found = new Set<string>();
  const denied = new Map<string, string>();
  const queue = page.ids.values();
  const worker = async () => {
    for (const id of queue) {
      try {
        const pool = await cognito.describeUserPool(id);
        if (pool.kind === 'present' && hasSetup(pool)) found.add(id);
      } catch (error) {
        if (!isAccessDenied(error)) throw error;
        denied.set(id, error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  const [why] = denied.values();
  if (why !== undefined) log(`Left out: ${[...denied.keys()].sort().join(', ')}. ${why}`);
  return { ...page, ids: page.ids.filter((id) => found.has(id)) };
}
