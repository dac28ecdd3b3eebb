import type { CachedAnswers } from '../aws/answer-cache';
import type { ErrorCode } from '../domain/errors';
import { isObject } from '../domain/json';

const version = 3;
const phases = ['verifying', 'applying', 'rolling-back', 'deleting'] as const;
export type Phase = (typeof phases)[number];

/**
 * What an operation knows in its next invocation; nothing else outlives an invocation. The steps write into it, and
 * IN_PROGRESS returns it as it stands. Times are milliseconds since the epoch. Plain JSON.
 */
export interface CallbackContext<Change> {
  readonly version: typeof version;
  phase: Phase;
  phaseStartedAt: number;
  /** When an invocation of this phase first ended without being done; undefined in the first one. */
  firstRefusedAt?: number | undefined;
  /** How many invocations were throttled. */
  throttledInvocations: number;
  /** What there was before the first write, and what is, or was, being written. */
  change?: Change | undefined;
  /** When the policies of this phase had been accepted. */
  policiesAcceptedAt?: number | undefined;
  /** An earlier invocation whose context was lost has begun the same operation: what was there before is not known. */
  startedBefore?: boolean | undefined;
  /** What a roll-back ends with. */
  failure?: { readonly code: ErrorCode; readonly message: string } | undefined;
  /** Hash of what verification was last seen to wait for: it is logged once per change. */
  loggedStatus?: string | undefined;
  /** What was answered in this phase so far. */
  answers: CachedAnswers;
}

/** The context of an operation's first invocation. */
export function newCallbackContext<Change>(phase: Phase): CallbackContext<Change> {
  return { version, phase, phaseStartedAt: Date.now(), throttledInvocations: 0, answers: {} };
}

/**
 * The context that the invocation before has returned. Undefined in the first invocation, and for a context of another
 * version, or none of ours: such an operation begins anew, from what is there.
 */
export function parseCallbackContext<Change>(value: unknown): CallbackContext<Change> | undefined {
  if (!isObject(value) || value['version'] !== version) return undefined;
  const { phase, phaseStartedAt, throttledInvocations, answers, change, failure } = value;
  const isWhole =
    phases.some((known) => known === phase) &&
    typeof phaseStartedAt === 'number' &&
    typeof throttledInvocations === 'number' &&
    isObject(answers) &&
    (phase !== 'rolling-back' || (isObject(change) && isObject(failure)));
  // The library hands it over frozen.
  return isWhole ? (structuredClone(value) as unknown as CallbackContext<Change>) : undefined;
}

/** Is this the first invocation of its operation? */
export function isFirstInvocation({ phase, firstRefusedAt }: CallbackContext<unknown>): boolean {
  return phase !== 'verifying' && phase !== 'rolling-back' && firstRefusedAt === undefined;
}

/** Begins another phase: what belongs to the one before is forgotten. */
export function startPhase(context: CallbackContext<unknown>, phase: Phase): void {
  Object.assign(context, {
    phase,
    phaseStartedAt: Date.now(),
    firstRefusedAt: undefined,
    policiesAcceptedAt: undefined,
  });
}
