import { type RegionRow, regionRow } from '../../regions';
import { declarationCheck } from '../check';
import { conforms } from '../schema';

/** May SES in the declared Region serve this pool? AWS's table decides; for a Region that it lacks, Cognito does. */
export const sesRegion = declarationCheck({
  property: 'SesRegion',
  reads: ['identity', 'sesRegion', 'poolRegion'],
  check({ identity, sesRegion: declared }, { poolRegion, operation }) {
    if (identity === undefined) {
      // Read returns SesRegion, so an Update made of Read's answer may have it.
      if (declared === undefined || operation === 'update') return undefined;
      return 'SesRegion is declared without Identity: take it out, or write the SES identity that it belongs to.';
    }
    const row = regionRow(poolRegion);
    if (!row) return notInTable(declared, poolRegion);
    if (row.category === 'alternate' || declared === undefined || row.sesRegions.includes(declared)) return undefined;
    const because =
      row.category === 'in-region'
        ? 'which sends through SES in its own Region only'
        : `which sends through SES in ${row.sesRegions.join(', ')}`;
    return cannotServe(declared, row.sesRegions, { poolRegion, because });
  },
});

/** The same where the pool's Region has no SES of its own: the first Region of the table is the one to declare. */
export const alternateSesRegion = declarationCheck({
  property: 'SesRegion',
  reads: ['emailSendingAccount', 'identity', 'sesRegion', 'poolRegion'],
  check({ emailSendingAccount, identity, sesRegion: declared }, { poolRegion }) {
    const row = regionRow(poolRegion);
    if (identity === undefined || declared === undefined || row?.category !== 'alternate') return undefined;
    const [first = poolRegion] = row.sesRegions;
    if (declared === first) return undefined;
    const because = emailSendingAccount === 'COGNITO_DEFAULT' ? bothTogether(row) : firstOnly(first);
    return cannotServe(declared, [first], { poolRegion, because });
  },
});

const bothTogether = ({ sesRegions }: RegionRow) =>
  `whose default sender uses the identity in ${sesRegions.join(' and ')} together`;

const firstOnly = (first: string) => `which sends as DEVELOPER through SES in ${first} only`;

function notInTable(declared: string | undefined, poolRegion: string): string | undefined {
  if (declared === undefined) {
    return `SesRegion is missing: AWS's table of Regions has no row for ${poolRegion}, so write the Region of the SES identity.`;
  }
  return conforms('SesRegion', declared)
    ? undefined
    : `SesRegion ${JSON.stringify(declared)} is not a Region: write such as eu-west-1.`;
}

function cannotServe(
  declared: string,
  allowed: readonly string[],
  { poolRegion, because }: { readonly poolRegion: string; readonly because: string },
): string {
  return `SesRegion ${declared} cannot serve a user pool in ${poolRegion}, ${because}: write ${allowed.join(' or ')}, or leave SesRegion out.`;
}
