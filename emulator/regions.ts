import rows from './regions.json';

/**
 * What the embedded AWS knows of Regions: a copy of its own of AWS's table, on purpose, so that a slip in the product's
 * table shows.
 */
const table = rows as readonly { region: string; category: string; sesRegions: readonly string[] }[];

/** The row of a pool's Region; undefined where AWS's table has none. */
export function rowOf(region: string) {
  return table.find((row) => row.region === region);
}

/** The Cognito principal that an identity in `sesRegion` must trust for a pool in `poolRegion`. */
export function principalFor(poolRegion: string, sesRegion: string): string {
  const row = rowOf(poolRegion);
  const regional = row ? row.category === 'alternate' : poolRegion !== sesRegion;
  return regional ? `cognito-idp.${poolRegion}.amazonaws.com` : 'email.cognito-idp.amazonaws.com';
}

/** The partition of a Region, as it stands in ARNs. */
export function partitionOf(region: string): string {
  const prefixes = { 'us-gov-': 'aws-us-gov', 'cn-': 'aws-cn', 'eusc-': 'aws-eusc' };
  return Object.entries(prefixes).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
