import type { Declaration } from '../../src/domain/declaration/declaration';
import { identitiesOf } from '../../src/domain/plan/desired';
import type { Observed, ObservedIdentity, PresentIdentity, PresentPool } from '../../src/domain/plan/observed';
import { poolRef } from '../../src/domain/pool-ref';

export const account = '111122223333';

/** A user pool in a Region, configured by nobody. */
export function poolIn(region: string, more: Partial<Omit<PresentPool, 'kind'>> = {}): PresentPool {
  return {
    kind: 'present',
    at: 0,
    ref: poolRef({ id: `${region}_A`, partition: 'aws', region, account }),
    described: { Id: `${region}_A` },
    emailConfiguration: {},
    tag: undefined,
    ...more,
  };
}

/** A verified identity with these policies. */
export const verified = (policies: Readonly<Record<string, string>> = {}): PresentIdentity => ({
  kind: 'present',
  verified: true,
  waitingFor: '',
  policies,
});

/** An identity that SES has not verified yet. */
export const pending: PresentIdentity = { ...verified(), verified: false, waitingFor: 'SES waits for a record' };

/** What a declaration needs beside the pool: its identities as given, all else in order. */
export function observedFor(
  declared: Declaration,
  pool: PresentPool,
  identity: ObservedIdentity = verified(),
): Observed {
  return {
    identities: identitiesOf(declared, pool.ref.region).map((ref) => ({ ...ref, observed: identity })),
    emailMfa: false,
    account: { productionAccess: true, sendingEnabled: true },
    configurationSet: { kind: 'present', sendingEnabled: true },
  };
}
