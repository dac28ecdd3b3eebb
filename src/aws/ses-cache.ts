import type { IdentityRef } from '../domain/identity-ref';
import { denialsOf } from '../domain/plan/deny';
import type {
  ObservedAccount,
  ObservedConfigurationSet,
  ObservedIdentity,
  PresentIdentity,
} from '../domain/plan/observed';
import { type AnswerCache, getOrFetch } from './answer-cache';
import type { Ses } from './ses';

/** Which answers may be kept, and for how long. */
export interface SesCacheRules {
  /** The name of our policy: an identity that has it is not kept, because somebody else may delete it meanwhile. */
  readonly policyName: string;
  /** In milliseconds. */
  readonly ttl: number;
}

/**
 * SES that does not ask again what an earlier invocation of the same operation was answered. SES allows one call a second: of
 * many stacks at once each would get some of its answers in an invocation, and never all of them. Only answers that let the
 * operation go on are kept, and none about an identity that was written to.
 *
 * A write whose answer was lost leaves an outdated answer behind: then the same is written again, which is harmless. A roll-back
 * must empty the cache first.
 */
export function cachedSes(ses: Ses, cache: AnswerCache, { policyName, ttl }: SesCacheRules): Ses {
  const keyOf = ({ region, identity }: IdentityRef) => `${region}/${identity}`;
  const forgetAfter = async (identity: IdentityRef, write: Promise<void>): Promise<void> => {
    await write;
    delete cache.answers[keyOf(identity)];
  };
  return {
    getEmailIdentity: (identity) =>
      getOrFetch<ObservedIdentity>(cache, ttl, {
        key: keyOf(identity),
        fetch: () => ses.getEmailIdentity(identity),
        keep: (seen) =>
          seen.kind === 'present' && seen.verified && !Object.hasOwn(seen.policies, policyName)
            ? withoutForeignPolicies(seen)
            : undefined,
      }),
    getAccount: (region) =>
      getOrFetch<ObservedAccount>(cache, ttl, {
        key: region,
        fetch: () => ses.getAccount(region),
        keep: (seen) => (seen.productionAccess && seen.sendingEnabled ? seen : undefined),
      }),
    getConfigurationSet: (region, name) =>
      getOrFetch<ObservedConfigurationSet>(cache, ttl, {
        key: `${region}#${name}`,
        fetch: () => ses.getConfigurationSet(region, name),
        keep: (seen) => (seen.kind === 'present' && seen.sendingEnabled ? seen : undefined),
      }),
    putEmailIdentityPolicy: (identity, policy) => forgetAfter(identity, ses.putEmailIdentityPolicy(identity, policy)),
    deleteEmailIdentityPolicy: (identity, name) => forgetAfter(identity, ses.deleteEmailIdentityPolicy(identity, name)),
  };
}

/** Only what others' policies deny: whole, they could outgrow a callback context. Their names stay, because SES limits their number. */
function withoutForeignPolicies(seen: PresentIdentity): PresentIdentity {
  const policies = Object.entries(seen.policies).map(([name, text]) => [name, denialsOf(text)]);
  return { ...seen, policies: Object.fromEntries(policies) };
}
