import { type Patience, rest } from '../aws/calls';
import { Failure } from '../domain/failure';
import type { JsonObject } from '../domain/json';
import { type Lost, lostMembers, putBack } from '../domain/lost';
import type { PresentPool } from '../domain/observation';
import { isUnseenGrant } from '../domain/refusals';
import { hasMembers, type Setup } from '../domain/setup';
import { droppable, updateRequest } from '../domain/update-request';
import type { Invocation } from './invocation';

/** The pool's part of a setup. */
type PoolPart = Pick<Setup, 'emailConfiguration' | 'tag'>;

/** How the pool is switched over: within which time, and what must hold of it whenever it is looked at again. */
export interface Switching {
  readonly patience: Patience;
  /** Until when Cognito may still not see a fresh grant, in milliseconds since the epoch, as is known by now. */
  readonly grantsSeenBy: () => number;
  /** Throws where the pool, as it is now, is no longer ours to change. */
  readonly guard: (pool: PresentPool) => void;
}

const id = (pool: PresentPool) => String(pool.described['Id']);
const named = (pool: PresentPool) => `user pool ${id(pool)} in ${pool.arn.region}`;

const sendsAs = (pool: PresentPool, target: PoolPart) => hasMembers(pool.emailConfiguration, target.emailConfiguration);
const isAsSent = (pool: PresentPool, target: PoolPart) => pool.tag === target.tag && sendsAs(pool, target);

/**
 * Reads a pool after `sent` was accepted: puts back, once, what the update lost, and answers the pool as it is then.
 * Throws where a setting stays lost, or where somebody else has changed the e-mail since.
 */
export async function confirm(
  run: Invocation,
  pool: PresentPool,
  sent: JsonObject,
  target: PoolPart,
  how: Switching,
): Promise<PresentPool> {
  const after = await describe(run, how.patience, pool);
  const lost = lostMembers(sent, after.described);
  if (lost.length === 0) return confirmed(run, after, target, how);
  const names = [...new Set(lost.map(({ path }) => path.join('.')))].join(', ');
  run.log(`UpdateUserPool lost ${names}: putting it back`);
  const again = await switchSender(run, after, target, how, lost);
  const last = await describe(run, how.patience, pool);
  if (lostMembers(again, last.described).length === 0) return confirmed(run, last, target, how);
  throw new Failure(
    'other',
    `Cognito did not keep ${names} of ${named(pool)} through UpdateUserPool, twice: set it again by hand, and report this.`,
  );
}

async function confirmed(run: Invocation, pool: PresentPool, target: PoolPart, how: Switching): Promise<PresentPool> {
  if (target.tag === undefined && pool.tag !== undefined && sendsAs(pool, target)) {
    // Whether UserPoolTags replaces the tags or adds to them is not documented.
    await run.pools.untag(how.patience, pool.arn.arn);
    return confirmed(run, await describe(run, how.patience, pool), target, how);
  }
  if (isAsSent(pool, target)) return pool;
  throw new Failure(
    'conflict',
    `The e-mail of ${named(pool)} was changed by somebody else right after it was set: see who else configures it.`,
    true,
  );
}

async function describe(run: Invocation, patience: Patience, pool: PresentPool): Promise<PresentPool> {
  const now = await run.pools.describe(patience, id(pool));
  if (now.kind === 'present') return now;
  throw new Failure(
    'invalid',
    `User pool ${id(pool)} in ${pool.arn.region} was deleted meanwhile: take the setup from the template.`,
  );
}

/**
 * Sets configuration and tag of a pool in one UpdateUserPool that sends everything else back. Where `first` is not of
 * just now, and before another try, the pool is described anew. `lost` settings go back with it. Answers the body that
 * was accepted.
 */
export async function switchSender(
  run: Invocation,
  first: PresentPool,
  target: PoolPart,
  how: Switching,
  lost: readonly Lost[] = [],
): Promise<JsonObject> {
  const look = async () => {
    const now = await describe(run, how.patience, first);
    how.guard(now);
    return now;
  };
  let pool = Date.now() - first.at > run.limits.request / 5 ? await look() : first;
  let without: readonly string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const body = updateRequest(putBack(pool.described, lost), { ...target, without });
    const failure = await refusal(run, how.patience, body);
    if (!failure) return body;
    const drop = failure.kind === 'invalid' ? droppable(failure.aws?.text ?? '', body, without) : undefined;
    const unseen = isUnseenGrant(failure) && Date.now() < how.grantsSeenBy();
    if (drop !== undefined) {
      run.log(`Cognito does not take back ${drop}: leaving it out`);
      without = [...without, drop];
    } else if (failure.transient || unseen) {
      const later = new Failure(failure.kind, failure.message, true, failure.aws);
      await rest(how.patience, attempt, later);
    } else {
      throw failure;
    }
    pool = await look();
    // The answer may have been lost after the effect.
    if (failure.transient && isAsSent(pool, target)) return body;
  }
}

async function refusal(run: Invocation, patience: Patience, body: JsonObject): Promise<Failure | undefined> {
  try {
    await run.pools.update(patience, body);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
