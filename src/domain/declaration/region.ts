import { type RegionRow, regionRow } from '../regions';
import type { Declaration } from './declaration';
import type { DeclarationCheck } from './properties';

const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** May SES in the declared Region serve this pool? AWS's table decides; where it is silent, Cognito will. */
export const sesRegion: DeclarationCheck = (declared, { poolRegion, operation }) => {
  const { identity, sesRegion: chosen } = declared;
  if (identity === undefined) {
    // Read fills SesRegion in, so an update made of Read's answer may carry it along.
    if (chosen === undefined || operation === 'update') return undefined;
    return 'SesRegion is declared without Identity: take it out, or write the SES identity that it belongs to.';
  }
  const row = regionRow(poolRegion);
  if (!row) return unlisted(chosen, poolRegion);
  if (chosen === undefined) return undefined;
  const { allowed, because } = choices(declared, row);
  if (allowed.includes(chosen)) return undefined;
  return `SesRegion ${chosen} cannot serve a user pool in ${poolRegion}, ${because}: write ${allowed.join(' or ')}, or leave SesRegion out.`;
};

function unlisted(chosen: string | undefined, poolRegion: string): string | undefined {
  if (chosen === undefined) {
    return `SesRegion is missing: AWS's table of Regions has no row for ${poolRegion}, so write the Region of the SES identity.`;
  }
  return regionPattern.test(chosen)
    ? undefined
    : `SesRegion ${JSON.stringify(chosen)} is not a Region: write such as eu-west-1.`;
}

function choices(
  declared: Declaration,
  row: RegionRow,
): { readonly allowed: readonly string[]; readonly because: string } {
  const [first = row.region] = row.sesRegions;
  const list = row.sesRegions.join(', ');
  switch (row.category) {
    case 'in-region':
      return { allowed: row.sesRegions, because: 'which sends through SES in its own Region only' };
    case 'backward-compatible':
      return { allowed: row.sesRegions, because: `which sends through SES in ${list}` };
    case 'alternate':
      return declared.emailSendingAccount === 'COGNITO_DEFAULT'
        ? {
            allowed: [first],
            because: `whose default sender uses the identity in ${row.sesRegions.join(' and ')} together`,
          }
        : { allowed: [first], because: `which sends as DEVELOPER through SES in ${first} only` };
  }
}
