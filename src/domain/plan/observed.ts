import { type IdentityRef, isSameIdentity } from '../identity-ref';
import type { JsonObject } from '../json';
import type { PoolRef } from '../pool-ref';

/** A user pool as DescribeUserPool answered. */
export type ObservedPool = { readonly kind: 'absent' } | PresentPool;

export interface PresentPool {
  readonly kind: 'present';
  /** When it was described, in milliseconds since the epoch. */
  readonly at: number;
  readonly ref: PoolRef;
  /** The whole answer, unknown members included. */
  readonly described: JsonObject;
  readonly emailConfiguration: JsonObject;
  /** Value of the pool's tag `Org::Cognito::EmailSetup`. */
  readonly tag: string | undefined;
}

/** An SES identity in one Region, with its policies. */
export type ObservedIdentity = { readonly kind: 'absent' } | PresentIdentity;

export interface PresentIdentity {
  readonly kind: 'present';
  readonly verified: boolean;
  /** What SES still waits for, as a part of a sentence; empty for a verified identity. */
  readonly waitingFor: string;
  readonly policies: Readonly<Record<string, string>>;
}

export interface IdentityAt extends IdentityRef {
  readonly observed: ObservedIdentity;
}

/** The sending state of an account in one Region. */
export interface ObservedAccount {
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
}

export type ObservedConfigurationSet =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly sendingEnabled: boolean };

/** What was observed beside the pool; a part is undefined where nothing declared depends on it. */
export interface Observed {
  readonly identities: readonly IdentityAt[];
  readonly emailMfa: boolean | undefined;
  readonly account: ObservedAccount | undefined;
  readonly configurationSet: ObservedConfigurationSet | undefined;
}

/** What was observed of an identity; undefined where it was not looked at. */
export function identityAt(identities: readonly IdentityAt[], ref: IdentityRef): ObservedIdentity | undefined {
  return identities.find((identity) => isSameIdentity(identity, ref))?.observed;
}
