import { isDeepStrictEqual } from 'node:util';
import { parseIdentityArn } from './arn';
import type { EmailConfiguration, Holding, Place } from './desired';
import { emailMembers } from './email-members';
import { filtered, type JsonObject, stringAt } from './json';
import type { IdentityAt, PresentPool } from './observation';
import { regionRow } from './regions';
import { policyName, sameMeaning } from './sending-policy';

/** All that the type controls of one pool: what an operation changes, and what undoing it puts back. */
export interface Setup {
  readonly emailConfiguration: JsonObject;
  /** Value of the pool's tag; undefined: the pool carries none. */
  readonly tag: string | undefined;
  readonly holdings: readonly Holding[];
}

/** What leads from one setup to another, in the order in which it is done: grant, switch the pool, revoke. */
export interface Plan {
  readonly grants: readonly (Place & { readonly policy: string; readonly replaces: boolean })[];
  /** The pool's e-mail changes, and its tag in the same call; or only its tag does, which needs no update of the pool. */
  readonly pool: 'update' | 'tag' | undefined;
  readonly revokes: readonly Place[];
}

/** Is it the same identity in the same Region? */
export const samePlace = (one: Place, other: Place): boolean =>
  one.region === other.region && one.identity === other.identity;

/** The steps from `current` to `target`; all lists empty and nothing for the pool where they are alike. */
export function planBetween(current: Setup, target: Setup): Plan {
  const now = (place: Place) => current.holdings.find((holding) => samePlace(holding, place))?.policy;
  const then = (place: Place) => target.holdings.find((holding) => samePlace(holding, place))?.policy;
  const grants = target.holdings.flatMap(({ region, identity, policy }) => {
    const held = now({ region, identity });
    if (policy === undefined || (held !== undefined && sameMeaning(held, policy))) return [];
    return [{ region, identity, policy, replaces: held !== undefined }];
  });
  const sameEmail = isDeepStrictEqual(current.emailConfiguration, target.emailConfiguration);
  const sameTag = current.tag === target.tag;
  return {
    grants,
    pool: sameEmail ? (sameTag ? undefined : 'tag') : 'update',
    revokes: current.holdings
      .filter((held) => held.policy !== undefined && then(held) === undefined)
      .map(({ region, identity }) => ({ region, identity })),
  };
}

/** Does a plan change nothing? */
export function isEmpty({ grants, pool, revokes }: Plan): boolean {
  return pool === undefined && grants.length === 0 && revokes.length === 0;
}

/** Is what a plan leads to in force already, so that only the record of it changes? */
export function isInForce({ grants, pool, revokes }: Plan): boolean {
  return pool !== 'update' && grants.length === 0 && revokes.length === 0;
}

/** Does a pool's configuration have each of these members? Cognito may add members of its own to what it is sent. */
export function hasMembers(live: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([member, value]) => isDeepStrictEqual(live[member], value));
}

/** The policy of ours that each observed identity has for one pool. */
export function holdingsSeen(
  identities: readonly IdentityAt[],
  poolRegion: string,
  poolId: string,
): readonly Holding[] {
  const name = policyName(poolRegion, poolId);
  return identities.map(({ region, identity, observed }) => ({
    region,
    identity,
    policy: observed.kind === 'present' ? observed.policies[name] : undefined,
  }));
}

/** The identity that a pool sends with now, in each Region that its `SourceArn` means. */
export const livePlaces = (pool: PresentPool): readonly Place[] =>
  placesOfSource(pool.emailConfiguration, pool.arn.region);

/** The identity that a configuration sends with, in each Region that its `SourceArn` means. */
export function placesOfSource(emailConfiguration: JsonObject, poolRegion: string): readonly Place[] {
  const source = parseIdentityArn(stringAt(emailConfiguration, 'SourceArn') ?? '');
  if (!source) return [];
  const regions = source.region === '*' ? (regionRow(poolRegion)?.sesRegions ?? []) : [source.region];
  return regions.map((region) => ({ region, identity: source.identity }));
}

/** Does the pool itself show a setup: by our tag, or by a `SourceArn` that somebody configured? */
export function showsSetup({ tag, emailConfiguration }: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return tag !== undefined || stringAt(emailConfiguration, 'SourceArn') !== undefined;
}

/** Is there anything of somebody's that a Create would replace? A reply address on the default sender is, too. */
export function isTaken(pool: Pick<Setup, 'tag' | 'emailConfiguration'>): boolean {
  return showsSetup(pool) || stringAt(pool.emailConfiguration, 'ReplyToEmailAddress') !== undefined;
}

/** Does any identity have a policy of ours for the pool? */
export function anyHeld(holdings: readonly Holding[]): boolean {
  return holdings.some((held) => held.policy !== undefined);
}

/** A configuration back at Cognito's default sender. */
export function withoutSender(emailConfiguration: JsonObject): JsonObject {
  return merged(emailConfiguration, { EmailSendingAccount: 'COGNITO_DEFAULT' });
}

/** A wanted configuration with the members of the live one that the type does not know: they are somebody else's. */
export function merged(live: JsonObject, wanted: EmailConfiguration): JsonObject {
  return { ...filtered(live, (member) => !emailMembers.includes(member)), ...wanted };
}

/** What a pool has of a setup, with the policies that were seen. */
export function setupOf(pool: PresentPool, holdings: readonly Holding[]): Setup {
  return { emailConfiguration: pool.emailConfiguration, tag: pool.tag, holdings };
}
