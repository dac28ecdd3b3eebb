import { backoff } from '../aws/retry';
import type { Declaration } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { type Decision, type DecisionInput, decide } from '../domain/plan/decide';
import { identitiesOf } from '../domain/plan/desired';
import { undecidedDenials } from '../domain/plan/foreign-denials';
import type { ObservedPool, PresentPool } from '../domain/plan/observed';
import { conflict, isFromThisCreate, isOwnEarlierSetup, overtaken } from '../domain/plan/ownership';
import { isNoOp } from '../domain/plan/plan';
import { readBack } from '../domain/plan/read-back';
import { explainUpdateError } from '../domain/user-pool/update-errors';
import { grant, grantsSeenBy, revoke, settled } from './apply-plan';
import type { Granted, Journal, Updated, Written } from './callback-context';
import { confirmSettings } from './confirm-settings';
import { alternatives, distinct, observe } from './observe';
import type { Invocation, Outcome } from './operation';
import { undo } from './rollback';
import { anotherRound, waitingRound } from './run';
import { confirm, type Switching, switchSender } from './update-user-pool';
import { writeTag } from './write-tag';

/** What Create and Update are asked for. */
export interface Wanted {
  readonly operation: 'create' | 'update';
  readonly declared: Declaration;
  /** What the stack declared before; Update only. */
  readonly previous: Declaration | undefined;
}

type Go = Extract<Decision, { kind: 'go' }>;

/** What an invocation knows of its own progress, for the moment in which it fails. */
interface Progress extends Granted, Updated {
  /** Nothing of somebody else's is on the pool, so an answer may name it: CloudFormation deletes what was named. */
  mayName: boolean;
  written: Written | undefined;
  resumed: boolean;
}

/**
 * Makes a pool's setup be what is declared: observe, decide, apply, confirm. Every round looks anew and does what is
 * left, so it is safe to repeat. Throws `Failure` where nothing was written, or all of it was undone.
 */
export async function establish(run: Invocation, wanted: Wanted, journal: Journal | undefined): Promise<Outcome> {
  const { declared, operation } = wanted;
  if (journal?.phase === 'undoing') return undo(run, wanted, journal);
  const applying = journal?.phase === 'applying' ? journal : undefined;
  const progress: Progress = {
    mayName: operation === 'update' || journal !== undefined,
    written: applying?.written,
    granted: applying?.granted,
    resumed: applying?.resumed ?? false,
    sent: applying?.sent,
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await advance(run, wanted, journal, progress);
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      if (await mayTryHere(run, progress, error, attempt)) continue;
      return later(run, declared, journal, progress, error) ?? giveUp(run, wanted, progress, error);
    }
  }
}

/** A Create that may not name the pool cannot come back in another round: it waits for SES here, while there is time. */
async function mayTryHere(
  run: Invocation,
  { mayName }: Progress,
  failure: HandlerError,
  attempt: number,
): Promise<boolean> {
  if (mayName || !run.pace.isThrottled()) return false;
  try {
    await backoff(run.forward, attempt, failure);
  } catch {
    return false;
  }
  run.pace.reopen();
  return true;
}

async function advance(
  run: Invocation,
  { operation, declared, previous }: Wanted,
  journal: Journal | undefined,
  progress: Progress,
): Promise<Outcome> {
  const { requestToken, owner, poolRegion } = run;
  const old = [
    ...(previous ? identitiesOf(previous, poolRegion) : []),
    ...(progress.written?.from.policies ?? []),
    ...(progress.written?.to.policies ?? []),
  ];
  const claim = { declared, requestToken, owner };
  /** Throws where the pool is, or has become, somebody else's. */
  const guard = (pool: PresentPool) => {
    const taken = operation === 'create' ? conflict(pool, claim) : undefined;
    if (taken) throw taken;
    const { from, to } = progress.written ?? {};
    if (progress.written && pool.tag !== from?.tag && pool.tag !== to?.tag)
      throw overtaken(operation, declared.userPoolId, poolRegion);
  };
  const observing = observe(run, declared, distinct(old));
  const first = await observing.pool;
  if (first.kind === 'present') {
    guard(first);
    progress.mayName ||= !isOwnEarlierSetup(first, claim);
    progress.resumed ||= operation === 'create' && !journal && isFromThisCreate(first, claim);
  }
  const observed = await observing.whole;
  const { pool } = observed;
  const lost = progress.sent && pool.kind === 'present' && confirmSettings(run, pool, progress.sent);
  if (lost) throw lost;

  if (!journal) for (const line of undecidedDenials(declared, observed)) run.log(line);
  const question: DecisionInput = { operation, ...claim, observed, alternatives: [] };
  let decision = decide(question);
  if (decision.kind === 'refuse' && decision.wantsAlternatives) {
    decision = decide({ ...question, alternatives: await alternatives(run, declared) });
  }
  if (decision.kind === 'refuse') throw decision.failure;
  if (decision.kind === 'wait') {
    // Waiting is for before the first write; a verification that is lost after it is a failure.
    if (progress.written) throw new HandlerError('NotStabilized', decision.message);
    if (!progress.mayName) throw new HandlerError('InvalidRequest', decision.message);
    return waiting(run, declared, journal, decision.message);
  }
  if (pool.kind === 'absent') throw new Error('decided to go on without a pool');
  if (isNoOp(decision.plan)) return { kind: 'done', model: readBack(pool, declared.userPoolId) };

  progress.written ??= { pool: pool.arn, from: decision.before, to: decision.target };
  const started = journal?.phase === 'applying' ? journal.started : Date.now();
  const how: Switching = { patience: run.forward, grantsSeenBy: () => grantsSeenBy(run, started, progress), guard };
  const after = await apply(run, declared.userPoolId, decision, pool, how, progress);
  return { kind: 'done', model: readBack(after, declared.userPoolId) };
}

/** Grant before use, stop using before revoke: mail never stops in between. */
async function apply(
  run: Invocation,
  poolId: string,
  { plan, target }: Go,
  pool: PresentPool,
  how: Switching,
  progress: Progress,
): Promise<PresentPool> {
  const { forward } = run;
  const named = { arn: pool.arn, poolId };
  let now: ObservedPool = pool;
  const look = async () => {
    // Settings change while grants are written: the update sends back what is there right before it.
    now = await run.pools.describe(forward, poolId);
  };
  await settled([...(plan.putPolicies.length > 0 ? [look()] : []), grant(run, forward, named, plan, progress)]);
  const switched = async (current: PresentPool): Promise<PresentPool> => {
    how.guard(current);
    if (plan.updatePool === 'tag') return writeTag(run, current, target, how);
    if (plan.updatePool === undefined) return current;
    progress.sent = await switchSender(run, current, target, how);
    return confirm(run, current, progress.sent, target, how);
  };
  const after = await switched(now.kind === 'present' ? now : pool);
  await revoke(run, forward, named, plan);
  return after;
}

function waiting(run: Invocation, declared: Declaration, journal: Journal | undefined, message: string): Outcome {
  const minutes = declared.verificationTimeoutMinutes ?? 0;
  const outcome = waitingRound(run, journal, minutes, message);
  if (outcome) return outcome;
  throw new HandlerError('NotStabilized', `After ${minutes} minutes (VerificationTimeoutMinutes): ${message}`);
}

/** Another round for a failure that may pass; undefined where there must be none. */
function later(
  run: Invocation,
  declared: Declaration,
  journal: Journal | undefined,
  { mayName, written, granted, resumed, sent }: Progress,
  failure: HandlerError,
): Outcome | undefined {
  if (!failure.retryable || !mayName) return undefined;
  if (journal?.phase === 'waiting' && !written) {
    return waitingRound(run, journal, declared.verificationTimeoutMinutes ?? 0, failure.message);
  }
  const started = journal?.phase === 'applying' ? journal.started : Date.now();
  return anotherRound(run, { version: 2, phase: 'applying', started, written, granted, resumed, sent }, failure);
}

/** Ends with an error, once what was written is undone. */
async function giveUp(run: Invocation, wanted: Wanted, progress: Progress, error: HandlerError): Promise<Outcome> {
  const failure = explainUpdateError(error, wanted.declared, run.poolRegion);
  const { written, resumed, sent } = progress;
  // What was there before an earlier invocation of the same Create is not known: the Delete that follows takes it away.
  if (resumed) return { kind: 'failed', failure };
  if (!written) throw failure;
  return undo(run, wanted, {
    version: 2,
    phase: 'undoing',
    started: Date.now(),
    written,
    sent,
    failure: { code: failure.code, message: failure.message },
  });
}
