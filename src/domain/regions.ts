import rows from './regions.json';

/** How a pool's Region may reach SES, in the words of AWS's page "Amazon Cognito user pool email settings". */
export type RegionOption = 'in-region' | 'backward-compatible' | 'alternate';

/** One row of AWS's Region table: where the identities of a pool in `region` may live, in AWS's order. */
export interface RegionRow {
  readonly region: string;
  readonly category: RegionOption;
  readonly sesRegions: readonly string[];
}

/** AWS's Region table, all rows. */
export const regionTable = rows as readonly RegionRow[];

/** The row of a pool's Region; undefined for a Region that AWS's table lacks (there Cognito has the last word). */
export function regionRow(poolRegion: string): RegionRow | undefined {
  return regionTable.find((row) => row.region === poolRegion);
}
