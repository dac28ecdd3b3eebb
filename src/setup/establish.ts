import { type Decision, decide, occupied } from '../domain/decide';
import type { Declaration } from '../domain/declaration';
import { placesOf } from '../domain/desired';
import { Failure } from '../domain/failure';
import type { PresentPool } from '../domain/observation';
import { readBack } from '../domain/read-back';
import { poolTagValue } from '../domain/record';
import { explainRefusal } from '../domain/refusals';
import { isEmpty, nothingOf, type Setup } from '../domain/setup';
import { grant, grantsSeenBy, mark, revoke, settled } from './apply';
import { confirmSettings } from './confirm-settings';
import type { Invocation, Outcome } from './invocation';
import type { Granted, Journal, Updated, Written } from './journal';
import { alternatives, distinct, observe } from './observe';
import { anotherRound, waitingRound } from './rounds';
import { confirm, type Switching, switchSender } from './switch-sender';
import { undo } from './undo';

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
}

/**
 * Makes a pool's setup be what is declared: observe, decide, apply, confirm. Every round looks anew and does what is
 * left, so it is safe to repeat. Throws `Failure` where nothing was written, or all of it was undone.
 */
export async function establish(run: Invocation, wanted: Wanted, journal: Journal | undefined): Promise<Outcome> {
  const { declared, operation } = wanted;
  if (journal?.phase === 'undoing') return undo(run, declared.userPoolId, journal);
  const applying = journal?.phase === 'applying' ? journal : undefined;
  const progress: Progress = {
    mayName: operation === 'update' || journal !== undefined,
    written: applying?.written,
    granted: applying?.granted,
    sent: applying?.sent,
  };
  try {
    return await advance(run, wanted, journal, progress);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return later(run, declared, journal, progress, error) ?? giveUp(run, declared, progress, error);
  }
}

async function advance(
  run: Invocation,
  { operation, declared, previous }: Wanted,
  journal: Journal | undefined,
  progress: Progress,
): Promise<Outcome> {
  const { requestToken, poolRegion } = run;
  const old = [
    ...(previous ? placesOf(previous, poolRegion) : []),
    ...(progress.written?.before.holdings ?? []),
    ...(progress.written?.target.holdings ?? []),
  ];
  const observing = observe(run, declared, distinct(old));
  const first = await observing.pool;
  const inTheWay = operation === 'create' && first.kind === 'present' && occupied(first, declared, requestToken);
  if (inTheWay) throw inTheWay;
  progress.mayName ||= first.kind === 'present';
  const observed = await observing.whole;
  const { pool } = observed;
  const lost = progress.sent && pool.kind === 'present' && confirmSettings(run, pool, progress.sent);
  if (lost) throw lost;

  const question = { operation, declared, requestToken, observed, alternatives: [] };
  let decision = decide(question);
  if (decision.kind === 'refuse' && decision.wantsAlternatives) {
    decision = decide({ ...question, alternatives: await alternatives(run, declared) });
  }
  if (decision.kind === 'refuse') throw decision.failure;
  if (decision.kind === 'wait') {
    // Waiting is for before the first write; a verification that is lost after it is a failure.
    if (progress.written) throw new Failure('not-stabilized', decision.message);
    return waiting(declared, journal, decision.message);
  }
  if (pool.kind === 'absent') throw new Error('decided to go on without a pool');
  if (isEmpty(decision.plan)) return { kind: 'done', model: readBack(pool, declared.userPoolId) };

  progress.written ??= { pool: pool.arn, before: before(run, operation, journal, decision), target: decision.target };
  const started = journal?.phase === 'applying' ? journal.started : Date.now();
  const how: Switching = {
    patience: run.forward,
    grantsSeenBy: () => grantsSeenBy(run, started, progress),
    guard: (now) => {
      const taken = operation === 'create' && occupied(now, declared, requestToken);
      if (taken) throw taken;
    },
  };
  const { after, unmarked } = await apply(run, declared.userPoolId, decision, pool, how, progress);
  const again = unmarked && later(run, declared, journal, progress, unmarked);
  return again ?? { kind: 'done', model: readBack(after, declared.userPoolId) };
}

/** What undoing leads back to. A Create that finds its own tag after a death no longer knows: then to nothing. */
function before(run: Invocation, operation: string, journal: Journal | undefined, { before: seen }: Go): Setup {
  const ownTag = seen.tag === poolTagValue(run.requestToken);
  return operation === 'create' && ownTag && !journal ? nothingOf(seen) : seen;
}

/** Grant before use, stop using before revoke: mail never stops in between. */
async function apply(
  run: Invocation,
  poolId: string,
  { plan, target }: Go,
  pool: PresentPool,
  how: Switching,
  progress: Progress,
): Promise<{ readonly after: PresentPool; readonly unmarked: Failure | undefined }> {
  const { forward } = run;
  const named = { arn: pool.arn, poolId };
  let now = pool;
  const look = async () => {
    // Settings change while grants are written: the update sends back what is there right before it.
    const seen = await run.pools.describe(forward, poolId);
    if (seen.kind === 'present') now = seen;
  };
  await settled([...(plan.grants.length > 0 ? [look()] : []), grant(run, forward, named, plan, progress)]);
  how.guard(now);
  const sent = plan.switches ? await switchSender(run, now, target, how) : undefined;
  progress.sent = sent ?? progress.sent;
  const marking = mark(run, forward, named, plan);
  const confirming = (async () => {
    if (sent) now = await confirm(run, now, sent, target, how);
  })();
  await settled([confirming, marking]);
  await revoke(run, forward, named, plan);
  return { after: now, unmarked: await marking };
}

function waiting(declared: Declaration, journal: Journal | undefined, message: string): Outcome {
  const started = journal?.phase === 'waiting' ? journal.started : Date.now();
  const minutes = declared.verificationTimeoutMinutes ?? 0;
  const outcome = waitingRound(started, minutes, message);
  if (outcome) return outcome;
  throw new Failure('not-stabilized', `After ${minutes} minutes (VerificationTimeoutMinutes): ${message}`);
}

/** Another round for a failure that may pass; undefined where there must be none. */
function later(
  run: Invocation,
  declared: Declaration,
  journal: Journal | undefined,
  { mayName, written, granted, sent }: Progress,
  failure: Failure,
): Outcome | undefined {
  if (!failure.transient || !mayName) return undefined;
  if (journal?.phase === 'waiting' && !written) {
    const outcome = waitingRound(journal.started, declared.verificationTimeoutMinutes ?? 0, failure.message);
    if (outcome) return outcome;
  }
  const started = journal?.phase === 'applying' ? journal.started : Date.now();
  return anotherRound(run, { version: 1, phase: 'applying', started, written, granted, sent }, failure);
}

/** Ends with an error, once what was written is undone. */
async function giveUp(run: Invocation, declared: Declaration, progress: Progress, error: Failure): Promise<Outcome> {
  const failure = explainRefusal(error, declared, run.poolRegion);
  const { written, sent } = progress;
  if (!written) throw failure;
  return undo(run, declared.userPoolId, {
    version: 1,
    phase: 'undoing',
    started: Date.now(),
    written,
    sent,
    failure: { kind: failure.kind, message: failure.message },
  });
}
