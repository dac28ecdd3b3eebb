import { partition } from '@aws-sdk/core/client';
import type { PoolArn } from '../domain/arn';
import { emailMfaMessage } from '../domain/checks/world';
import { setupNotFound } from '../domain/decide';
import type { Declaration } from '../domain/declaration';
import { type Place, placesOf } from '../domain/desired';
import { Failure } from '../domain/failure';
import type { IdentityAt, PresentPool } from '../domain/observation';
import { explainRefusal } from '../domain/refusals';
import { anyHeld, holdingsSeen, nothingOf, planBetween, type Setup } from '../domain/setup';
import { revoke, settled } from './apply';
import { confirmSettings } from './confirm-settings';
import type { Invocation, Outcome } from './invocation';
import type { Deleting, Journal } from './journal';
import { distinct, followed, observeIdentities } from './observe';
import { anotherRound } from './rounds';
import { confirm, switchSender } from './switch-sender';

/** What a next round must know of this one. */
type Progress = { -readonly [member in 'places' | 'found' | 'sent']: Deleting[member] };

/**
 * Takes a setup away: the pool back to Cognito's default sender and its tag off, then our policies and identity tags.
 * Goes forward only, and is safe to repeat. Throws `not-found` where there is no setup of ours.
 */
export async function remove(run: Invocation, declared: Declaration, journal: Journal | undefined): Promise<Outcome> {
  const deleting = journal?.phase === 'deleting' ? journal : undefined;
  const known = distinct([...placesOf(declared, run.poolRegion), ...(deleting?.places ?? [])]);
  const progress: Progress = { places: known, found: deleting?.found ?? false, sent: deleting?.sent };
  try {
    await advance(run, declared.userPoolId, known, progress);
    return { kind: 'done', model: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const started = deleting?.started ?? Date.now();
    const next: Journal = { version: 1, phase: 'deleting', started, ...progress };
    const outcome = error.transient ? anotherRound(run, next, error) : undefined;
    if (outcome) return outcome;
    throw explainRefusal(error, declared, run.poolRegion);
  }
}

async function advance(run: Invocation, poolId: string, known: readonly Place[], progress: Progress): Promise<void> {
  const { forward, pools, poolRegion } = run;
  const [seen, named, emailMfa] = await Promise.all([
    pools.describe(forward, poolId),
    observeIdentities(run, forward, known),
    pools.emailMfa(forward, poolId),
  ]);
  const { pool, identities } = await followed(run, poolId, seen, named);
  if (pool.kind === 'absent') {
    await sweep(run, poolId, identities);
    throw setupNotFound(poolId, poolRegion);
  }
  const lost = progress.sent && confirmSettings(run, pool, progress.sent);
  progress.places = identities.map(({ region, identity }) => ({ region, identity }));
  const holdings = holdingsSeen(identities, poolRegion, poolId);
  if (pool.tag === undefined && !anyHeld(holdings)) {
    if (lost) throw lost;
    if (progress.found) return;
    throw setupNotFound(poolId, poolRegion);
  }
  progress.found = true;
  if (emailMfa) throw new Failure('invalid', emailMfaMessage(poolId, poolRegion));
  await takeAway(run, poolId, pool, progress, { emailConfiguration: pool.emailConfiguration, tag: pool.tag, holdings });
  if (lost) throw lost;
}

async function takeAway(
  run: Invocation,
  poolId: string,
  pool: PresentPool,
  progress: Progress,
  current: Setup,
): Promise<void> {
  const target = nothingOf(current);
  const plan = planBetween(current, target);
  const how = { patience: run.forward, grantsSeenBy: () => 0, guard: () => undefined };
  const sent = plan.switches ? await switchSender(run, pool, target, how) : undefined;
  progress.sent = sent ?? progress.sent;
  await settled([
    ...(sent ? [confirm(run, pool, sent, target, how)] : []),
    revoke(run, run.forward, { arn: pool.arn, poolId }, plan),
  ]);
}

/**
 * The pool is gone: what is left of its setup on the identities goes too. Its ARN can no longer be asked for; the SDK's
 * own table gives the partition.
 */
async function sweep(run: Invocation, poolId: string, seen: readonly IdentityAt[]): Promise<void> {
  const holdings = holdingsSeen(seen, run.poolRegion, poolId);
  const current: Setup = { emailConfiguration: {}, tag: undefined, holdings };
  const { poolRegion: region, account } = run;
  const arn: PoolArn = { arn: '', partition: partition(region).name, region, account };
  await revoke(run, run.forward, { arn, poolId }, planBetween(current, nothingOf(current)));
}
