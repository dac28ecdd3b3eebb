import type { Declaration } from '../domain/declaration/declaration';
import { coveringDomains } from '../domain/declaration/identity';
import { distinctIdentities, type IdentityRef, isSameIdentity } from '../domain/identity-ref';
import { deletedMeanwhile } from '../domain/plan/concurrent-changes';
import { identitiesOf } from '../domain/plan/desired';
import {
  type IdentityAt,
  identityAt,
  type Observed,
  type ObservedPool,
  type PresentPool,
} from '../domain/plan/observed';
import { liveIdentities } from '../domain/plan/plan';
import type { PoolRef } from '../domain/pool-ref';
import type { Cognito } from './cognito';
import type { Deadline } from './retry';
import type { Ses } from './ses';

/** What looking at a pool's e-mail takes. */
export interface Reader {
  readonly pool: PoolRef;
  readonly cognito: Cognito;
  readonly ses: Ses;
}

/** An observation in progress: the pool is known first, so that an operation can tell whose it is before the rest comes. */
export interface Observing {
  readonly pool: Promise<ObservedPool>;
  readonly whole: Promise<{ readonly pool: ObservedPool; readonly observed: Observed }>;
}

/** Starts to look at everything that a declaration depends on, and at more identities, all at once. */
export function observe(reader: Reader, declared: Declaration, more: readonly IdentityRef[]): Observing {
  const { cognito, ses, pool: ref } = reader;
  const own = identitiesOf(declared, ref.region);
  const isDeveloper = declared.emailSendingAccount === 'DEVELOPER';
  const region = own[0]?.region;
  const pool = cognito.describeUserPool(ref.id);
  const parts = [
    pool,
    observeIdentities(reader, distinctIdentities([...own, ...more])),
    isDeveloper ? undefined : cognito.getUserPoolMfaConfig(ref.id),
    isDeveloper && region !== undefined ? ses.getAccount(region) : undefined,
    declared.configurationSet !== undefined && region !== undefined
      ? ses.getConfigurationSet(region, declared.configurationSet)
      : undefined,
  ] as const;
  const whole = (async () => {
    const [seen, identities, mfa, account, configurationSet] = await Promise.all(parts);
    const all = await withLiveIdentities(reader, seen, identities);
    const observed = { identities: all.identities, emailMfa: mfa?.emailMfa, account, configurationSet };
    return { pool: all.pool, observed };
  })();
  // A later failure of the rest must not end the process while only the pool is awaited.
  whole.catch(() => undefined);
  return { pool, whole };
}

/**
 * Looks at the identities that the pool itself sends with, too. The pool is described again beside each look, so that it is
 * never older than one round trip when it is written.
 */
export async function withLiveIdentities(
  reader: Reader,
  pool: ObservedPool,
  identities: readonly IdentityAt[],
): Promise<{ readonly pool: ObservedPool; readonly identities: readonly IdentityAt[] }> {
  const isUnknown = (live: IdentityRef) => !identities.some((known) => isSameIdentity(known, live));
  const more = pool.kind === 'present' ? distinctIdentities(liveIdentities(pool)).filter(isUnknown) : [];
  if (more.length === 0) return { pool, identities };
  const [now, found] = await Promise.all([
    reader.cognito.describeUserPool(reader.pool.id),
    observeIdentities(reader, more),
  ]);
  return withLiveIdentities(reader, now, [...identities, ...found]);
}

/** Looks at identities, all at once. */
export function observeIdentities(
  { ses }: Pick<Reader, 'ses'>,
  identities: readonly IdentityRef[],
): Promise<readonly IdentityAt[]> {
  return Promise.all(identities.map(async (ref) => ({ ...ref, observed: await ses.getEmailIdentity(ref) })));
}

/** Domains that cover the declared identity and that SES has verified in every Region needed: what to declare instead. */
export async function alternativesTo(reader: Reader, declared: Declaration): Promise<readonly string[]> {
  if (declared.identity === undefined) return [];
  const regions = identitiesOf(declared, reader.pool.region).map(({ region }) => region);
  const domains = coveringDomains(declared.identity);
  const refs = domains.flatMap((identity) => regions.map((region) => ({ region, identity })));
  // A hint and no more: an error while looking for it is not the one to report.
  const seen = await observeIdentities(reader, refs).catch(() => []);
  return domains.filter((identity) =>
    regions.every((region) => {
      const found = identityAt(seen, { region, identity });
      return found?.kind === 'present' && found.verified;
    }),
  );
}

/** The pool as it is now. Throws where it was deleted while the operation was running. */
export async function describePresent({ cognito, pool: ref }: Omit<Reader, 'ses'>): Promise<PresentPool> {
  const now = await cognito.describeUserPool(ref.id);
  if (now.kind === 'absent') throw deletedMeanwhile(ref);
  return now;
}

/** A pool that was just described, or described again where that is too long ago to send its settings back. */
export async function describeIfOld(
  reader: Omit<Reader, 'ses'> & { readonly deadline: Deadline },
  pool: PresentPool,
): Promise<PresentPool> {
  const isOld = Date.now() - pool.at > reader.deadline.timeouts.requestTimeout / 5;
  return isOld ? describePresent(reader) : pool;
}
