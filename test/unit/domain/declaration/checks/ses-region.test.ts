import { alternateSesRegion, sesRegion } from '../../../../../src/domain/declaration/checks/ses-region';
import type { Declaration, EmailSendingAccount } from '../../../../../src/domain/declaration/declaration';

function said(
  poolRegion: string,
  chosen: string | undefined,
  emailSendingAccount: EmailSendingAccount = 'DEVELOPER',
  more: Partial<Declaration> = {},
) {
  const declared = { userPoolId: 'p', emailSendingAccount, identity: 'example.com', sesRegion: chosen, ...more };
  const context = { poolRegion, operation: 'create' } as const;
  const [problem, ...others] = [sesRegion, alternateSesRegion].flatMap(({ check }) => check(declared, context) ?? []);
  expect(others).toEqual([]);
  return problem;
}

test.each<[string, string | undefined, EmailSendingAccount]>([
  ['eu-north-1', undefined, 'DEVELOPER'],
  ['eu-north-1', 'eu-north-1', 'DEVELOPER'],
  ['eu-west-1', 'us-east-1', 'DEVELOPER'],
  ['eu-west-1', 'us-west-2', 'COGNITO_DEFAULT'],
  ['me-central-1', undefined, 'COGNITO_DEFAULT'],
  ['me-central-1', 'eu-central-1', 'DEVELOPER'],
  ['me-central-1', 'eu-central-1', 'COGNITO_DEFAULT'],
  ['xx-east-1', 'xx-east-1', 'DEVELOPER'],
  ['us-iso-east-1', 'us-isob-east-12', 'DEVELOPER'],
])('a pool in %s may send through %s as %s', (poolRegion, chosen, sender) => {
  expect(said(poolRegion, chosen, sender)).toBeUndefined();
});

const cannot = (chosen: string, poolRegion: string) => `SesRegion ${chosen} cannot serve a user pool in ${poolRegion}`;
test.each<[string, string, EmailSendingAccount, string]>([
  [
    'eu-north-1',
    'eu-west-1',
    'DEVELOPER',
    'which sends through SES in its own Region only: write eu-north-1, or leave SesRegion out.',
  ],
  [
    'eu-west-1',
    'eu-west-2',
    'COGNITO_DEFAULT',
    'which sends through SES in us-east-1, us-west-2, eu-west-1: write us-east-1 or us-west-2 or eu-west-1, or leave SesRegion out.',
  ],
  [
    'me-central-1',
    'eu-west-2',
    'DEVELOPER',
    'which sends as DEVELOPER through SES in eu-central-1 only: write eu-central-1, or leave SesRegion out.',
  ],
  [
    'me-central-1',
    'eu-west-2',
    'COGNITO_DEFAULT',
    'whose default sender uses the identity in eu-central-1 and eu-west-2 together: write eu-central-1, or leave SesRegion out.',
  ],
])('a pool in %s may not send through %s as %s', (poolRegion, chosen, sender, because) => {
  expect(said(poolRegion, chosen, sender)).toBe(`${cannot(chosen, poolRegion)}, ${because}`);
});

describe('a pool in a Region that the table lacks', () => {
  test('needs one declared', () =>
    expect(said('xx-east-1', undefined)).toBe(
      "SesRegion is missing: AWS's table of Regions has no row for xx-east-1, so write the Region of the SES identity.",
    ));
  test.each(['Ireland', 'eu-west', 'eu-west-1 ', ' eu-west-1', 'e-west-1', 'europe-west-1', 'eu-west-123', 'eu-1', ''])(
    'and %j is none',
    (chosen) =>
      expect(said('xx-east-1', chosen)).toBe(`SesRegion "${chosen}" is not a Region: write such as eu-west-1.`),
  );
});

describe('without Identity', () => {
  const plain: Declaration = { userPoolId: 'p', emailSendingAccount: 'COGNITO_DEFAULT', sesRegion: 'eu-west-1' };
  test('a new setup has no SesRegion', () => {
    expect(sesRegion.check(plain, { poolRegion: 'eu-west-1', operation: 'create' })).toBe(
      'SesRegion is declared without Identity: take it out, or write the SES identity that it belongs to.',
    );
    const { sesRegion: _none, ...rest } = plain;
    expect(sesRegion.check(rest, { poolRegion: 'xx-east-1', operation: 'create' })).toBeUndefined();
  });
  test('an Update may have it', () =>
    expect(sesRegion.check(plain, { poolRegion: 'eu-west-1', operation: 'update' })).toBeUndefined());
});
