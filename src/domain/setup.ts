import { isDeepStrictEqual } from 'node:util';
import { parseIdentityArn } from './arn';
import type { EmailConfiguration, Holding, Place } from './desired';
import { emailMembers } from './email-members';
import { filtered, type JsonObject, stringAt } from './json';
import type { IdentityAt, PresentPool } from './observation';
import { identityTag } from './record';
import { regionRow } from './regions';
import { policyName, sameMeaning } from './sending-policy';

/** All that the type controls of one pool: what an operation changes, and what undoing it puts back. */
export interface Setup {
  readonly emailConfiguration: JsonObject;
  /** Value of the pool's tag; undefined: the pool carries none. */
  readonly tag: string | undefined;
  readonly holdings: readonly Holding[];
}

/** What leads from one setup to another, in the order in which it is done: grant, switch, mark, revoke. */
export interface Plan {
  readonly grants: readonly (Place & { readonly policy: string; readonly replaces: boolean })[];
  readonly switches: boolean;
  readonly marks: readonly Place[];
  readonly unmarks: readonly Place[];
  readonly revokes: readonly Place[];
}

const samePlace = (one: Place, other: Place) => one.region === other.region && one.identity === other.identity;

/** The steps from `current` to `target`; all lists empty and no switch where they are alike. */
export function planBetween(current: Setup, target: Setup): Plan {
  const now = (place: Place) => current.holdings.find((holding) => samePlace(holding, place));
  const then = (place: Place) => target.holdings.find((holding) => samePlace(holding, place));
  const grants = target.holdings.flatMap(({ region, identity, policy }) => {
    const held = now({ region, identity })?.policy;
    if (policy === undefined || (held !== undefined && sameMeaning(held, policy))) return [];
    return [{ region, identity, policy, replaces: held !== undefined }];
  });
  const place = ({ region, identity }: Place) => ({ region, identity });
  return {
    grants,
    switches: current.tag !== target.tag || !isDeepStrictEqual(current.emailConfiguration, target.emailConfiguration),
    marks: target.holdings.filter((held) => held.tagged && !now(held)?.tagged).map(place),
    unmarks: current.holdings.filter((held) => held.tagged && !then(held)?.tagged).map(place),
    revokes: current.holdings
      .filter((held) => held.policy !== undefined && then(held)?.policy === undefined)
      .map(place),
  };
}

/** Does a plan change anything that a setup depends on? */
export function isEmpty(plan: Plan): boolean {
  return !plan.switches && [plan.grants, plan.marks, plan.unmarks, plan.revokes].every((steps) => steps.length === 0);
}

/** Does a pool's configuration have each of these members? Cognito may add members of its own to what it is sent. */
export function hasMembers(live: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([member, value]) => isDeepStrictEqual(live[member], value));
}

/** What each observed identity holds of ours for one pool. */
export function holdingsSeen(
  identities: readonly IdentityAt[],
  poolRegion: string,
  poolId: string,
): readonly Holding[] {
  const [policy, tag] = [policyName(poolRegion, poolId), identityTag(poolRegion, poolId)];
  return identities.map(({ region, identity, observed }) => ({
    region,
    identity,
    policy: observed.kind === 'present' ? observed.policies[policy] : undefined,
    tagged: observed.kind === 'present' && observed.tags[tag] !== undefined,
  }));
}

/** The identity that a pool sends with now, in each Region that its `SourceArn` means. */
export function livePlaces(pool: PresentPool): readonly Place[] {
  const source = parseIdentityArn(stringAt(pool.emailConfiguration, 'SourceArn') ?? '');
  if (!source) return [];
  const regions = source.region === '*' ? (regionRow(pool.arn.region)?.sesRegions ?? []) : [source.region];
  return regions.map((region) => ({ region, identity: source.identity }));
}

/** Does the pool itself show a setup: by our tag, or by a `SourceArn` that somebody configured? */
export function showsSetup(pool: PresentPool): boolean {
  return pool.tag !== undefined || stringAt(pool.emailConfiguration, 'SourceArn') !== undefined;
}

/** Does any identity hold something of ours for the pool? */
export function anyHeld(holdings: readonly Holding[]): boolean {
  return holdings.some((held) => held.policy !== undefined || held.tagged);
}

/** The same pool and identities without any setup: Cognito's default sender, no tag, no policy of ours. */
export function nothingOf({ emailConfiguration, holdings }: Setup): Setup {
  return {
    emailConfiguration: merged(emailConfiguration, { EmailSendingAccount: 'COGNITO_DEFAULT' }),
    tag: undefined,
    holdings: holdings.map(({ region, identity }) => ({ region, identity, tagged: false })),
  };
}

/** A wanted configuration with the members of the live one that the type does not know: they are somebody else's. */
export function merged(live: JsonObject, wanted: EmailConfiguration): JsonObject {
  return { ...filtered(live, (member) => !emailMembers.includes(member)), ...wanted };
}
