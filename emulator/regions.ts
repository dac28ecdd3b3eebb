import rows from './regions.json';

/**
 * AWS's Region table. It is a copy of its own on purpose: a mistake in the copy in `src/domain` shows in the tests.
 */
const table = rows as readonly { region: string; category: string; sesRegions: readonly string[] }[];

/** The row of a pool's Region; undefined for a Region that AWS's table lacks. */
export function regionRow(region: string) {
  return table.find((row) => row.region === region);
}

/** The service principal that a policy of an identity in `sesRegion` must name for a pool in `poolRegion`. */
export function principalFor(poolRegion: string, sesRegion: string): string {
  const row = regionRow(poolRegion);
  const regional = row ? row.category === 'alternate' : poolRegion !== sesRegion;
  return regional ? `cognito-idp.${poolRegion}.amazonaws.com` : 'email.cognito-idp.amazonaws.com';
}

/** The partition of a Region, as in ARNs. */
export function partitionOf(region: string): string {
  const prefixes = { 'us-gov-': 'aws-us-gov', 'cn-': 'aws-cn', 'eusc-': 'aws-eusc' };
  return Object.entries(prefixes).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
