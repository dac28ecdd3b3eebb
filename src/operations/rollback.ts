import { observeIdentities } from '../aws/observe';
import type { ReadBack } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { distinctIdentities } from '../domain/identity-ref';
import { noStack } from '../domain/owners';
import { tagGuard } from '../domain/plan/guards';
import { attachedPolicies, setupOf } from '../domain/plan/plan';
import { isLostByDelete, isOwnedBy, remainsMessage } from '../domain/plan/rollback-remains';
import { rollbackTarget } from '../domain/plan/rollback-target';
import { parseSetupTag } from '../domain/tags';
import { settingsAfter } from '../domain/user-pool/accepted-update';
import type { Outcome } from '../engine/invocation';
import { failureOf, type RollbackSteps } from '../engine/run';
import { applyPlan } from './apply-plan';
import { logged } from './confirm-update';
import { type Operation, type SetupChange, withTime } from './operation';
import { writeTag } from './tag-user-pool';

/** How a Create or an Update is rolled back. */
export function rollbackOf(operation: Operation, action: 'create' | 'update'): RollbackSteps<ReadBack> {
  const { owner } = operation;
  return {
    rollBack: async () => {
      const tag = await rollBack(withTime(operation, 'deadline'));
      // A take-over has noted this Create as the owner before: the Delete that follows takes the note out.
      return action === 'create' && owner !== noStack && parseSetupTag(tag)?.before === owner;
    },
    // Another invocation would name the pool to a stack whose Delete could not be told from the rightful one.
    mayReinvoke: () => !(action === 'create' && isOwnedBy(owner, changeOf(operation).from)),
    giveUp: (error) => giveUp(operation, action, error),
  };
}

function changeOf({ context }: Operation): SetupChange {
  if (!context.change) throw new Error('an operation is rolled back that has written nothing');
  return context.change;
}

/**
 * Takes back what an operation wrote, from what is there now: our tag, our policies, and the e-mail where it is still the one
 * that was written. Returns the tag that the pool has then.
 */
async function rollBack(operation: Operation): Promise<string | undefined> {
  const { cognito, pool: ref } = operation;
  const change = changeOf(operation);
  const identities = distinctIdentities([...change.from.policies, ...change.to.policies]);
  const [pool, seen] = await Promise.all([cognito.describeUserPool(ref.id), observeIdentities(operation, identities)]);
  // An identity that is gone has no policy to put back or to delete.
  const present = seen.filter(({ observed }) => observed.kind === 'present');
  const current = { pool, policies: attachedPolicies(present, ref) };
  if (pool.kind === 'absent') {
    await applyPlan(operation, current, setupOf(pool, []), { guard: () => undefined });
    return undefined;
  }
  // Nothing takes back what an update of ours has changed: the operation's error says it, and all else goes on.
  const onSettingsChanged = (error: HandlerError) => alsoFailed(operation, error);
  const changed = change.lastUpdate && logged(operation, settingsAfter(pool, change.lastUpdate));
  if (changed) onSettingsChanged(changed);
  const to = rollbackTarget(setupOf(pool, current.policies), change, ref.region);
  await applyPlan(operation, current, to, { guard: tagGuard([pool.tag, to.tag]), onSettingsChanged });
  return to.tag;
}

function alsoFailed({ context }: Operation, { message: more }: HandlerError): void {
  const { code, message } = failureOf(context);
  if (!message.includes(more)) context.failure = { code, message: `${message} ${more}` };
}

async function giveUp(
  operation: Operation,
  action: 'create' | 'update',
  error: HandlerError,
): Promise<Outcome<ReadBack>> {
  const { code, message } = failureOf(operation.context);
  const isGivenBack = action === 'create' && isLostByDelete(changeOf(operation), operation.owner);
  const failure = new HandlerError(code, `${message} ${remainsMessage(error, { isGivenBack })}`);
  if (!isGivenBack) return { status: 'failed', error: failure };
  await giveTagBack(operation.until(Date.now() + operation.deadline.timeouts.requestTimeout));
  throw failure;
}

/** Gives the tag back alone, if it can: an earlier answer may have named the pool, and its Delete asks for the owner. */
async function giveTagBack(operation: Operation): Promise<void> {
  const { cognito, log, pool: ref } = operation;
  const { from, to } = changeOf(operation);
  try {
    const pool = await cognito.describeUserPool(ref.id);
    if (pool.kind === 'absent' || pool.tag !== to.tag) return;
    await writeTag(operation, pool, from.tag);
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    log(`The tag could not be given back: ${error.message}`);
  }
}
