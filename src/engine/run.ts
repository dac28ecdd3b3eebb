import { backoff } from '../aws/retry';
import { HandlerError } from '../domain/errors';
import { type CallbackContext, startPhase } from './callback-context';
import type { InProgress, Outcome, Run } from './invocation';
import { reinvoke, reinvokeWhileVerifying } from './reinvoke';

/** The steps of one operation. */
export interface Steps<Model> {
  /** Does what is left to do. Repeated in each invocation, so it looks at what is there first. */
  readonly forward: () => Promise<Outcome<Model>>;
  /** CloudFormation deletes what the answer of a failed Create names: is there nothing of somebody else's to delete? */
  readonly mayReturnPrimaryIdentifier: () => boolean;
  /** The error in the words of the declaration. */
  readonly explain: (error: HandlerError) => HandlerError;
  /** How long to wait for a verification. */
  readonly verificationTimeoutMinutes: number;
  /** Absent for an operation that goes forward only. */
  readonly rollback?: RollbackSteps<Model>;
}

/** How an operation takes back what it has written. */
export interface RollbackSteps<Model> {
  /** Takes it back; returns whether the answer must name the resource all the same, so that a Delete cleans up. */
  readonly rollBack: () => Promise<boolean>;
  /** May another invocation go on with it? */
  readonly mayReinvoke: () => boolean;
  /** Ends where something could not be taken back. */
  readonly giveUp: (error: HandlerError) => Promise<Outcome<Model>>;
}

/**
 * Runs an invocation of an operation: a retryable error is IN_PROGRESS, any other one rolls back what was written. Throws
 * `HandlerError` where nothing was written, or all of it was rolled back.
 */
export async function runOperation<Change, Model>(run: Run<Change>, steps: Steps<Model>): Promise<Outcome<Model>> {
  const { context } = run;
  if (context.phase !== 'rolling-back') {
    try {
      return await forwardWithin(run, steps);
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      const again = error.retryable && steps.mayReturnPrimaryIdentifier() && reinvokeAfter(run, steps, error);
      if (again) return again;
      const failure = steps.explain(error);
      // What was there before is not known: the Delete that follows cleans up.
      if (context.startedBefore) return { status: 'failed', error: failure };
      if (!steps.rollback || !context.change) throw failure;
      startPhase(context, 'rolling-back');
      context.firstRefusedAt = context.phaseStartedAt;
      context.failure = { code: failure.code, message: failure.message };
    }
  }
  if (!steps.rollback) throw new Error('this operation has no roll-back');
  return rollBack(run, steps.rollback);
}

/** A Create that may not name its resource cannot be invoked again: it waits here, while there is time. */
async function forwardWithin<Change, Model>(run: Run<Change>, steps: Steps<Model>): Promise<Outcome<Model>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await steps.forward();
    } catch (error) {
      const isHandlerError = error instanceof HandlerError;
      if (!isHandlerError || steps.mayReturnPrimaryIdentifier() || !run.rateLimit.isThrottled()) throw error;
      await backoff(run.deadline, attempt, error);
      run.rateLimit.reset();
    }
  }
}

function reinvokeAfter<Change>(
  run: Run<Change>,
  { verificationTimeoutMinutes: minutes }: Steps<unknown>,
  { message }: HandlerError,
): InProgress | undefined {
  return run.context.phase === 'verifying' ? reinvokeWhileVerifying(run, minutes, message) : reinvoke(run, message);
}

async function rollBack<Change, Model>(run: Run<Change>, steps: RollbackSteps<Model>): Promise<Outcome<Model>> {
  const { context } = run;
  // What is rolled back must be looked at, not remembered.
  context.answers = {};
  let namesResource: boolean;
  try {
    namesResource = await steps.rollBack();
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    const again = error.retryable && steps.mayReinvoke() && reinvoke(run, error.message);
    return again || steps.giveUp(error);
  }
  const failure = failureOf(context);
  if (namesResource) return { status: 'failed', error: failure };
  throw failure;
}

/** What a roll-back ends with. */
export function failureOf({ failure }: CallbackContext<unknown>): HandlerError {
  if (!failure) throw new Error('an operation is rolled back without a failure');
  return new HandlerError(failure.code, failure.message);
}
