import type { JsonObject } from '../../emulator/types';
import { held, tagKey } from './expect-setup';
import { configurationFor, delivers, kindsIn, type PoolModel, type State, senderOf, type Who, whoever } from './model';
import type { MultiAccountHarness, TestAccount } from './multi-account-harness';
import { markOf } from './owners';
import { sesRegions } from './state';

const othersPolicy = '{"Version":"2012-10-17"}';

/** A sequence on three pools of an account of its own. */
export interface Simulation {
  readonly arena: MultiAccountHarness;
  readonly tenant: TestAccount;
  readonly pools: readonly PoolModel[];
  /** Settings of each pool that nobody but a second writer changes. */
  readonly settings: string[];
  readonly findings: string[];
  /** The hash in the tag for each owner and for each sender, from when it was first seen. */
  readonly hashes: Map<string, string>;
}

export type Said = (finding: string) => void;

/** Everything that must hold between steps. */
export function inspect(game: Simulation, said: Said): void {
  const { tenant } = game;
  for (const [index, pool] of game.pools.entries()) {
    const { EmailConfiguration } = tenant.world(pool.region).cognito.describe(pool.id) as Record<string, JsonObject>;
    const wanted = configurationFor(pool.state.live, pool.region, tenant.account);
    if (!alike(wanted, EmailConfiguration))
      said(`${pool.id} has ${JSON.stringify(EmailConfiguration)}, and not ${JSON.stringify(wanted)}`);
    inspectTag(game, pool, said);
    const holds = pool.state.policies.map((place) => `${place} policy`).sort();
    const found = [...held(tenant, pool.region, pool.id)].sort();
    if (String(found) !== String(holds)) said(`${pool.id}: identities hold ${found}, and not ${holds}`);
    const settings = settingsOf(game, index);
    if (settings !== game.settings[index])
      said(`${pool.id}: settings changed from ${game.settings[index]} to ${settings}`);
    const delivery = tenant.world(pool.region).canSend(pool.id);
    if (delivers(pool.state) && !delivery.sends && game.arena.aws.modes.grantVisibleAfterMs === 0)
      said(`mail of ${pool.id} does not go out: ${delivery.why}`);
  }
  for (const region of sesRegions) {
    for (const { name, policies } of tenant.world(region).ses.identities.values()) {
      if (policies.get('of-somebody-else') !== othersPolicy)
        said(`the policy of somebody else on ${name} in ${region}`);
    }
  }
}

/** The tag names whom and what the model names: one hash for each, and for each another. */
function inspectTag({ tenant, hashes }: Simulation, { region, id, state: { tag } }: PoolModel, said: Said): void {
  const mark = markOf(tenant, region, id);
  if (!tag || !mark) {
    if (tag || mark) said(`${id} ${tag ? 'lacks' : 'has'} the tag`);
    return;
  }
  const expected = (what: string, hash: string) => {
    if (!hashes.has(what)) hashes.set(what, hash);
    if (hashes.get(what) !== hash) said(`the tag of ${id} has ${hash} for ${what}, and not ${hashes.get(what)}`);
  };
  const nameOf = (who: Who | 'nobody') => ownerName(region, who);
  expected(nameOf(tag.owner), mark.owner);
  expected(`sender ${tag.sender}`, mark.sender);
  if (tag.before === undefined || mark.before === undefined) {
    if (tag.before !== mark.before) said(`the tag of ${id} has ${mark.before} for the owner before ${tag.before}`);
  } else expected(nameOf(tag.before), mark.before);
  if (new Set(hashes.values()).size < hashes.size) said(`one hash for two: ${JSON.stringify([...hashes])}`);
}

/** A stack is one of a Region. */
const ownerName = (region: string, who: Who | 'nobody') =>
  who === 'Cloud Control' || who === 'nobody' ? who : `${who} in ${region}`;

/** The hashes that are no hashes. */
export const knownHashes = () =>
  new Map([
    ['Cloud Control', '-'],
    ['nobody', '.'],
  ]);

/**
 * What stands in AWS after an operation of `by` that could neither be finished nor undone: something of before, and
 * something of what was declared. Undefined where it is neither.
 */
export function learned({ tenant, hashes }: Simulation, { region, id }: PoolModel, by: Who): State | undefined {
  const { EmailConfiguration } = tenant.world(region).cognito.describe(id) as Record<string, JsonObject>;
  const all: readonly State['live'][] = ['nothing', 'by hand', ...kindsIn(region)];
  const live = all.find((one) => alike(configurationFor(one, region, tenant.account), EmailConfiguration));
  if (!live) return undefined;
  const mark = markOf(tenant, region, id);
  const isHash = (name: string, hash: string) => hashes.get(name) === hash;
  // A hash that nobody has seen yet is that of whoever acts, and of what it has declared.
  const ownerOf = (hash: string) =>
    [...whoever, 'nobody' as const].find((one) => isHash(ownerName(region, one), hash)) ?? by;
  const senders = all.map(senderOf);
  const policies = held(tenant, region, id).map((one) => one.replace(/ policy$/, ''));
  if (!mark) return { live, tag: undefined, policies };
  const owner = ownerOf(mark.owner) as Who;
  const sender = senders.find((one) => isHash(`sender ${one}`, mark.sender)) ?? senderOf(live);
  const before = mark.before === undefined ? undefined : ownerOf(mark.before);
  return { live, tag: { owner, before, sender }, policies };
}

const alike = (one: JsonObject, other: JsonObject | undefined) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other ?? {}).sort());

/** A pool's settings that are not the setup's. */
export function settingsOf({ tenant, pools }: Simulation, index: number): string {
  const { region, id } = pools[index] as PoolModel;
  const {
    EmailConfiguration: _e,
    LastModifiedDate: _l,
    EstimatedNumberOfUsers: _n,
    UserPoolTags,
    ...rest
  } = tenant.world(region).cognito.describe(id);
  const { [tagKey]: _ours, ...tags } = UserPoolTags as JsonObject;
  return JSON.stringify(Object.entries({ ...rest, tags }).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that a refused operation must leave as it was. */
export function portraits(game: Simulation): string {
  return JSON.stringify(
    game.pools.map(({ region, id }, index) => {
      const { EmailConfiguration, UserPoolTags } = game.tenant.world(region).cognito.describe(id) as Record<
        string,
        JsonObject
      >;
      return [
        settingsOf(game, index),
        Object.entries(EmailConfiguration ?? {}).sort(),
        Object.entries(UserPoolTags ?? {}).sort(),
        [...held(game.tenant, region, id)].sort(),
      ];
    }),
  );
}
