import { sesRegionsOf, trustedPrincipal } from '../../src/domain/plan/desired';
import { type RegionOption, type RegionRow, regionTable as table } from '../../src/domain/regions';

/** What the type does in each Region, told by the very functions that decide it. */
export function regionTable(): string {
  const head = ['Pool in', 'Category', '`DEVELOPER`', '`COGNITO_DEFAULT` with `Identity`', 'Policy trusts'];
  const rows = table.map((row) => [
    row.region,
    words[row.category],
    ...(['DEVELOPER', 'COGNITO_DEFAULT'] as const).map((sender) => identitiesIn(row, sender)),
    trusts(row),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const words: Readonly<Record<RegionOption, string>> = {
  'in-region': 'in-Region',
  'backward-compatible': 'backward compatible',
  alternate: 'alternate',
};

function identitiesIn(
  { region, category, sesRegions }: RegionRow,
  emailSendingAccount: 'DEVELOPER' | 'COGNITO_DEFAULT',
) {
  const declared = { userPoolId: '', emailSendingAccount, identity: 'example.com' };
  const used = sesRegionsOf(declared, region);
  if (category !== 'backward-compatible') return used.join(' **and** ');
  const [standard, others] = [used.join(), sesRegions.filter((one) => !used.includes(one))];
  return `${standard}; or ${others.join(', ')}`;
}

function trusts({ region, sesRegions: [first = region] }: RegionRow): string {
  const principals = (['COGNITO_DEFAULT', 'DEVELOPER'] as const).map((sender) =>
    trustedPrincipal(sender, region, first),
  );
  const [standard, developer] = principals.map((principal) => `\`${principal}\``);
  return principals[1] === undefined ? `${standard} (\`COGNITO_DEFAULT\` only)` : `${developer}`;
}

/** The Regions of each category, as lists. */
export function regionLists(): string {
  const rowsOf = (category: RegionOption) => table.filter((row) => row.category === category);
  const names = (rows: readonly RegionRow[]) => rows.map(({ region }) => region).join(', ');
  const alternates = rowsOf('alternate').map(({ region, sesRegions }) => `${region} → ${sesRegions.join(', ')}`);
  return [
    `- **In-Region** (SES in the pool's own Region only): ${names(rowsOf('in-region'))}.`,
    `- **Backward compatible** (the pool's own Region, or us-east-1, us-west-2, eu-west-1): ${names(rowsOf('backward-compatible'))}.`,
    `- **Alternate** (two Regions elsewhere; the first is the one for \`DEVELOPER\`): ${alternates.join('; ')}.`,
  ].join('\n');
}
