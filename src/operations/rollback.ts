import { HandlerError } from '../domain/errors';
import type { PresentPool } from '../domain/plan/observed';
import { attachedPolicies, isNoOp, isTaken, planBetween, type Setup, setupOf } from '../domain/plan/plan';
import { rollbackTarget } from '../domain/plan/rollback-target';
import { noStack, parseSetupTag, senderHash } from '../domain/tags';
import { grant, grantsSeenBy, type Named, revoke } from './apply-plan';
import type { Undoing, Written } from './callback-context';
import { confirmSettings, SettingsChanged } from './confirm-settings';
import type { Wanted } from './create-update';
import { distinct, observeIdentities } from './observe';
import type { Invocation, Outcome } from './operation';
import { anotherRound } from './run';
import { confirm, type Switching, switchSender } from './update-user-pool';
import { writeTag } from './write-tag';

/** What a next round must know of this one. */
type Progress = { -readonly [member in 'granted' | 'sent' | 'failure']: Undoing[member] };

/**
 * Takes back what an operation wrote, from what is there now: our tag, our policies, and the e-mail where it is still
 * the one that was written. Throws the journal's failure when all is as before; answers it where something is left.
 */
export async function undo(run: Invocation, wanted: Wanted, journal: Undoing): Promise<Outcome> {
  // What is undone must be seen, not remembered.
  run.memory.clear();
  const { declared, operation } = wanted;
  const progress: Progress = { granted: journal.granted, sent: journal.sent, failure: journal.failure };
  try {
    const left = await restore(run, declared.userPoolId, journal, progress);
    // A take-over has noted this Create as the owner before: the Delete that follows takes the note out.
    const isNoted = run.owner !== noStack && parseSetupTag(left)?.before === run.owner;
    if (operation === 'create' && isNoted) return { kind: 'failed', failure: causeOf(progress) };
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    // Another round would name the pool to a stack whose Delete could not be told from the rightful one.
    const mayComeBack = error.retryable && !(operation === 'create' && isOwners(run, journal.written.from));
    const later = mayComeBack ? anotherRound(run, { ...journal, ...progress }, error) : undefined;
    if (later) return later;
    const { code, message } = causeOf(progress);
    const isGivenBack = mayNotDelete(run, wanted, journal.written);
    const failure = new HandlerError(code, `${message} ${leftBehind(isGivenBack, error)}`);
    if (!isGivenBack) return { kind: 'failed', failure };
    await untie(run, declared.userPoolId, journal.written);
    throw failure;
  }
  throw causeOf(progress);
}

const causeOf = ({ failure }: Progress) => new HandlerError(failure.code, failure.message);

/** Nothing undoes what undoing has changed: the operation's failure says it, and all else goes on. */
function alsoFailed(progress: Progress, lost: SettingsChanged): void {
  const { code, message } = progress.failure;
  if (!message.includes(lost.message)) progress.failure = { code, message: `${message} ${lost.message}` };
}

/**
 * Has a Create written over something that its Delete would not give back: another sender, one that nobody's tag names, or
 * a setup that the same resource had made before? Then no Delete must follow.
 */
function mayNotDelete(run: Invocation, { operation }: Wanted, { from: before, to: target }: Written): boolean {
  if (operation !== 'create' || !isTaken(before)) return false;
  const keepsSender = senderHash(before.emailConfiguration) === senderHash(target.emailConfiguration);
  return !keepsSender || parseSetupTag(before.tag) === undefined || isOwners(run, before);
}

/** Was it the same resource's setup before, which its stack has let go of? */
const isOwners = ({ owner }: Invocation, { tag }: Setup): boolean => parseSetupTag(tag)?.owner === owner;

/** Gives the tag back alone, as well as can be: an earlier answer may have named the pool, and its Delete asks for the owner. */
async function untie(run: Invocation, poolId: string, { from: before, to: target }: Written): Promise<void> {
  const patience = { limits: run.limits, until: Date.now() + run.limits.requestTimeout };
  try {
    const pool = await run.pools.describe(patience, poolId);
    if (pool.kind !== 'present' || pool.tag !== target.tag) return;
    if (before.tag === undefined) await run.pools.untag(patience, pool.arn.arn);
    else await run.pools.tag(patience, pool.arn.arn, before.tag);
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    run.log(`The tag could not be given back: ${error.message}`);
  }
}

function leftBehind(isGivenBack: boolean, error: HandlerError): string {
  const next = isGivenBack
    ? 'what the pool sends with now works, and the next Update of the setup that was there before repairs it'
    : 'the next Update or Delete finishes it';
  return `What was written could not all be undone (${error.message}): ${next}.`;
}

/** Answers the tag that the pool has then. */
async function restore(
  run: Invocation,
  poolId: string,
  { written, started }: Undoing,
  progress: Progress,
): Promise<string | undefined> {
  const { from: before, to: target } = written;
  const patience = run.undoing;
  const named: Named = { arn: written.pool, poolId };
  const places = distinct([...before.policies, ...target.policies]);
  const [pool, seen] = await Promise.all([
    run.pools.describe(patience, poolId),
    observeIdentities(run, patience, places),
  ]);
  // An identity that is gone has no policy to put back or to take away.
  const present = seen.filter(({ observed }) => observed.kind === 'present');
  const policies = attachedPolicies(present, written.pool.region, poolId);

  if (pool.kind === 'absent') {
    const none: Setup = { emailConfiguration: {}, tag: undefined, policies: [] };
    await revoke(run, patience, named, planBetween({ ...none, policies }, none));
    return undefined;
  }
  const lost = progress.sent && confirmSettings(run, pool, progress.sent);
  if (lost) alsoFailed(progress, lost);
  const current = setupOf(pool, policies);
  const goal = rollbackTarget(current, written, pool.arn.region);
  const plan = planBetween(current, goal);
  if (isNoOp(plan)) return goal.tag;
  await grant(run, patience, named, plan, progress);
  const guard = (now: PresentPool) => {
    if (now.tag !== pool.tag && now.tag !== goal.tag)
      throw new HandlerError('ResourceConflict', `User pool ${poolId} was changed by somebody else meanwhile.`, {
        retryable: true,
      });
  };
  const how = { patience, grantsSeenBy: () => grantsSeenBy(run, started, progress), guard };
  if (plan.updatePool === 'tag') await writeTag(run, pool, goal, how);
  if (plan.updatePool === 'update') await switchBack(run, pool, goal, how, progress);
  await revoke(run, patience, named, plan);
  return goal.tag;
}

async function switchBack(
  run: Invocation,
  pool: PresentPool,
  goal: Setup,
  how: Switching,
  progress: Progress,
): Promise<void> {
  progress.sent = await switchSender(run, pool, goal, how);
  await confirm(run, pool, progress.sent, goal, how).catch((error) => {
    if (!(error instanceof SettingsChanged)) throw error;
    alsoFailed(progress, error);
  });
}
