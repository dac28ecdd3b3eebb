import { backoff, type Deadline } from '../aws/retry';
import { HandlerError } from '../domain/errors';
import { type JsonObject, objectAt, stringAt } from '../domain/json';
import type { PresentPool } from '../domain/plan/observed';
import type { Setup } from '../domain/plan/plan';
import { poolTag } from '../domain/tags';
import { emailDifferences } from '../domain/user-pool/email-members';
import { isPropagationDelay } from '../domain/user-pool/update-errors';
import { droppable, updateRequest } from '../domain/user-pool/update-request';
import { confirmSettings, hasWrittenSince, type Sent } from './confirm-settings';
import type { Invocation } from './operation';

/** The pool's part of a setup. */
type PoolPart = Pick<Setup, 'emailConfiguration' | 'tag'>;

/** How the pool is switched over: within which time, and what must hold of it whenever it is looked at again. */
export interface Switching {
  readonly patience: Deadline;
  /** Until when Cognito may still not see a fresh grant, in milliseconds since the epoch, as is known by now. */
  readonly grantsSeenBy: () => number;
  /** Throws where the pool, as it is now, is no longer ours to change. */
  readonly guard: (pool: PresentPool) => void;
}

const id = (pool: PresentPool) => String(pool.described['Id']);
const named = (pool: PresentPool) => `user pool ${id(pool)} in ${pool.arn.region}`;

/**
 * Reads a pool after an update was accepted and answers it as it is then. Throws where the e-mail is not as it was set,
 * and `SettingsChanged` where it is and the update has changed something else.
 */
export async function confirm(
  run: Invocation,
  pool: PresentPool,
  sent: Sent,
  target: PoolPart,
  how: Switching,
): Promise<PresentPool> {
  const after = await describe(run, how.patience, pool);
  const lost = confirmSettings(run, after, sent);
  const since = hasWrittenSince(after, sent);
  const last = await withoutTag(run, after, sent, target, how);
  const wrong = emailFailure(run, last, sent, target, since);
  // Another round would see the settings as they are now, and could not tell.
  if (wrong && lost) throw new HandlerError(wrong.code, `${wrong.message} ${lost.message}`);
  if (wrong ?? lost) throw wrong ?? lost;
  return last;
}

/** Whether UserPoolTags replaces the tags or adds to them is not documented: where the one that was found is still there, it goes. */
async function withoutTag(
  run: Invocation,
  pool: PresentPool,
  { described }: Sent,
  target: PoolPart,
  how: Switching,
): Promise<PresentPool> {
  const { other } = emailDifferences({}, pool.emailConfiguration, target.emailConfiguration);
  const isFound = pool.tag !== undefined && pool.tag === stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  if (target.tag !== undefined || !isFound || other.length > 0) return pool;
  await run.pools.untag(how.patience, pool.arn.arn);
  return describe(run, how.patience, pool);
}

/** `since`: whether somebody has written to the pool after our update, if that is known. */
function emailFailure(
  run: Invocation,
  pool: PresentPool,
  { described }: Sent,
  target: PoolPart,
  since: boolean | undefined,
): HandlerError | undefined {
  const before = objectAt(described, 'EmailConfiguration');
  const { other, kept, added } = emailDifferences(before, pool.emailConfiguration, target.emailConfiguration);
  const theirs = [...other, ...(since === true ? kept : []), ...(since === false ? [] : added)];
  if (theirs.length > 0 || pool.tag !== target.tag) {
    return new HandlerError(
      'ResourceConflict',
      `The e-mail of ${named(pool)} was changed by somebody else right after it was set: see who else configures it.`,
      { retryable: true },
    );
  }
  if (kept.length > 0) {
    return new HandlerError(
      'GeneralServiceException',
      `Cognito kept ${kept.join(', ')} of ${named(pool)}, though UpdateUserPool left it out: declare what it is to be instead, or take it off the pool by hand, and report this.`,
    );
  }
  if (added.length > 0) run.log(`Cognito has added ${added.join(', ')} to the e-mail of ${named(pool)}`);
  return undefined;
}

/** The pool as it is now. Throws `invalid` where it was deleted meanwhile. */
export async function describe(run: Invocation, patience: Deadline, pool: PresentPool): Promise<PresentPool> {
  const now = await run.pools.describe(patience, id(pool));
  if (now.kind === 'present') return now;
  throw new HandlerError(
    'InvalidRequest',
    `User pool ${id(pool)} in ${pool.arn.region} was deleted meanwhile: take the setup from the template.`,
  );
}

function isAsSent(pool: PresentPool, { tag, emailConfiguration }: PoolPart): boolean {
  const differences = emailDifferences({}, pool.emailConfiguration, emailConfiguration);
  return pool.tag === tag && Object.values(differences).every((members) => members.length === 0);
}

/**
 * Sets configuration and tag of a pool in one UpdateUserPool that sends everything else back. Where `first` is not of
 * just now, and before another try, the pool is described anew. Answers what `confirm` must know of it.
 */
export async function switchSender(
  run: Invocation,
  first: PresentPool,
  target: PoolPart,
  how: Switching,
): Promise<Sent> {
  const look = async () => {
    const now = await describe(run, how.patience, first);
    how.guard(now);
    return now;
  };
  let pool = Date.now() - first.at > run.limits.requestTimeout / 5 ? await look() : first;
  let without: readonly string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const { described } = pool;
    const body = updateRequest(described, { ...target, without });
    const answer = await accepted(run, how.patience, body);
    if (!(answer instanceof HandlerError)) return { described, ...answer };
    const drop = answer.code === 'InvalidRequest' ? droppable(answer.cause?.text ?? '', body, without) : undefined;
    const unseen = isPropagationDelay(answer) && Date.now() < how.grantsSeenBy();
    if (drop !== undefined) {
      run.log(`Cognito does not take back ${drop}: leaving it out`);
      without = [...without, drop];
    } else if (answer.retryable || unseen) {
      const later = new HandlerError(answer.code, answer.message, { retryable: true, cause: answer.cause });
      await backoff(how.patience, attempt, later);
    } else {
      throw answer;
    }
    pool = await look();
    if (!answer.retryable) continue;
    // The answer may have been lost after the effect.
    const sent: Sent = { described, answered: undefined };
    if (isAsSent(pool, target)) return sent;
    confirmSettings(run, pool, sent);
  }
}

async function accepted(
  run: Invocation,
  patience: Deadline,
  body: JsonObject,
): Promise<Pick<Sent, 'answered'> | HandlerError> {
  try {
    return { answered: await run.pools.update(patience, body) };
  } catch (error) {
    if (error instanceof HandlerError) return error;
    throw error;
  }
}
