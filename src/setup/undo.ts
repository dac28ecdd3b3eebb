import { Failure } from '../domain/failure';
import { hasMembers, holdingsSeen, isEmpty, planBetween, type Setup } from '../domain/setup';
import { grant, grantsSeenBy, mark, type Named, revoke } from './apply';
import type { Invocation, Outcome } from './invocation';
import type { Granted, Undoing } from './journal';
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
  const cause = new Failure(journal.failure.kind, journal.failure.message);
  const progress: Granted = { granted: journal.granted };
  try {
    await restore(run, poolId, journal, progress);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const later = error.transient ? anotherRound(run, { ...journal, ...progress }, error) : undefined;
    if (later) return later;
    const rest = `What was written could not all be undone (${error.message}): the next Update or Delete finishes it.`;
    return { kind: 'failed', failure: new Failure(cause.kind, `${cause.message} ${rest}`) };
  }
  throw cause;
}

async function restore(
  run: Invocation,
  poolId: string,
  { written, started }: Undoing,
  progress: Granted,
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
  const current: Setup = { emailConfiguration: pool.emailConfiguration, tag: pool.tag, holdings };
  const goal: Setup = {
    emailConfiguration: hasMembers(pool.emailConfiguration, target.emailConfiguration)
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
    const sent = await switchSender(run, pool, goal, how);
    await confirm(run, pool, sent, goal, how);
  }
  const [unmarked] = await Promise.all([mark(run, patience, named, plan), revoke(run, patience, named, plan)]);
  if (unmarked) throw unmarked;
}
