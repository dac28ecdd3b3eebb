import type { Deadline } from '../aws/retry';
import type { Declaration } from '../domain/declaration/declaration';
import { coveringDomains } from '../domain/declaration/identity';
import { type IdentityRef, identitiesOf } from '../domain/plan/desired';
import { type IdentityAt, identityAt, type Observed, type ObservedPool } from '../domain/plan/observed';
import { liveIdentities } from '../domain/plan/plan';
import type { Invocation } from './operation';

/** An observation under way: the pool is known first, so that an operation can tell whose it is before the rest comes. */
export interface Observing {
  readonly pool: Promise<ObservedPool>;
  readonly whole: Promise<Observed>;
}

/** Starts to look at everything that a declaration depends on, and at `places`, all at once. */
export function observe(run: Invocation, declared: Declaration, places: readonly IdentityRef[]): Observing {
  const { forward, pools, identities: ses } = run;
  const id = declared.userPoolId;
  const wanted = distinct([...identitiesOf(declared, run.poolRegion), ...places]);
  const region = identitiesOf(declared, run.poolRegion)[0]?.region;
  const developer = declared.emailSendingAccount === 'DEVELOPER';
  const pool = pools.describe(forward, id);
  const parts = [
    pool,
    observeIdentities(run, forward, wanted),
    developer ? undefined : pools.emailMfa(forward, id),
    developer && region !== undefined ? ses.account(forward, region) : undefined,
    declared.configurationSet !== undefined && region !== undefined
      ? ses.configurationSet(forward, region, declared.configurationSet)
      : undefined,
  ] as const;
  const whole = (async () => {
    const [seen, identities, emailMfa, account, configurationSet] = await Promise.all(parts);
    return { ...(await followed(run, id, seen, identities)), emailMfa, account, configurationSet };
  })();
  // Whoever awaits only the pool must not be struck down by a later failure of the rest.
  whole.catch(() => undefined);
  return { pool, whole };
}

/**
 * Looks at the identities that the pool itself leads to, too. The pool is described again beside each look, so that it
 * is never older than one round trip when it is written.
 */
export async function followed(
  run: Invocation,
  id: string,
  pool: ObservedPool,
  identities: readonly IdentityAt[],
): Promise<{ readonly pool: ObservedPool; readonly identities: readonly IdentityAt[] }> {
  const more = pool.kind === 'present' ? beyond(liveIdentities(pool), identities) : [];
  if (more.length === 0) return { pool, identities };
  const [now, found] = await Promise.all([
    run.pools.describe(run.forward, id),
    observeIdentities(run, run.forward, more),
  ]);
  return followed(run, id, now, [...identities, ...found]);
}

/** Looks at identities, all at once. */
export function observeIdentities(
  run: Invocation,
  patience: Deadline,
  places: readonly IdentityRef[],
): Promise<readonly IdentityAt[]> {
  return Promise.all(
    places.map(async (place) => ({ ...place, observed: await run.identities.observe(patience, place) })),
  );
}

/** Domains that SES has verified everywhere and that cover the declared identity: what to write instead of it. */
export async function alternatives(run: Invocation, declared: Declaration): Promise<readonly string[]> {
  if (declared.identity === undefined) return [];
  const regions = identitiesOf(declared, run.poolRegion).map((place) => place.region);
  const domains = coveringDomains(declared.identity);
  const places = domains.flatMap((identity) => regions.map((region) => ({ region, identity })));
  // A hint and no more: a failure to find one is not the failure to report.
  const seen = await observeIdentities(run, run.forward, places).catch(() => []);
  return domains.filter((identity) =>
    regions.every((region) => {
      const found = identityAt(seen, { region, identity });
      return found?.kind === 'present' && found.verified;
    }),
  );
}

/** Each place once. */
export function distinct(places: readonly IdentityRef[]): readonly IdentityRef[] {
  const known = new Map(places.map(({ region, identity }) => [`${region}/${identity}`, { region, identity }]));
  return [...known.values()];
}

/** The places that are not among the known ones, each once. */
function beyond(places: readonly IdentityRef[], known: readonly IdentityRef[]): readonly IdentityRef[] {
  return distinct(places).filter(
    (place) => !known.some((other) => other.region === place.region && other.identity === place.identity),
  );
}
