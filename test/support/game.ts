import type { JsonObject } from '../../emulator/types';
import type { Arena, Tenant } from './arena';
import { held, tagKey } from './expect-setup';
import { configurationFor, heldFor, type PoolModel } from './model';
import { sesRegions } from './state';

const othersPolicy = '{"Version":"2012-10-17"}';

/** A sequence on three pools of an account of its own. */
export interface Game {
  readonly arena: Arena;
  readonly tenant: Tenant;
  readonly pools: readonly PoolModel[];
  /** Settings of each pool that nobody but a second writer changes. */
  readonly settings: string[];
  readonly findings: string[];
}

export type Said = (finding: string) => void;

/** Everything that must hold between steps. */
export function inspect(game: Game, said: Said): void {
  const { tenant } = game;
  for (const [index, pool] of game.pools.entries()) {
    const { EmailConfiguration, UserPoolTags } = tenant.world(pool.region).cognito.describe(pool.id) as Record<
      string,
      JsonObject
    >;
    const wanted = configurationFor(pool, tenant.account);
    if (wanted && !alike(wanted, EmailConfiguration))
      said(`${pool.id} has ${JSON.stringify(EmailConfiguration)}, and not ${JSON.stringify(wanted)}`);
    const tagged = typeof pool.live === 'object' && !['wiped', 'tag removed'].includes(pool.drift);
    if (tagged !== (UserPoolTags?.[tagKey] !== undefined)) said(`${pool.id} ${tagged ? 'lacks' : 'has'} the tag`);
    const holds = heldFor(pool);
    const found = [...held(tenant, pool.region, pool.id)].sort();
    if (holds && String(found) !== String(holds)) said(`${pool.id}: identities hold ${found}, and not ${holds}`);
    const settings = settingsOf(game, index);
    if (settings !== game.settings[index])
      said(`${pool.id}: settings changed from ${game.settings[index]} to ${settings}`);
  }
  for (const region of sesRegions) {
    for (const { name, policies } of tenant.world(region).ses.identities.values()) {
      if (policies.get('of-somebody-else') !== othersPolicy)
        said(`the policy of somebody else on ${name} in ${region}`);
    }
  }
}

const alike = (one: JsonObject, other: JsonObject | undefined) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other ?? {}).sort());

/** A pool's settings that are not the setup's. */
export function settingsOf({ tenant, pools }: Game, index: number): string {
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
export function portraits(game: Game): string {
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
