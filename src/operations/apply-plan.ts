import type { Deadline } from '../aws/retry';
import type { PoolArn } from '../domain/arns';
import type { Plan } from '../domain/plan/plan';
import { policyName } from '../domain/plan/sending-policy';
import type { Granted } from './callback-context';
import type { Invocation } from './operation';

/** The pool that policies are named after. */
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
  patience: Deadline,
  { arn, poolId }: Named,
  plan: Plan,
  progress: Granted,
): Promise<void> {
  if (plan.putPolicies.length === 0) return;
  const name = policyName(arn.region, poolId);
  await settled(
    plan.putPolicies.map(({ policy, replaces, ...place }) =>
      run.identities.putPolicy(patience, place, name, policy, replaces),
    ),
  );
  progress.granted = Date.now();
}

/** Until when Cognito may still not see a grant; one that SES accepted late, under load, may be seen as much later. */
export function grantsSeenBy({ limits }: Invocation, started: number, { granted = started }: Granted): number {
  return Math.max(started, granted) + limits.policyPropagation;
}

/** Takes away all policies that a plan gives up; ends like `grant`. */
export async function revoke(run: Invocation, patience: Deadline, named: Named, plan: Plan): Promise<void> {
  const name = policyName(named.arn.region, named.poolId);
  await settled(plan.deletePolicies.map((place) => run.identities.deletePolicy(patience, place, name)));
}

/** Waits for all, so that nothing is still being written when the first failure is dealt with. */
export async function settled(writes: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
