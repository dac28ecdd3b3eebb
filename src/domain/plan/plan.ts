import { isDeepStrictEqual } from 'node:util';
import { type IdentityRef, isSameIdentity, parseIdentityArn } from '../identity-ref';
import { filtered, type JsonObject, stringAt } from '../json';
import type { PoolName } from '../pool-ref';
import { regionRow } from '../regions';
import { emailMembers } from '../user-pool/email-members';
import type { AttachedPolicy, EmailConfiguration } from './desired';
import type { IdentityAt, ObservedPool, PresentPool } from './observed';
import { policyName, sameMeaning } from './sending-policy';

/** All that the type controls of one pool: what an operation changes, and what a rollback puts back. */
export interface Setup {
  readonly emailConfiguration: JsonObject;
  /** Value of the pool's tag; undefined: the pool carries none. */
  readonly tag: string | undefined;
  readonly policies: readonly AttachedPolicy[];
}

/** What leads from one setup to another, in the order in which it is done: put policies, update the pool, delete policies. */
export interface Plan {
  readonly putPolicies: readonly (IdentityRef & { readonly policy: string; readonly replaces: boolean })[];
  /** The pool's e-mail changes, and its tag in the same call; or only its tag does, which needs no update of the pool. */
  readonly updatePool: 'update' | 'tag' | undefined;
  readonly deletePolicies: readonly IdentityRef[];
}

/** The steps from one setup to another; all lists empty and nothing for the pool where they are alike. */
export function planBetween(from: Setup, to: Setup): Plan {
  const policyIn = ({ policies }: Setup, ref: IdentityRef) =>
    policies.find((attached) => isSameIdentity(attached, ref))?.policy;
  const putPolicies = to.policies.flatMap(({ region, identity, policy }) => {
    const attached = policyIn(from, { region, identity });
    if (policy === undefined || (attached !== undefined && sameMeaning(attached, policy))) return [];
    return [{ region, identity, policy, replaces: attached !== undefined }];
  });
  const sameEmail = isDeepStrictEqual(from.emailConfiguration, to.emailConfiguration);
  const sameTag = from.tag === to.tag;
  return {
    putPolicies,
    updatePool: sameEmail ? (sameTag ? undefined : 'tag') : 'update',
    deletePolicies: from.policies
      .filter((attached) => attached.policy !== undefined && policyIn(to, attached) === undefined)
      .map(({ region, identity }) => ({ region, identity })),
  };
}

/** Does a plan change nothing? */
export function isNoOp({ putPolicies, updatePool, deletePolicies }: Plan): boolean {
  return updatePool === undefined && putPolicies.length === 0 && deletePolicies.length === 0;
}

/** Is what a plan leads to in force already, so that at most the tag changes? */
export function isInForce({ putPolicies, updatePool, deletePolicies }: Plan): boolean {
  return updatePool !== 'update' && putPolicies.length === 0 && deletePolicies.length === 0;
}

/** Does a pool's configuration have each of these members? Cognito may add members of its own to what it is sent. */
export function includesMembers(live: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([member, value]) => isDeepStrictEqual(live[member], value));
}

/** The policy of ours that each observed identity has for one pool. */
export function attachedPolicies(identities: readonly IdentityAt[], pool: PoolName): readonly AttachedPolicy[] {
  const name = policyName(pool);
  return identities.map(({ region, identity, observed }) => ({
    region,
    identity,
    policy: observed.kind === 'present' ? observed.policies[name] : undefined,
  }));
}

/** The identity that a pool sends with now, in each Region that its `SourceArn` means. */
export const liveIdentities = (pool: PresentPool): readonly IdentityRef[] =>
  identitiesOfSource(pool.emailConfiguration, pool.ref.region);

/** The identity that a configuration sends with, in each Region that its `SourceArn` means. */
export function identitiesOfSource(emailConfiguration: JsonObject, poolRegion: string): readonly IdentityRef[] {
  const source = parseIdentityArn(stringAt(emailConfiguration, 'SourceArn') ?? '');
  if (!source) return [];
  const regions = source.region === '*' ? (regionRow(poolRegion)?.sesRegions ?? []) : [source.region];
  return regions.map((region) => ({ region, identity: source.identity }));
}

/** Does the pool itself have a setup: our tag, or a `SourceArn`? */
export function hasSetup({ tag, emailConfiguration }: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return tag !== undefined || stringAt(emailConfiguration, 'SourceArn') !== undefined;
}

/** Is anything configured that a Create would replace? A reply address on the default sender counts, too. */
export function isConfigured(pool: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return hasSetup(pool) || stringAt(pool.emailConfiguration, 'ReplyToEmailAddress') !== undefined;
}

/** Does any identity have a policy of ours for the pool? */
export function hasAttachedPolicies(policies: readonly AttachedPolicy[]): boolean {
  return policies.some(({ policy }) => policy !== undefined);
}

/** The configuration with Cognito's default sender in place of its own. */
export function withoutSender(emailConfiguration: JsonObject): JsonObject {
  return mergeEmailConfiguration(emailConfiguration, { EmailSendingAccount: 'COGNITO_DEFAULT' });
}

/** A wanted configuration with the live one's members that the type does not set. */
export function mergeEmailConfiguration(live: JsonObject, wanted: EmailConfiguration): JsonObject {
  return { ...filtered(live, (member) => !emailMembers.includes(member)), ...wanted };
}

/** A pool with our policies for it, as they were last seen. */
export interface Current {
  readonly pool: ObservedPool;
  readonly policies: readonly AttachedPolicy[];
}

/** What a pool has of a setup, with our policies for it; a pool that does not exist has only those. */
export function setupOf(pool: ObservedPool, policies: readonly AttachedPolicy[]): Setup {
  if (pool.kind === 'absent') return { emailConfiguration: {}, tag: undefined, policies };
  return { emailConfiguration: pool.emailConfiguration, tag: pool.tag, policies };
}

/** Policies as they are now, with those that an earlier look has seen in place of those that are gone. */
export function withEarlierPolicies(
  policies: readonly AttachedPolicy[],
  earlier: readonly AttachedPolicy[],
): readonly AttachedPolicy[] {
  return policies.map((now) => (now.policy ? now : (earlier.find((then) => isSameIdentity(then, now)) ?? now)));
}
