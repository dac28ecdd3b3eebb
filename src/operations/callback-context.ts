import type { PoolArn } from '../domain/arns';
import type { ErrorCode } from '../domain/errors';
import type { AttachedPolicy, IdentityRef } from '../domain/plan/desired';
import type { Setup } from '../domain/plan/plan';
import type { Sent } from './confirm-settings';

/**
 * What an operation must know in its next round: CloudFormation's callback context. Nothing else outlives a round.
 * `started` is when the phase began, in milliseconds since the epoch; for applying, when it was first refused.
 */
export type Journal = Waiting | Applying | Undoing | Deleting;

/** When SES had accepted our policies, in milliseconds since the epoch; undefined where none had to be written. */
export interface Granted {
  granted?: number | undefined;
}

/** The latest update of the pool: what comes after it is compared with what was there right before. */
export interface Updated {
  sent?: Sent | undefined;
}

interface Phase extends Readonly<Updated> {
  readonly version: 2;
  readonly started: number;
  /** How many rounds SES has refused so far. */
  readonly refused?: number;
  /** What SES has answered so far. */
  readonly seen?: { readonly [asked: string]: { readonly at: number; readonly answer: unknown } };
}

export interface Waiting extends Phase {
  readonly phase: 'waiting';
  /** Hash of what SES was last seen to wait for: it is logged once per change. */
  readonly said: string;
}

export interface Applying extends Phase, Readonly<Granted> {
  readonly phase: 'applying';
  readonly written: Written | undefined;
  /** This Create found its own tag without knowing what had been there before: it undoes nothing. */
  readonly resumed: boolean;
}

export interface Undoing extends Phase, Readonly<Granted> {
  readonly phase: 'undoing';
  readonly written: Written;
  /** Why: what the operation ends with when all is undone. */
  readonly failure: { readonly code: ErrorCode; readonly message: string };
}

export interface Deleting extends Phase {
  readonly phase: 'deleting';
  readonly places: readonly IdentityRef[];
  /** The setup was seen to be this Delete's to take away: what is left of it is, too. */
  readonly begun: boolean;
  /** Our policies that this Delete has taken away: another owner's sender may turn out to need one. */
  readonly revoked: readonly AttachedPolicy[];
}

/** What was there before the first write, and what is, or was, being written. */
export interface Written {
  readonly pool: PoolArn;
  readonly from: Setup;
  readonly to: Setup;
}

/** The journal in a callback context; undefined in the first round. */
export function journalFrom(context: unknown): Journal | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  return (context as { version?: unknown }).version === 2 ? (context as Journal) : undefined;
}
