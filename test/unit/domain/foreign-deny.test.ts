import type { Declaration } from '../../../src/domain/declaration';
import { emailConfigurationOf } from '../../../src/domain/desired';
import { foreignDenials, undecidedDenials } from '../../../src/domain/foreign-deny';
import type { Observation, PresentIdentity, PresentPool } from '../../../src/domain/observation';
import { policyName } from '../../../src/domain/sending-policy';

const poolId = 'eu-west-1_A';
const arn = {
  arn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${poolId}`,
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
};
const declared: Declaration = {
  userPoolId: poolId,
  emailSendingAccount: 'COGNITO_DEFAULT',
  identity: 'a@example.com',
} as Declaration;
const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
const policy = (change: object = {}) => JSON.stringify({ Statement: { ...statement, ...change } });
const odd = policy({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

/** What is said where the identity in eu-west-1 carries these policies. */
function said(
  policies: Record<string, string>,
  more: { declared?: Declaration; live?: string; spares?: boolean } = {},
) {
  const { declared: wanted = declared, live, spares = false } = more;
  const pool = {
    kind: 'present',
    at: 0,
    arn,
    described: {},
    emailConfiguration: live === undefined ? {} : { SourceArn: live },
    tag: undefined,
  } as unknown as PresentPool;
  const observed: PresentIdentity = { kind: 'present', verified: true, waitingFor: '', policies } as PresentIdentity;
  const place = { region: 'eu-west-1', identity: wanted.identity ?? '', observed };
  const observation = { pool, identities: [place] } as unknown as Observation;
  const emailConfiguration = emailConfigurationOf(wanted, arn);
  const problems = foreignDenials({
    declared: wanted,
    observed: observation,
    pool,
    emailConfiguration,
    sparesLive: spares,
  });
  return {
    refused: problems.map(({ message }) => /^Policy (\S+) /.exec(message)?.[1]),
    logged: undecidedDenials(wanted, observation).map((line) => /^Policy (\S+) /.exec(line)?.[1]),
  };
}

test('a policy that denies is refused, one that cannot be evaluated is logged, any other is neither', () => {
  const half = { ...statement, Action: 'ses:SendRawEmail', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const Half = JSON.stringify({ Statement: [{ ...statement, Action: 'ses:SendEmail' }, half] });
  const policies = { Denies: policy(), Half, Odd: odd, Broken: 'x', Allows: policy({ Effect: 'Allow' }), Slim: '' };
  expect(said(policies)).toEqual({ refused: ['Denies', 'Half'], logged: ['Odd', 'Broken'] });
});

test('our own policy for the pool is not somebody else’s, that of another pool is', () => {
  const own = policyName('eu-west-1', poolId);
  expect(said({ [own]: policy() })).toEqual({ refused: [], logged: [] });
  expect(said({ [own]: odd })).toEqual({ refused: [], logged: [] });
  expect(said({ [`${own}B`]: policy() }).refused).toEqual([`${own}B`]);
});

test('what is live is spared, where the operation spares it', () => {
  const live = 'arn:aws:ses:eu-west-1:111122223333:identity/a@example.com';
  expect(said({ Denies: policy() }, { live, spares: true }).refused).toEqual([]);
  expect(said({ Denies: policy() }, { live }).refused).toEqual(['Denies']);
  expect(said({ Denies: policy() }, { live: `${live}.uk`, spares: true }).refused).toEqual(['Denies']);
});

test('without Identity nothing is asked', () => {
  const { identity: _none, ...plain } = declared;
  expect(said({ Denies: policy() }, { declared: plain as Declaration, spares: true })).toEqual({
    refused: [],
    logged: [],
  });
});

test.each<readonly [string, Partial<Declaration>, string]>([
  ['an address identity without From', {}, 'a@example.com'],
  ['a bare From', { identity: 'example.com', from: 'b@example.com' }, 'b@example.com'],
  ['a From with a name', { identity: 'example.com', from: '"A <x>" <c@example.com>' }, 'c@example.com'],
  ['a name in another script', { identity: 'example.com', from: 'Ærø <d@example.com>' }, 'd@example.com'],
])('ses:FromAddress is the address that is sent from: %s', (_name, change, address) => {
  const only = policy({ Condition: { StringEquals: { 'ses:FromAddress': address } } });
  const but = policy({ Condition: { StringNotEquals: { 'ses:FromAddress': address } } });
  const sender = { ...declared, ...change };
  expect(said({ Only: only, But: but }, { declared: sender })).toEqual({ refused: ['Only'], logged: [] });
});

test('only what concerns the account of the pool is in the request', () => {
  const Condition = { StringNotEquals: { 'aws:SourceAccount': arn.account }, ArnNotLike: { 'aws:SourceArn': arn.arn } };
  expect(said({ Others: policy({ Condition }) }).refused).toEqual([]);
  const role = { ...declared, emailSendingAccount: 'DEVELOPER' } as Declaration;
  expect(said({ Others: policy({ Condition }) }, { declared: role }).refused).toEqual(['Others']);
});
