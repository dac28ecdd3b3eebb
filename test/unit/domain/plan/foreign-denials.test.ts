import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { emailConfigurationOf } from '../../../../src/domain/plan/desired';
import { foreignDenials, undecidedDenials } from '../../../../src/domain/plan/foreign-denials';
import { policyName } from '../../../../src/domain/plan/sending-policy';
import { observedFor, poolIn, verified } from '../../../support/observed';

const { ref } = poolIn('eu-west-1');
const declared: Declaration = {
  userPoolId: ref.id,
  emailSendingAccount: 'COGNITO_DEFAULT',
  identity: 'a@example.com',
};
const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
const policy = (change: object = {}) => JSON.stringify({ Statement: { ...statement, ...change } });
const odd = policy({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

/** What is said where the identity in eu-west-1 carries these policies. */
function said(
  policies: Record<string, string>,
  more: { declared?: Declaration; live?: string; allowIfInUse?: boolean } = {},
) {
  const { declared: wanted = declared, live, allowIfInUse = false } = more;
  const pool = poolIn('eu-west-1', { emailConfiguration: live === undefined ? {} : { SourceArn: live } });
  const observed = observedFor(wanted, pool, verified(policies));
  const emailConfiguration = emailConfigurationOf(wanted, pool.ref);
  const input = { declared: wanted, observed, pool, emailConfiguration, allowIfInUse };
  const problems = foreignDenials(input);
  return {
    refused: problems.map(({ message }) => /^Policy (\S+) /.exec(message)?.[1]),
    logged: undecidedDenials(input).map((line) => /^Policy (\S+) /.exec(line)?.[1]),
  };
}

test('a policy that denies is refused, one that cannot be evaluated is logged, any other is neither', () => {
  const half = { ...statement, Action: 'ses:SendRawEmail', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const Half = JSON.stringify({ Statement: [{ ...statement, Action: 'ses:SendEmail' }, half] });
  const policies = { Denies: policy(), Half, Odd: odd, Broken: 'x', Allows: policy({ Effect: 'Allow' }), Slim: '' };
  expect(said(policies)).toEqual({ refused: ['Denies', 'Half'], logged: ['Odd', 'Broken'] });
});

test('our own policy for the pool is not somebody else’s, that of another pool is', () => {
  const own = policyName(ref);
  expect(said({ [own]: policy() })).toEqual({ refused: [], logged: [] });
  expect(said({ [own]: odd })).toEqual({ refused: [], logged: [] });
  expect(said({ [`${own}B`]: policy() }).refused).toEqual([`${own}B`]);
});

test('what is in use is not rejected, where the operation allows that', () => {
  const live = 'arn:aws:ses:eu-west-1:111122223333:identity/a@example.com';
  expect(said({ Denies: policy() }, { live, allowIfInUse: true }).refused).toEqual([]);
  expect(said({ Denies: policy() }, { live }).refused).toEqual(['Denies']);
  expect(said({ Denies: policy() }, { live: `${live}.uk`, allowIfInUse: true }).refused).toEqual(['Denies']);
});

test('without Identity no policy is evaluated', () => {
  const { identity: _none, ...plain } = declared;
  expect(said({ Denies: policy() }, { declared: plain as Declaration, allowIfInUse: true })).toEqual({
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
  const Condition = { StringNotEquals: { 'aws:SourceAccount': ref.account }, ArnNotLike: { 'aws:SourceArn': ref.arn } };
  expect(said({ Others: policy({ Condition }) }).refused).toEqual([]);
  const role = { ...declared, emailSendingAccount: 'DEVELOPER' } as Declaration;
  expect(said({ Others: policy({ Condition }) }, { declared: role }).refused).toEqual(['Others']);
});

describe('the whole of what is said', () => {
  const at = (wanted: Declaration, text: string, region = 'eu-west-1') => {
    const pool = poolIn(region);
    const observed = observedFor(wanted, pool, verified({ Theirs: text }));
    const emailConfiguration = emailConfigurationOf(wanted, pool.ref);
    const input = { declared: wanted, observed, pool, emailConfiguration, allowIfInUse: false };
    return { refused: foreignDenials(input), logged: undecidedDenials(input) };
  };
  const theirs = (region: string) => `Policy Theirs on identity a@example.com in SES of ${region}`;
  const both = 'denies ses:SendEmail and ses:SendRawEmail to';
  const way = 'so no e-mail would go out: remove the policy, or exempt Cognito from it.';

  test.each<[string, Declaration, string, string, string]>([
    ['the default sender', declared, 'eu-west-1', 'eu-west-1', 'email.cognito-idp.amazonaws.com'],
    [
      'a Region without SES',
      { ...declared, emailSendingAccount: 'DEVELOPER' },
      'me-central-1',
      'eu-central-1',
      'cognito-idp.me-central-1.amazonaws.com',
    ],
    [
      'DEVELOPER',
      { ...declared, emailSendingAccount: 'DEVELOPER' },
      'eu-west-1',
      'eu-west-1',
      "Cognito's role AWSServiceRoleForAmazonCognitoIdpEmailService (whose requests have no aws:SourceAccount and no aws:SourceArn)",
    ],
  ])('of %s', (_name, wanted, region, sesRegion, sender) => {
    expect(at(wanted, policy(), region)).toEqual({
      refused: [{ code: 'InvalidRequest', message: `${theirs(sesRegion)} ${both} ${sender}, ${way}` }],
      logged: [],
    });
  });
  test('of one action', () => {
    expect(at(declared, policy({ Action: 'ses:SendRawEmail' })).refused).toEqual([
      {
        code: 'InvalidRequest',
        message: `${theirs('eu-west-1')} denies ses:SendRawEmail to email.cognito-idp.amazonaws.com, ${way}`,
      },
    ]);
  });
  test('in the log', () => {
    expect(at(declared, odd)).toEqual({
      refused: [],
      logged: [
        `${theirs('eu-west-1')} denies something in a form that is not evaluated here: if no e-mail arrives, see whether it denies Cognito.`,
      ],
    });
  });
  test('of each Region', () => {
    expect(at(declared, policy(), 'me-central-1').refused).toHaveLength(2);
  });
  test('of the role by its ARN, its account and its root, and of no other', () => {
    const developer: Declaration = { ...declared, emailSendingAccount: 'DEVELOPER' };
    const role =
      'arn:aws:iam::111122223333:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService';
    const refuses = (AWS: string) => at(developer, policy({ Principal: { AWS } })).refused.length;
    expect([role, '111122223333', 'arn:aws:iam::111122223333:root', `${role}2`, '444455556666'].map(refuses)).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });
  test('of the ARN of the identity', () => {
    const resource = 'arn:aws:ses:eu-west-1:111122223333:identity/a@example.com';
    expect(at(declared, policy({ Resource: resource })).refused).toHaveLength(1);
    expect(at(declared, policy({ Resource: `${resource}.uk` })).refused).toHaveLength(0);
  });
  test('of a domain without From, whose address nobody knows', () => {
    const text = policy({ Condition: { StringEquals: { 'ses:FromAddress': 'example.com' } } });
    const { refused, logged } = at({ ...declared, identity: 'example.com' }, text);
    expect([refused.length, logged.length]).toEqual([0, 1]);
  });
});

test('what nobody looked at, or what is not there, has no policies', () => {
  const pool = poolIn('eu-west-1');
  const emailConfiguration = emailConfigurationOf(declared, pool.ref);
  for (const observed of [
    { ...observedFor(declared, pool), identities: [] },
    observedFor(declared, pool, { kind: 'absent' }),
  ]) {
    expect(foreignDenials({ declared, observed, pool, emailConfiguration, allowIfInUse: false })).toEqual([]);
    expect(undecidedDenials({ declared, pool, observed })).toEqual([]);
  }
});
