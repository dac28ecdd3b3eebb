import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../domain/failure';
import type { Limits } from '../domain/limits';
import { type CallName, translate } from './translate';

/** The time that the calls of one invocation share, and what they report to. */
export interface Patience {
  readonly limits: Limits;
  /** Until when calls may be tried again, in milliseconds since the epoch. */
  readonly until: number;
}

/** How long to wait before the next try (0 is the first), in milliseconds: doubling, jittered, bounded. */
export function pauseBefore(attempt: number, limits: Limits, random = Math.random): number {
  const longest = Math.min(limits.firstPause * 2 ** attempt, limits.longestPause);
  return longest * (0.5 + random() / 2);
}

/**
 * Makes one request with a time limit of its own; an error of any kind is thrown as a `Failure`.
 * `send` must hand the signal to the SDK.
 */
export async function once<T>(limits: Limits, call: CallName, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(Math.ceil(limits.request));
  try {
    return await send(signal);
  } catch (error) {
    throw error instanceof Failure ? error : translate(error, call, signal.aborted);
  }
}

/** The same, tried again while the failure is transient and time is left. The one retry layer: the SDK's is off. */
export async function patiently<T>(
  patience: Patience,
  call: CallName,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(patience.limits, call, send);
    } catch (error) {
      if (!(error instanceof Failure) || !error.transient) throw error;
      await rest(patience, attempt, error);
    }
  }
}

/** Pauses before another try, or throws `failure` where no time is left for one. */
export async function rest(patience: Patience, attempt: number, failure: Failure): Promise<void> {
  const wait = pauseBefore(attempt, patience.limits);
  if (Date.now() + wait >= patience.until) throw failure;
  await pause(wait);
}
