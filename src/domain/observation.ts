import type { PoolArn } from './arn';
import type { Place } from './desired';
import type { JsonObject } from './json';

/** A user pool as DescribeUserPool answered. */
export type PoolObservation = { readonly kind: 'absent' } | PresentPool;

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
export type IdentityObservation = { readonly kind: 'absent' } | PresentIdentity;

export interface PresentIdentity {
  readonly kind: 'present';
  readonly verified: boolean;
  /** What SES still waits for, in words; empty for a verified identity. */
  readonly waitingFor: string;
  readonly policies: Readonly<Record<string, string>>;
}

export interface IdentityAt extends Place {
  readonly observed: IdentityObservation;
}

/** The sending state of an account in one Region. */
export interface AccountObservation {
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
}

export type ConfigurationSetObservation =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly sendingEnabled: boolean };

/** What a setup's parts look like now; a part is undefined where nothing declared depends on it. */
export interface Observation {
  readonly pool: PoolObservation;
  readonly identities: readonly IdentityAt[];
  readonly emailMfa: boolean | undefined;
  readonly account: AccountObservation | undefined;
  readonly configurationSet: ConfigurationSetObservation | undefined;
}

/** What was seen of the identity at a place; undefined where nobody looked. */
export function identityAt(identities: readonly IdentityAt[], place: Place): IdentityObservation | undefined {
  return identities.find((seen) => seen.region === place.region && seen.identity === place.identity)?.observed;
}
