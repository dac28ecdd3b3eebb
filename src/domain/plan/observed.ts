import type { PoolArn } from '../arns';
import type { JsonObject } from '../json';
import type { IdentityRef } from './desired';

/** A user pool as DescribeUserPool answered. */
export type ObservedPool = { readonly kind: 'absent' } | PresentPool;

export interface PresentPool {
  readonly kind: 'present';
  /** When it was seen, in milliseconds since the epoch. */
  readonly at: number;
  readonly arn: PoolArn;
  /** The whole answer, members that nobody here knows included. */
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
  /** What SES still waits for, in words; empty for a verified identity. */
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

/** What a setup's parts look like now; a part is undefined where nothing declared depends on it. */
export interface Observed {
  readonly pool: ObservedPool;
  readonly identities: readonly IdentityAt[];
  readonly emailMfa: boolean | undefined;
  readonly account: ObservedAccount | undefined;
  readonly configurationSet: ObservedConfigurationSet | undefined;
}

/** What was seen of the identity at a place; undefined where nobody looked. */
export function identityAt(identities: readonly IdentityAt[], place: IdentityRef): ObservedIdentity | undefined {
  return identities.find((seen) => seen.region === place.region && seen.identity === place.identity)?.observed;
}
