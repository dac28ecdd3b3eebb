import { setTimeout as sleep } from 'node:timers/promises';
import { HandlerError } from '../domain/errors';
import type { Timeouts } from '../domain/timeouts';
import { type CallName, handlerErrorFor } from './errors';
import type { Turn } from './rate-limit';

/** The time that calls share. */
export interface Deadline {
  readonly timeouts: Timeouts;
  /** Until when a call may be retried, in milliseconds since the epoch. */
  readonly until: number;
}

/** What the SDK's `send` takes beside a command. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Makes one request, with a time-out of its own. Throws `HandlerError` whatever goes wrong. */
export async function send<T>(
  { timeouts }: Deadline,
  call: CallName,
  request: (options: SendOptions) => Promise<T>,
): Promise<T> {
  const abortSignal = AbortSignal.timeout(Math.ceil(timeouts.requestTimeout));
  try {
    return await request({ abortSignal });
  } catch (error) {
    throw error instanceof HandlerError ? error : handlerErrorFor(error, call, { timedOut: abortSignal.aborted });
  }
}

/**
 * The same, retried while the error is retryable and time is left. This is the one retry layer: the SDK's is off. A call
 * under a rate limit is not retried here once it is throttled, because the rate limit knows when the service answers next.
 */
export async function withRetries<T>(
  deadline: Deadline,
  call: CallName,
  request: (options: SendOptions) => Promise<T>,
  turn?: Turn,
): Promise<T> {
  const once = () => send(deadline, call, request);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (turn ? turn(once, deadline.until) : once());
    } catch (error) {
      if (!(error instanceof HandlerError) || !error.retryable) throw error;
      if (turn && error.code === 'Throttling') throw error;
      await backoff(deadline, attempt, error);
    }
  }
}

/** Waits before a retry: exponential, with jitter, up to a maximum. Throws `error` where no time is left for one. */
export async function backoff({ timeouts, until }: Deadline, attempt: number, error: HandlerError): Promise<void> {
  const longest = Math.min(timeouts.backoffBase * 2 ** attempt, timeouts.backoffMax);
  const wait = longest * (0.5 + Math.random() / 2);
  if (Date.now() + wait >= until) throw error;
  await sleep(wait);
}

/** What was asked for, or undefined where AWS says that it does not exist. No other error means "absent". */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HandlerError && error.code === 'NotFound') return undefined;
    throw error;
  }
}

/** The error of an answer that lacks the member it was asked for; the next one may have it. */
export function incomplete(operation: string): HandlerError {
  return new HandlerError('ServiceInternalError', `${operation} answered without what it is for: try again later.`, {
    retryable: true,
  });
}

/** Waits for all writes, so that none is still under way when the first error is handled; throws that error. */
export async function allSettled(writes: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** An answer, or the `HandlerError` in its place; anything else that is thrown is thrown on. */
export async function orError<T>(answer: Promise<T>): Promise<T | HandlerError> {
  return answer.catch((error) => {
    if (error instanceof HandlerError) return error;
    throw error;
  });
}
