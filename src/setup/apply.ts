import type { Patience } from '../aws/calls';
import { identityArn, type PoolArn } from '../domain/arn';
import type { Place } from '../domain/desired';
import { Failure } from '../domain/failure';
import { identityTag, identityTagValue } from '../domain/record';
import { policyName } from '../domain/sending-policy';
import type { Plan } from '../domain/setup';
import type { Invocation } from './invocation';
import type { Granted } from './journal';

/** The pool that policies and identity tags are named after. */
export interface Named {
  readonly arn: PoolArn;
  readonly poolId: string;
}

/**
 * Writes all policies of a plan at once, and notes when SES had accepted them; ends when every write has ended, and
 * throws the first failure.
 */
export async function grant(
  run: Invocation,
  patience: Patience,
  { arn, poolId }: Named,
  plan: Plan,
  progress: Granted,
): Promise<void> {
  if (plan.grants.length === 0) return;
  const name = policyName(arn.region, poolId);
  await settled(
    plan.grants.map(({ policy, replaces, ...place }) =>
      run.identities.putPolicy(patience, place, name, policy, replaces),
    ),
  );
  progress.granted = Date.now();
}

/** Until when Cognito may still not see a grant; one that SES accepted late, under load, may be seen as much later. */
export function grantsSeenBy({ limits }: Invocation, started: number, { granted = started }: Granted): number {
  return Math.max(started, granted) + limits.freshGrant;
}

/** Takes away all policies and identity tags that a plan gives up; ends like `grant`. */
export async function revoke(run: Invocation, patience: Patience, named: Named, plan: Plan): Promise<void> {
  const name = policyName(named.arn.region, named.poolId);
  await settled([
    ...plan.revokes.map((place) =>
      run.identities.deletePolicy(patience, place, name).catch((error) => tolerated(run, patience, place, error)),
    ),
    ...plan.unmarks.map((place) => run.identities.untag(patience, place, ...tagOf(named, place))),
  ]);
}

/**
 * SES may refuse to touch the policies of an identity that has lost its verification. Such a policy lets nobody send,
 * and must not keep a pool from leaving the identity: it stays. Any other failure is thrown on.
 */
async function tolerated(run: Invocation, patience: Patience, place: Place, error: unknown): Promise<void> {
  if (!(error instanceof Failure) || error.kind !== 'invalid') throw error;
  const seen = await run.identities.observe(patience, place);
  if (seen.kind === 'present' && seen.verified) throw error;
  run.log(`The policy stays on ${place.identity} in ${place.region}, which is not verified: ${error.message}`);
}

/**
 * Writes the identity tags of a plan, as well as can be: without one, a wiped setup is found less easily, and that is
 * all. Answers a failure that may pass, for another round; what will not pass is logged.
 */
export async function mark(
  run: Invocation,
  patience: Patience,
  named: Named,
  plan: Plan,
): Promise<Failure | undefined> {
  const marks = plan.marks.map((place) =>
    run.identities.tag(patience, place, ...tagOf(named, place), identityTagValue),
  );
  const failures = (await Promise.allSettled(marks)).flatMap((result) =>
    result.status === 'rejected' && result.reason instanceof Failure ? [result.reason] : [],
  );
  for (const failure of failures) run.log(`The identity's tag was not written: ${failure.message}`);
  return failures.find((failure) => failure.transient);
}

function tagOf({ arn, poolId }: Named, place: Place): [arn: string, key: string] {
  return [identityArn(arn, place.region, place.identity), identityTag(arn.region, poolId)];
}

/** Waits for all, so that nothing is still being written when the first failure is dealt with. */
export async function settled(writes: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
