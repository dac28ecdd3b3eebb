import { isDeepStrictEqual } from 'node:util';
import { parseIdentityArn } from '../arns';
import { filtered, type JsonObject, stringAt } from '../json';
import { regionRow } from '../regions';
import { emailMembers } from '../user-pool/email-members';
import type { AttachedPolicy, EmailConfiguration, IdentityRef } from './desired';
import type { IdentityAt, PresentPool } from './observed';
import { policyName, sameMeaning } from './sending-policy';

/** All that the type controls of one pool: what an operation changes, and what undoing it puts back. */
export interface Setup {
  readonly emailConfiguration: JsonObject;
  /** Value of the pool's tag; undefined: the pool carries none. */
  readonly tag: string | undefined;
  readonly policies: readonly AttachedPolicy[];
}

/** What leads from one setup to another, in the order in which it is done: grant, switch the pool, revoke. */
export interface Plan {
  readonly putPolicies: readonly (IdentityRef & { readonly policy: string; readonly replaces: boolean })[];
  /** The pool's e-mail changes, and its tag in the same call; or only its tag does, which needs no update of the pool. */
  readonly updatePool: 'update' | 'tag' | undefined;
  readonly deletePolicies: readonly IdentityRef[];
}

/** Is it the same identity in the same Region? */
export const isSameIdentity = (one: IdentityRef, other: IdentityRef): boolean =>
  one.region === other.region && one.identity === other.identity;

/** The steps from `current` to `target`; all lists empty and nothing for the pool where they are alike. */
export function planBetween(current: Setup, target: Setup): Plan {
  const now = (place: IdentityRef) => current.policies.find((holding) => isSameIdentity(holding, place))?.policy;
  const then = (place: IdentityRef) => target.policies.find((holding) => isSameIdentity(holding, place))?.policy;
  const putPolicies = target.policies.flatMap(({ region, identity, policy }) => {
    const held = now({ region, identity });
    if (policy === undefined || (held !== undefined && sameMeaning(held, policy))) return [];
    return [{ region, identity, policy, replaces: held !== undefined }];
  });
  const sameEmail = isDeepStrictEqual(current.emailConfiguration, target.emailConfiguration);
  const sameTag = current.tag === target.tag;
  return {
    putPolicies,
    updatePool: sameEmail ? (sameTag ? undefined : 'tag') : 'update',
    deletePolicies: current.policies
      .filter((held) => held.policy !== undefined && then(held) === undefined)
      .map(({ region, identity }) => ({ region, identity })),
  };
}

/** Does a plan change nothing? */
export function isNoOp({ putPolicies, updatePool, deletePolicies }: Plan): boolean {
  return updatePool === undefined && putPolicies.length === 0 && deletePolicies.length === 0;
}

/** Is what a plan leads to in force already, so that only the record of it changes? */
export function isInForce({ putPolicies, updatePool, deletePolicies }: Plan): boolean {
  return updatePool !== 'update' && putPolicies.length === 0 && deletePolicies.length === 0;
}

/** Does a pool's configuration have each of these members? Cognito may add members of its own to what it is sent. */
export function includesMembers(live: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([member, value]) => isDeepStrictEqual(live[member], value));
}

/** The policy of ours that each observed identity has for one pool. */
export function attachedPolicies(
  identities: readonly IdentityAt[],
  poolRegion: string,
  poolId: string,
): readonly AttachedPolicy[] {
  const name = policyName(poolRegion, poolId);
  return identities.map(({ region, identity, observed }) => ({
    region,
    identity,
    policy: observed.kind === 'present' ? observed.policies[name] : undefined,
  }));
}

/** The identity that a pool sends with now, in each Region that its `SourceArn` means. */
export const liveIdentities = (pool: PresentPool): readonly IdentityRef[] =>
  identitiesOfSource(pool.emailConfiguration, pool.arn.region);

/** The identity that a configuration sends with, in each Region that its `SourceArn` means. */
export function identitiesOfSource(emailConfiguration: JsonObject, poolRegion: string): readonly IdentityRef[] {
  const source = parseIdentityArn(stringAt(emailConfiguration, 'SourceArn') ?? '');
  if (!source) return [];
  const regions = source.region === '*' ? (regionRow(poolRegion)?.sesRegions ?? []) : [source.region];
  return regions.map((region) => ({ region, identity: source.identity }));
}

/** Does the pool itself show a setup: by our tag, or by a `SourceArn` that somebody configured? */
export function hasSetup({ tag, emailConfiguration }: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return tag !== undefined || stringAt(emailConfiguration, 'SourceArn') !== undefined;
}

/** Is there anything of somebody's that a Create would replace? A reply address on the default sender is, too. */
export function isTaken(pool: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return hasSetup(pool) || stringAt(pool.emailConfiguration, 'ReplyToEmailAddress') !== undefined;
}

/** Does any identity have a policy of ours for the pool? */
export function hasAttachedPolicies(policies: readonly AttachedPolicy[]): boolean {
  return policies.some((held) => held.policy !== undefined);
}

/** A configuration back at Cognito's default sender. */
export function withoutSender(emailConfiguration: JsonObject): JsonObject {
  return mergeEmailConfiguration(emailConfiguration, { EmailSendingAccount: 'COGNITO_DEFAULT' });
}

/** A wanted configuration with the members of the live one that the type does not know: they are somebody else's. */
export function mergeEmailConfiguration(live: JsonObject, wanted: EmailConfiguration): JsonObject {
  return { ...filtered(live, (member) => !emailMembers.includes(member)), ...wanted };
}

/** What a pool has of a setup, with the policies that were seen. */
export function setupOf(pool: PresentPool, policies: readonly AttachedPolicy[]): Setup {
  return { emailConfiguration: pool.emailConfiguration, tag: pool.tag, policies };
}
