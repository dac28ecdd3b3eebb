import type { RegionState } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';

/** The Regions in which the scenarios have identities. */
export const sesRegions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-central-1'];

/** Pools (of some Regions), policies and tags of an account, as text that can be compared. */
export function accountSnapshot(
  { regionState }: { regionState(region: string): RegionState },
  poolRegions: readonly string[],
): string {
  const pools = poolRegions.flatMap((region) => {
    const { cognito } = regionState(region);
    return [...cognito.pools.keys()].map((id) => {
      const { LastModifiedDate: _t, EstimatedNumberOfUsers: _n, ...pool } = cognito.describe(id);
      return sorted(pool);
    });
  });
  const identities = sesRegions.flatMap((ses) =>
    [...regionState(ses).ses.identities.values()].map(({ name, policies, tags }) =>
      sorted({ at: `${ses}/${name}`, policies: Object.fromEntries(policies), tags: Object.fromEntries(tags) }),
    ),
  );
  return JSON.stringify([pools, identities], undefined, 1);
}

function sorted(value: JsonObject[string]): JsonObject[string] {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
