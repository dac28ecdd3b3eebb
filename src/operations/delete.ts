import { observeIdentities, withLiveIdentities } from '../aws/observe';
import type { Declaration } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { distinctIdentities } from '../domain/identity-ref';
import { stringAt } from '../domain/json';
import { type DeleteDecision, decideDelete, earlierProgress } from '../domain/plan/decide-delete';
import { identitiesOf } from '../domain/plan/desired';
import { senderGuard } from '../domain/plan/guards';
import { poolAbsent } from '../domain/plan/not-found';
import type { PresentPool } from '../domain/plan/observed';
import { attachedPolicies, planBetween, type Setup, setupOf, withEarlierPolicies } from '../domain/plan/plan';
import { emailMfaMessage } from '../domain/plan/preflight';
import { settingsAfter } from '../domain/user-pool/accepted-update';
import { explainUpdateError } from '../domain/user-pool/update-errors';
import type { Outcome } from '../engine/invocation';
import { runOperation } from '../engine/run';
import { applyPlan } from './apply-plan';
import { logged } from './confirm-update';
import type { Operation } from './operation';

/**
 * Deletes a setup: the pool back to Cognito's default sender, the tag off, then our policies; or only what of it is the
 * request's own. Goes forward only, and is safe to repeat. Throws `NotFound` where there is no setup of its own.
 */
export function deleteSetup(operation: Operation, declared: Declaration): Promise<Outcome<never>> {
  return runOperation<unknown, never>(operation, {
    forward: async () => {
      const error = await forward(operation, declared).catch((thrown) => {
        // Another owner has taken the setup over: look again at once, the new owner may lack a policy.
        const isTakenOver = thrown instanceof HandlerError && thrown.code === 'ResourceConflict' && thrown.retryable;
        if (!isTakenOver) throw thrown;
        return forward(operation, declared);
      });
      if (error) throw error;
      return { status: 'success' };
    },
    mayReturnPrimaryIdentifier: () => true,
    explain: (error) => explainUpdateError(error, declared, operation.pool),
    verificationTimeoutMinutes: 0,
  });
}

/** Does what there is to do. Returns the error that the Delete ends with then; undefined for success. */
async function forward(operation: Operation, declared: Declaration): Promise<HandlerError | undefined> {
  const { cognito, context, owner, pool: ref, log } = operation;
  const earlier = context.change?.from.policies ?? [];
  const known = distinctIdentities([...identitiesOf(declared, ref.region), ...earlier]);
  const describing = cognito.describeUserPool(ref.id);
  const looking = Promise.all([observeIdentities(operation, known), cognito.getUserPoolMfaConfig(ref.id)]);
  looking.catch(() => undefined);
  const decide = (pool: PresentPool, policies: Setup['policies']) =>
    decideDelete({ declared, owner, pool, policies, ...earlierProgress(context.change) });
  const first = await describing;
  if (first.kind === 'present' && first.tag !== undefined) {
    // The pool's tag names the owner: where the setup stays, there is no need to wait for SES.
    const decision = decide(first, []);
    if (!decision.deletesSetup) {
      await apply(operation, first, decision, { emailMfa: false });
      return decision.error;
    }
  }
  const [named, mfa] = await looking;
  const { pool, identities } = await withLiveIdentities(operation, first, named);
  const policies = attachedPolicies(identities, ref);
  if (pool.kind === 'absent') {
    await applyPlan(operation, { pool, policies }, setupOf(pool, []), { guard: () => undefined });
    return poolAbsent('delete', ref);
  }
  const lastUpdate = context.change?.lastUpdate;
  const changed = lastUpdate && logged(operation, settingsAfter(pool, lastUpdate));
  const decision = decide(pool, policies);
  if (decision.deletesSetup) {
    const { from, to } = decision;
    context.change = { from: { ...from, policies: withEarlierPolicies(policies, earlier) }, to, lastUpdate };
  }
  await apply(operation, pool, decision, mfa);
  const reply = stringAt(decision.to.emailConfiguration, 'ReplyToEmailAddress');
  if (reply !== undefined && !decision.error) log(`The reply address ${reply} stays: the model does not name it`);
  return changed ?? decision.error;
}

async function apply(
  operation: Operation,
  pool: PresentPool,
  { from, to }: DeleteDecision,
  { emailMfa }: { readonly emailMfa: boolean },
): Promise<void> {
  if (planBetween(from, to).updatePool === 'update' && emailMfa)
    throw new HandlerError('InvalidRequest', emailMfaMessage(pool.ref));
  const guard = senderGuard({ from, to });
  await applyPlan(operation, { pool, policies: from.policies }, to, { guard, deleteWhileConfirming: true });
}
