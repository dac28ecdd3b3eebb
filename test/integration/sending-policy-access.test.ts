import fc from 'fast-check';
import { type Attempt, allows } from '../../emulator/ses/policy-evaluation';
import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { record } from '../support/reliability';
import {
  acceptDefaultSenderFrom,
  addIdentities,
  kindsFor,
  type RegionRow,
  regionTable,
  type SetupKind,
} from '../support/setup-kinds';

/*
 * The policies that the built handler has written are evaluated as SES evaluates them: Cognito may send for this pool of
 * this account, and nobody else may anything.
 */

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness({ behaviours: acceptDefaultSenderFrom });
});
afterAll(() => harness.close());

const account = '111122223333';
const granting = regionTable.flatMap((row) =>
  kindsFor(row)
    .filter(({ principal }) => principal !== undefined)
    .map((kind) => [row.region, kind.name, row, kind] as const),
);

/** What Cognito does when it sends for the pool through an identity. */
const cognitoAttempt = (kind: SetupKind, sesRegion: string, poolRegion: string, poolId: string): Attempt => ({
  principal: kind.principal ?? '',
  action: 'ses:SendRawEmail',
  resource: `arn:aws:ses:${sesRegion}:${account}:identity/${kind.identity}`,
  sourceArn: `arn:aws:cognito-idp:${poolRegion}:${account}:userpool/${poolId}`,
  sourceAccount: account,
});

/** Everybody else, each by what differs from Cognito's own attempt. */
function otherAttempts({
  sourceArn = '',
  resource,
  principal,
}: Attempt): readonly (readonly [string, Partial<Attempt>])[] {
  const otherAccount = '444455556666';
  const otherRegional =
    principal === 'cognito-idp.eu-west-1.amazonaws.com'
      ? 'cognito-idp.us-east-1.amazonaws.com'
      : 'cognito-idp.eu-west-1.amazonaws.com';
  const otherKind = principal.startsWith('email.') ? otherRegional : 'email.cognito-idp.amazonaws.com';
  return [
    ['another pool', { sourceArn: `${sourceArn}B` }],
    ['a pool whose id begins alike', { sourceArn: sourceArn.slice(0, -1) }],
    ['the same pool in another Region', { sourceArn: sourceArn.replace(/idp:[^:]+/, 'idp:xx-other-9') }],
    ['the same pool of another account', { sourceArn: sourceArn.replace(account, otherAccount) }],
    ['another account', { sourceAccount: otherAccount }],
    [
      'another account with a pool of the same name',
      { sourceAccount: otherAccount, sourceArn: sourceArn.replace(account, otherAccount) },
    ],
    ["another Region's Cognito", { principal: otherRegional }],
    ['the other Cognito principal', { principal: otherKind }],
    ['the plain Cognito', { principal: 'cognito-idp.amazonaws.com' }],
    ['Cognito identity pools', { principal: 'cognito-identity.amazonaws.com' }],
    ['a role of the account', { principal: `arn:aws:iam::${account}:role/admin`, principalType: 'AWS' }],
    ['the root of the account', { principal: `arn:aws:iam::${account}:root`, principalType: 'AWS' }],
    ['anybody', { principal: '*', principalType: 'AWS' }],
    ['another way to send', { action: 'ses:SendTemplatedEmail' }],
    ['a look at the identity', { action: 'ses:GetEmailIdentity' }],
    ['a change of its policies', { action: 'ses:CreateEmailIdentityPolicy' }],
    ['another identity', { resource: resource.replace(/identity\/.*/, 'identity/other.example') }],
    ['a longer identity', { resource: `${resource}.uk` }],
    ['the identity in another Region', { resource: resource.replace(/ses:[^:]+/, 'ses:xx-other-9') }],
  ];
}

test.each(granting)(
  '%s, %s: Cognito may send for this pool, nobody else',
  async (region, _name, row: RegionRow, kind) => {
    addIdentities(harness.regionState, row);
    const poolId = harness.regionState(region).cognito.addPool();
    const properties = setupProperties(poolId, kind.properties);
    await harness.succeed(region, { action: 'CREATE', properties });
    let attempts = 0;
    for (const ses of kind.regions) {
      const policies = [
        ...(harness
          .regionState(ses)
          .ses.identities.get(kind.identity ?? '')
          ?.policies.values() ?? []),
      ];
      const attempt = cognitoAttempt(kind, ses, region, poolId);
      expect(allows(policies, attempt)).toBe(true);
      expect(allows(policies, { ...attempt, action: 'ses:SendEmail' })).toBe(true);
      for (const [who, other] of otherAttempts(attempt)) {
        expect([who, allows(policies, { ...attempt, ...other })]).toEqual([who, false]);
        attempts += 1;
      }
    }
    await harness.succeed(region, { action: 'DELETE', properties });
    record(
      'intruders kept out',
      attempts,
      'attempts to send by others, evaluated against the policies that the handler wrote',
    );
  },
);

/** Text that means something to a policy, a header or a JSON document. */
const hostile = fc
  .array(
    fc.constantFrom(
      '*',
      '?',
      '$'.concat('{aws:PrincipalArn}'),
      '"',
      "'",
      '\\',
      ',',
      ':',
      '/',
      '{',
      '}',
      '\r\n',
      '\u0000',
      '@',
      '.',
      'example',
      'com',
      'no-reply',
      ' ',
      'ü',
      '%2a',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('no input widens a policy: what is hostile is refused, or means itself alone', async () => {
  const region = 'eu-west-2';
  const regionState = harness.regionState(region);
  const [, , , kind] = kindsFor(regionTable.find((row) => row.region === region) as RegionRow) as [
    SetupKind,
    SetupKind,
    SetupKind,
    SetupKind,
  ];
  const poolId = regionState.cognito.addPool();
  let written = 0;
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (text, asDomain) => {
      const Identity = asDomain ? text : `${text}@example.org`;
      const made = regionState.ses.identities.get(Identity) ?? regionState.ses.addIdentity(Identity);
      const properties = setupProperties(poolId, {
        EmailSendingAccount: 'COGNITO_DEFAULT',
        Identity,
        ...(asDomain && { From: `a@${text}` }),
      });
      const answer = await harness.last(region, { action: 'CREATE', properties });
      if (answer.status === 'SUCCESS') {
        written += 1;
        const attempt = {
          ...cognitoAttempt(kind, region, region, poolId),
          resource: `arn:aws:ses:${region}:${account}:identity/${Identity}`,
        };
        expect(allows(made.policies.values(), attempt)).toBe(true);
        for (const [, other] of otherAttempts(attempt))
          expect(allows(made.policies.values(), { ...attempt, ...other })).toBe(false);
        await harness.succeed(region, { action: 'DELETE', properties });
      } else {
        expect(answer.errorCode).toBe('InvalidRequest');
        expect(answer.message).toMatch(/Identity|From/);
      }
      expect(made.policies.size).toBe(0);
      regionState.ses.identities.delete(Identity);
    }),
    { numRuns: 300 },
  );
  expect(written).toBeGreaterThan(0);
}, 60_000);
