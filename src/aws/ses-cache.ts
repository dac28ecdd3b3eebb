import { denialsOf } from '../domain/plan/deny';
import type { IdentityRef } from '../domain/plan/desired';
import type { ObservedAccount, ObservedConfigurationSet, PresentIdentity } from '../domain/plan/observed';
import type { Identities } from './ses';

/** What SES has answered in an operation, by what was asked; `at` is when, in milliseconds since the epoch. */
export type SesCache = Map<string, { readonly at: number; readonly answer: unknown }>;

/**
 * The identities' room, not asking again what an earlier round of the same operation was told. SES allows one call a
 * second: of many stacks at once each would get some of its answers in a round, and never all of them. Only what speaks
 * for going on is remembered, for `milliseconds`, and nothing of an identity that was written.
 *
 * A write whose answer was lost leaves a memory behind that is out of date: going forward then writes the same again,
 * which is harmless. Undoing must forget everything first.
 */
export function cachedSes(ses: Identities, memory: SesCache, ownPolicy: string, milliseconds: number): Identities {
  const recall = async <T>(key: string, ask: () => Promise<T>, kept: (answer: T) => T | undefined): Promise<T> => {
    const known = memory.get(key);
    if (known && Date.now() - known.at < milliseconds) return known.answer as T;
    const answer = await ask();
    const worth = kept(answer);
    if (worth !== undefined) memory.set(key, { at: Date.now(), answer: worth });
    return answer;
  };
  const keyOf = ({ region, identity }: IdentityRef) => `${region}/${identity}`;
  const written = async (place: IdentityRef, write: Promise<void>): Promise<void> => {
    await write;
    memory.delete(keyOf(place));
  };
  return {
    observe: (patience, place) =>
      recall(
        keyOf(place),
        () => ses.observe(patience, place),
        // Somebody else may take our policy away meanwhile: only that it is missing is remembered.
        (seen) =>
          seen.kind === 'present' && seen.verified && !Object.hasOwn(seen.policies, ownPolicy)
            ? withoutForeignPolicies(seen)
            : undefined,
      ),
    account: (patience, region) =>
      recall<ObservedAccount>(
        region,
        () => ses.account(patience, region),
        (seen) => (seen.productionAccess && seen.sendingEnabled ? seen : undefined),
      ),
    configurationSet: (patience, region, name) =>
      recall<ObservedConfigurationSet>(
        `${region}#${name}`,
        () => ses.configurationSet(patience, region, name),
        (seen) => (seen.kind === 'present' && seen.sendingEnabled ? seen : undefined),
      ),
    putPolicy: (patience, place, ...rest) => written(place, ses.putPolicy(patience, place, ...rest)),
    deletePolicy: (patience, place, name) => written(place, ses.deletePolicy(patience, place, name)),
  };
}

/** An identity with what others' policies deny alone: whole, they could outgrow a callback context. Their number counts. */
function withoutForeignPolicies(seen: PresentIdentity): PresentIdentity {
  const policies = Object.entries(seen.policies).map(([name, text]) => [name, denialsOf(text)]);
  return { ...seen, policies: Object.fromEntries(policies) };
}
