import { ourEmail } from '../domain/email-members';
import { Failure } from '../domain/failure';
import { hasMembers, holdingsSeen, isEmpty, planBetween, type Setup } from '../domain/setup';
import { grant, grantsSeenBy, mark, type Named, revoke } from './apply';
import { confirmSettings, SettingsChanged } from './confirm-settings';
import type { Invocation, Outcome } from './invocation';
import type { Undoing } from './journal';
import { distinct, observeIdentities } from './observe';
import { anotherRound } from './rounds';
import { confirm, switchSender } from './switch-sender';

/**
 * Takes back what an operation wrote, from what is there now: our tag, our policies, and the e-mail where it is still
 * the one that was written. Throws the journal's failure when all is as before; answers it where something is left.
 */
export async function undo(run: Invocation, poolId: string, journal: Undoing): Promise<Outcome> {
  // What is undone must be seen, not remembered.
  run.memory.clear();
  const progress: Progress = { granted: journal.granted, sent: journal.sent, failure: journal.failure };
  try {
    await restore(run, poolId, journal, progress);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const later = error.transient ? anotherRound(run, { ...journal, ...progress }, error) : undefined;
    if (later) return later;
    const cause = causeOf(progress);
    const rest = `What was written could not all be undone (${error.message}): the next Update or Delete finishes it.`;
    return { kind: 'failed', failure: new Failure(cause.kind, `${cause.message} ${rest}`) };
  }
  throw causeOf(progress);
}

/** What a next round must know of this one. */
type Progress = { -readonly [member in 'granted' | 'sent' | 'failure']: Undoing[member] };

const causeOf = ({ failure }: Progress) => new Failure(failure.kind, failure.message);

/** Nothing undoes what undoing has changed: the operation's failure says it, and all else goes on. */
function alsoFailed(progress: Progress, lost: SettingsChanged): void {
  const { kind, message } = progress.failure;
  if (!message.includes(lost.message)) progress.failure = { kind, message: `${message} ${lost.message}` };
}

async function restore(
  run: Invocation,
  poolId: string,
  { written, started }: Undoing,
  progress: Progress,
): Promise<void> {
  const { before, target } = written;
  const patience = run.undoing;
  const named: Named = { arn: written.pool, poolId };
  const places = distinct([...before.holdings, ...target.holdings]);
  const [pool, seen] = await Promise.all([
    run.pools.describe(patience, poolId),
    observeIdentities(run, patience, places),
  ]);
  const present = seen.filter(({ observed }) => observed.kind === 'present');
  const isThere = (held: (typeof before.holdings)[number]) =>
    present.some(({ region, identity }) => region === held.region && identity === held.identity);
  const holdings = holdingsSeen(present, written.pool.region, poolId);

  if (pool.kind === 'absent') {
    const none: Setup = { emailConfiguration: {}, tag: undefined, holdings: [] };
    await revoke(run, patience, named, planBetween({ ...none, holdings }, none));
    return;
  }
  const lost = progress.sent && confirmSettings(run, pool, progress.sent);
  if (lost) alsoFailed(progress, lost);
  const current: Setup = { emailConfiguration: pool.emailConfiguration, tag: pool.tag, holdings };
  const goal: Setup = {
    emailConfiguration: hasMembers(pool.emailConfiguration, ourEmail(target.emailConfiguration))
      ? before.emailConfiguration
      : pool.emailConfiguration,
    tag: pool.tag === target.tag ? before.tag : pool.tag,
    holdings: before.holdings.filter(isThere),
  };
  const plan = planBetween(current, goal);
  if (isEmpty(plan)) return;
  await grant(run, patience, named, plan, progress);
  if (plan.switches) {
    const how = { patience, grantsSeenBy: () => grantsSeenBy(run, started, progress), guard: () => undefined };
    progress.sent = await switchSender(run, pool, goal, how);
    await confirm(run, pool, progress.sent, goal, how).catch((error) => {
      if (!(error instanceof SettingsChanged)) throw error;
      alsoFailed(progress, error);
    });
  }
  const [unmarked] = await Promise.all([mark(run, patience, named, plan), revoke(run, patience, named, plan)]);
  if (unmarked) throw unmarked;
}
