import { allSettled } from '../aws/retry';
import type { IdentityRef } from '../domain/identity-ref';
import { changedMeanwhile } from '../domain/plan/concurrent-changes';
import { type Guard, isSameSender } from '../domain/plan/guards';
import type { ObservedPool, PresentPool } from '../domain/plan/observed';
import { type Current, type Plan, planBetween, type Setup, setupOf } from '../domain/plan/plan';
import { policyName } from '../domain/plan/sending-policy';
import type { SettingsChanged } from '../domain/user-pool/accepted-update';
import { confirmUpdate } from './confirm-update';
import type { Operation } from './operation';
import { tagUserPool } from './tag-user-pool';
import { updateUserPool } from './update-user-pool';

/** How operations differ in applying a plan. */
export interface ApplyRules {
  /** Throws where the pool, as it is now, is not this operation's to change. */
  readonly guard: Guard;
  /** Takes the error of an update that has changed other settings; without it, the error is thrown. */
  readonly onSettingsChanged?: (error: SettingsChanged) => void;
  /** Deletes policies while the update is being confirmed: afterwards, the pool could already have another sender. */
  readonly deleteWhileConfirming?: boolean;
}

/**
 * Leads a pool to a setup in the one order in which e-mail never stops: put policies, update the pool, confirm the update,
 * delete policies. Returns the pool as it is then.
 */
export async function applyPlan(
  operation: Operation,
  current: Current,
  to: Setup,
  rules: ApplyRules,
): Promise<ObservedPool> {
  const plan = planBetween(setupOf(current.pool, current.policies), to);
  const pool = await putPolicies(operation, current.pool, plan);
  if (pool.kind === 'absent') {
    await deletePolicies(operation, plan.deletePolicies);
    return pool;
  }
  rules.guard(pool);
  const confirm = await changePool(operation, pool, to, { ...rules, updatePool: plan.updatePool });
  if (rules.deleteWhileConfirming) return deleteWhileConfirming(operation, plan, to, confirm);
  const after = await confirm();
  await deletePolicies(operation, plan.deletePolicies);
  return after;
}

/** Puts all policies at once. Returns the pool as it is then: its settings may have changed, and the update sends them back. */
async function putPolicies(operation: Operation, pool: ObservedPool, plan: Plan): Promise<ObservedPool> {
  if (plan.putPolicies.length === 0) return pool;
  const { ses, cognito, context, pool: ref } = operation;
  const name = policyName(ref);
  const put = async () => {
    const puts = plan.putPolicies.map(({ policy, replaces, ...identity }) =>
      ses.putEmailIdentityPolicy(identity, { name, policy, replaces }),
    );
    await allSettled(puts);
    context.policiesAcceptedAt = Date.now();
  };
  let latest = pool;
  const describe = async () => {
    latest = await cognito.describeUserPool(ref.id);
  };
  await allSettled([describe(), put()]);
  return latest.kind === 'present' ? latest : pool;
}

type PoolChange = ApplyRules & Pick<Plan, 'updatePool'>;

/** Changes the pool, and returns what confirms the change. */
async function changePool(
  operation: Operation,
  pool: PresentPool,
  to: Setup,
  { updatePool, guard, onSettingsChanged }: PoolChange,
): Promise<() => Promise<ObservedPool>> {
  if (updatePool === undefined) return async () => pool;
  if (updatePool === 'tag') {
    const tagged = await tagUserPool(operation, pool, to, guard);
    return async () => tagged;
  }
  const update = await updateUserPool(operation, pool, to, guard);
  if (operation.context.change) operation.context.change.lastUpdate = update;
  return () => confirmUpdate(operation, update, to, onSettingsChanged);
}

async function deleteWhileConfirming(
  operation: Operation,
  plan: Plan,
  to: Setup,
  confirm: () => Promise<ObservedPool>,
): Promise<ObservedPool> {
  const { cognito, rateLimit, pool: ref } = operation;
  const failures = rateLimit.failures();
  const confirming = confirm();
  await allSettled([confirming, deletePolicies(operation, plan.deletePolicies)]);
  if (rateLimit.failures() === failures) return confirming;
  // A deletion that had to be retried may have met another sender by then.
  const now = await cognito.describeUserPool(ref.id);
  if (now.kind === 'present' && !isSameSender(now, to)) throw changedMeanwhile(ref);
  return now;
}

async function deletePolicies({ ses, pool }: Operation, identities: readonly IdentityRef[]): Promise<void> {
  const name = policyName(pool);
  await allSettled(identities.map((identity) => ses.deleteEmailIdentityPolicy(identity, name)));
}
