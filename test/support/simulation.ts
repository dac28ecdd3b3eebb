import type { JsonObject } from '../../emulator/types';
import { sesRegions } from './account-snapshot';
import { attachments, tagKey } from './expect-setup';
import { type Actor, actors, configurationFor, delivers, kindsIn, type PoolModel, type State, senderOf } from './model';
import type { MultiAccountHarness } from './multi-account-harness';
import { setupTagOf } from './owners';
import type { TestAccount } from './test-account';

const othersPolicy = '{"Version":"2012-10-17"}';

/** A sequence on three pools of an account of its own. */
export interface Simulation {
  readonly harness: MultiAccountHarness;
  readonly testAccount: TestAccount;
  readonly pools: readonly PoolModel[];
  /** Settings of each pool that nobody but a second writer changes. */
  readonly settings: string[];
  readonly findings: string[];
  /** The hash in the tag for each owner and for each sender, from when it was first seen. */
  readonly hashes: Map<string, string>;
}

export type AddFinding = (finding: string) => void;

/** Everything that must hold between steps. */
export function inspect(simulation: Simulation, addFinding: AddFinding): void {
  const { testAccount } = simulation;
  for (const [index, pool] of simulation.pools.entries()) {
    const { EmailConfiguration } = testAccount.regionState(pool.region).cognito.describe(pool.id) as Record<
      string,
      JsonObject
    >;
    const wanted = configurationFor(pool.state.live, pool.region, testAccount.account);
    if (!alike(wanted, EmailConfiguration))
      addFinding(`${pool.id} has ${JSON.stringify(EmailConfiguration)}, and not ${JSON.stringify(wanted)}`);
    inspectTag(simulation, pool, addFinding);
    const holds = pool.state.policies.map((place) => `${place} policy`).sort();
    const found = [...attachments(testAccount, pool.region, pool.id)].sort();
    if (String(found) !== String(holds)) addFinding(`${pool.id}: identities hold ${found}, and not ${holds}`);
    const settings = settingsOf(simulation, index);
    if (settings !== simulation.settings[index])
      addFinding(`${pool.id}: settings changed from ${simulation.settings[index]} to ${settings}`);
    const delivery = testAccount.regionState(pool.region).canSend(pool.id);
    if (delivers(pool.state) && !delivery.sends && simulation.harness.aws.behaviours.policyVisibleAfterMs === 0)
      addFinding(`mail of ${pool.id} does not go out: ${delivery.why}`);
  }
  for (const region of sesRegions) {
    for (const { name, policies } of testAccount.regionState(region).ses.identities.values()) {
      if (policies.get('of-somebody-else') !== othersPolicy)
        addFinding(`the policy of somebody else on ${name} in ${region}`);
    }
  }
}

/** The tag names whom and what the model names: one hash for each, and for each another. */
function inspectTag(
  { testAccount, hashes }: Simulation,
  { region, id, state: { tag } }: PoolModel,
  addFinding: AddFinding,
): void {
  const setupTag = setupTagOf(testAccount, region, id);
  if (!tag || !setupTag) {
    if (tag || setupTag) addFinding(`${id} ${tag ? 'lacks' : 'has'} the tag`);
    return;
  }
  const expected = (what: string, hash: string) => {
    if (!hashes.has(what)) hashes.set(what, hash);
    if (hashes.get(what) !== hash) addFinding(`the tag of ${id} has ${hash} for ${what}, and not ${hashes.get(what)}`);
  };
  const nameOf = (who: Actor | 'nobody') => ownerName(region, who);
  expected(nameOf(tag.owner), setupTag.owner);
  expected(`sender ${tag.sender}`, setupTag.sender);
  if (tag.before === undefined || setupTag.before === undefined) {
    if (tag.before !== setupTag.before)
      addFinding(`the tag of ${id} has ${setupTag.before} for the owner before ${tag.before}`);
  } else expected(nameOf(tag.before), setupTag.before);
  if (new Set(hashes.values()).size < hashes.size) addFinding(`one hash for two: ${JSON.stringify([...hashes])}`);
}

/** A stack is one of a Region. */
const ownerName = (region: string, who: Actor | 'nobody') =>
  who === 'Cloud Control' || who === 'nobody' ? who : `${who} in ${region}`;

/** The hashes that are no hashes. */
export const knownHashes = () =>
  new Map([
    ['Cloud Control', '-'],
    ['nobody', '.'],
  ]);

/**
 * The state after an operation of `by` that failed and whose roll-back failed too: part of the state before, and part of what
 * was declared. Undefined where the sender is neither.
 */
export function stateAfterLeftover(
  { testAccount, hashes }: Simulation,
  { region, id }: PoolModel,
  by: Actor,
): State | undefined {
  const { EmailConfiguration } = testAccount.regionState(region).cognito.describe(id) as Record<string, JsonObject>;
  const all: readonly State['live'][] = ['nothing', 'by hand', ...kindsIn(region)];
  const live = all.find((one) => alike(configurationFor(one, region, testAccount.account), EmailConfiguration));
  if (!live) return undefined;
  const setupTag = setupTagOf(testAccount, region, id);
  const isHash = (name: string, hash: string) => hashes.get(name) === hash;
  // A hash that was not seen before is that of the actor, or of what it has declared.
  const ownerOf = (hash: string) =>
    [...actors, 'nobody' as const].find((one) => isHash(ownerName(region, one), hash)) ?? by;
  const senders = all.map(senderOf);
  const policies = attachments(testAccount, region, id).map((one) => one.replace(/ policy$/, ''));
  if (!setupTag) return { live, tag: undefined, policies };
  const owner = ownerOf(setupTag.owner) as Actor;
  const sender = senders.find((one) => isHash(`sender ${one}`, setupTag.sender)) ?? senderOf(live);
  const before = setupTag.before === undefined ? undefined : ownerOf(setupTag.before);
  return { live, tag: { owner, before, sender }, policies };
}

const alike = (one: JsonObject, other: JsonObject | undefined) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other ?? {}).sort());

/** A pool's settings that are not the setup's. */
export function settingsOf({ testAccount, pools }: Simulation, index: number): string {
  const { region, id } = pools[index] as PoolModel;
  const {
    EmailConfiguration: _e,
    LastModifiedDate: _l,
    EstimatedNumberOfUsers: _n,
    UserPoolTags,
    ...rest
  } = testAccount.regionState(region).cognito.describe(id);
  const { [tagKey]: _ours, ...tags } = UserPoolTags as JsonObject;
  return JSON.stringify(Object.entries({ ...rest, tags }).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that a refused operation must leave as it was. */
export function poolSnapshots(simulation: Simulation): string {
  return JSON.stringify(
    simulation.pools.map(({ region, id }, index) => {
      const { EmailConfiguration, UserPoolTags } = simulation.testAccount
        .regionState(region)
        .cognito.describe(id) as Record<string, JsonObject>;
      return [
        settingsOf(simulation, index),
        Object.entries(EmailConfiguration ?? {}).sort(),
        Object.entries(UserPoolTags ?? {}).sort(),
        [...attachments(simulation.testAccount, region, id)].sort(),
      ];
    }),
  );
}
