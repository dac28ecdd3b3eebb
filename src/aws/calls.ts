import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../domain/failure';
import type { Limits } from '../domain/limits';
import type { Turn } from './pace';
import { type CallName, translate } from './translate';

/** The time that the calls of one invocation share. */
export interface Patience {
  readonly limits: Limits;
  /** Until when calls may be tried again, in milliseconds since the epoch. */
  readonly until: number;
}

/** What the SDK's `send` takes beside a command. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Makes one request with a time limit of its own; an error of any kind is thrown as a `Failure`. */
export async function once<T>(
  { limits }: Patience,
  call: CallName,
  send: (options: SendOptions) => Promise<T>,
): Promise<T> {
  const abortSignal = AbortSignal.timeout(Math.ceil(limits.request));
  try {
    return await send({ abortSignal });
  } catch (error) {
    throw error instanceof Failure ? error : translate(error, call, abortSignal.aborted);
  }
}

/**
 * The same, tried again while the failure is transient and time is left. The one retry layer: the SDK's is off. A call
 * that waits for its `turn` is not tried again here once it is throttled: its pace knows when.
 */
export async function patiently<T>(
  patience: Patience,
  call: CallName,
  send: (options: SendOptions) => Promise<T>,
  turn?: Turn,
): Promise<T> {
  const request = () => once(patience, call, send);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (turn ? turn(request, patience.until) : request());
    } catch (error) {
      if (!(error instanceof Failure) || !error.transient) throw error;
      if (turn && error.kind === 'throttled') throw error;
      await rest(patience, attempt, error);
    }
  }
}

/** Pauses before another try (doubling, jittered, bounded), or throws `failure` where no time is left for one. */
export async function rest({ limits, until }: Patience, attempt: number, failure: Failure): Promise<void> {
  const longest = Math.min(limits.firstPause * 2 ** attempt, limits.longestPause);
  const wait = longest * (0.5 + Math.random() / 2);
  if (Date.now() + wait >= until) throw failure;
  await pause(wait);
}

/** What was asked for, or undefined where AWS says that it is not there; no other failure means "absent". */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The failure of an answer that lacks what it is for; a next one may be whole. */
export function incomplete(operation: string): Failure {
  return new Failure('server', `${operation} answered without what it is for: try again later.`, true);
}
