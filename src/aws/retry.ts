import { setTimeout as pause } from 'node:timers/promises';
import { HandlerError } from '../domain/errors';
import type { Timeouts } from '../domain/timeouts';
import { type CallName, handlerErrorFor } from './errors';
import type { Turn } from './rate-limit';

/** The time that the calls of one invocation share. */
export interface Deadline {
  readonly limits: Timeouts;
  /** Until when calls may be tried again, in milliseconds since the epoch. */
  readonly until: number;
}

/** What the SDK's `send` takes beside a command. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Makes one request with a time limit of its own; an error of any kind is thrown as a `Failure`. */
export async function send<T>(
  { limits }: Deadline,
  call: CallName,
  request: (options: SendOptions) => Promise<T>,
): Promise<T> {
  const abortSignal = AbortSignal.timeout(Math.ceil(limits.requestTimeout));
  try {
    return await request({ abortSignal });
  } catch (error) {
    throw error instanceof HandlerError ? error : handlerErrorFor(error, call, abortSignal.aborted);
  }
}

/**
 * The same, tried again while the failure is transient and time is left. The one retry layer: the SDK's is off. A call
 * that waits for its `turn` is not tried again here once it is throttled: its pace knows when.
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

/** Pauses before another try (doubling, jittered, bounded), or throws `failure` where no time is left for one. */
export async function backoff({ limits, until }: Deadline, attempt: number, failure: HandlerError): Promise<void> {
  const longest = Math.min(limits.backoffBase * 2 ** attempt, limits.backoffMax);
  const wait = longest * (0.5 + Math.random() / 2);
  if (Date.now() + wait >= until) throw failure;
  await pause(wait);
}

/** What was asked for, or undefined where AWS says that it is not there; no other failure means "absent". */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HandlerError && error.code === 'NotFound') return undefined;
    throw error;
  }
}

/** The failure of an answer that lacks what it is for; a next one may be whole. */
export function incomplete(operation: string): HandlerError {
  return new HandlerError('ServiceInternalError', `${operation} answered without what it is for: try again later.`, {
    retryable: true,
  });
}
