import { describeIfOld, describePresent } from '../aws/observe';
import { backoff, orError } from '../aws/retry';
import { HandlerError } from '../domain/errors';
import type { Guard } from '../domain/plan/guards';
import type { PresentPool } from '../domain/plan/observed';
import type { Setup } from '../domain/plan/plan';
import { type AcceptedUpdate, isAsSet, settingsAfter } from '../domain/user-pool/accepted-update';
import { isPropagationDelay } from '../domain/user-pool/update-errors';
import { droppable, updateRequest } from '../domain/user-pool/update-request';
import { logged } from './confirm-update';
import type { Operation } from './operation';

/**
 * Sets a pool's e-mail configuration and tag in one UpdateUserPool that sends everything else back as it was. Before a retry
 * the pool is described again. Returns what the update is confirmed with.
 */
export async function updateUserPool(
  operation: Operation,
  seen: PresentPool,
  to: Setup,
  guard: Guard,
): Promise<AcceptedUpdate> {
  const { cognito, deadline, log } = operation;
  const isPropagating = propagation(operation);
  let pool = await describeIfOld(operation, seen);
  if (pool !== seen) guard(pool);
  let without: readonly string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const { described } = pool;
    const body = updateRequest(described, { ...to, without });
    const answer = await orError(cognito.updateUserPool(body));
    if (!(answer instanceof HandlerError)) return { described, answeredAt: answer };
    const { code, message, cause } = answer;
    const drop = code === 'InvalidRequest' ? droppable(cause?.text ?? '', body, without) : undefined;
    if (drop !== undefined) {
      log(`Cognito does not take back ${drop}: leaving it out`);
      without = [...without, drop];
    } else if (answer.retryable || isPropagating(answer)) {
      await backoff(deadline, attempt, new HandlerError(code, message, { retryable: true, ...(cause && { cause }) }));
    } else {
      throw answer;
    }
    pool = await describePresent(operation);
    guard(pool);
    if (!answer.retryable) continue;
    // The answer may have been lost after the update.
    const update: AcceptedUpdate = { described, answeredAt: undefined };
    if (isAsSet(pool, to)) return update;
    logged(operation, settingsAfter(pool, update));
  }
}

/** Tells the errors that Cognito gives as long as it may not see a policy or a verification that SES has accepted. */
function propagation({ context, deadline }: Operation): (error: HandlerError) => boolean {
  const startedAt = context.firstRefusedAt ?? Date.now();
  const until = Math.max(startedAt, context.policiesAcceptedAt ?? startedAt) + deadline.timeouts.policyPropagation;
  return (error) => isPropagationDelay(error) && Date.now() < until;
}
