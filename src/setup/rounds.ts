import type { Failure } from '../domain/failure';
import type { Invocation, Outcome } from './invocation';
import type { Journal } from './journal';

/** SES and DNS take minutes: about this often a waiting operation looks again. */
const waitingDelaySeconds = 30;

/** Asks CloudFormation to call again soon, unless patience is at an end: then undefined. */
export function anotherRound(run: Invocation, journal: Journal, because: Failure): Outcome | undefined {
  if (Date.now() - journal.started >= run.limits.patience) return undefined;
  const delaySeconds = Math.ceil((run.limits.longestPause / 1000) * (0.5 + Math.random() / 2));
  const seen = Object.fromEntries(run.memory);
  return { kind: 'again', journal: { ...journal, seen }, delaySeconds, message: `Not yet: ${because.message}` };
}

/** Asks CloudFormation to call again while an identity is being verified; undefined when `minutes` are over. */
export function waitingRound(started: number, minutes: number, message: string): Outcome | undefined {
  const leftSeconds = Math.ceil((started + minutes * 60_000 - Date.now()) / 1000);
  if (leftSeconds <= 0) return undefined;
  const delaySeconds = Math.min(waitingDelaySeconds, leftSeconds);
  return { kind: 'again', journal: { version: 2, phase: 'waiting', started }, delaySeconds, message };
}
