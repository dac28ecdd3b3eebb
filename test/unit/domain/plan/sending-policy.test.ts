import fc from 'fast-check';
import { allows } from '../../../../emulator/ses/policy-evaluation';
import { policyName, sameMeaning, sendingPolicy } from '../../../../src/domain/plan/sending-policy';
import { poolRef } from '../../../../src/domain/pool-ref';

const pool = poolRef({ id: 'me-central-1_A', partition: 'aws', region: 'me-central-1', account: '111122223333' });
const principal = 'cognito-idp.me-central-1.amazonaws.com';
const policy = sendingPolicy(pool, { region: 'eu-central-1', identity: 'example.com' }, principal);
const attempt = {
  principal,
  action: 'ses:SendRawEmail',
  resource: 'arn:aws:ses:eu-central-1:111122223333:identity/example.com',
  sourceArn: pool.arn,
  sourceAccount: pool.account,
};

test('Cognito may send for this pool', () => {
  expect(allows([policy], attempt)).toBe(true);
  expect(allows([policy], { ...attempt, action: 'ses:SendEmail' })).toBe(true);
});

test.each([
  ['another pool', { sourceArn: `${pool.arn}B` }],
  ['a pool of another account', { sourceArn: pool.arn.replace('111122223333', '444455556666') }],
  ['another account', { sourceAccount: '444455556666' }],
  ['another Region’s Cognito', { principal: 'cognito-idp.eu-west-1.amazonaws.com' }],
  ['the plain Cognito', { principal: 'cognito-idp.amazonaws.com' }],
  ['a role of the same account', { principal: 'arn:aws:iam::111122223333:role/x', principalType: 'AWS' as const }],
  ['another action', { action: 'ses:DeleteEmailIdentity' }],
  ['another identity', { resource: 'arn:aws:ses:eu-central-1:111122223333:identity/other.example' }],
])('%s may not', (_name, other) => {
  expect(allows([policy], { ...attempt, ...other })).toBe(false);
});

const poolIds = fc.stringMatching(/^[a-z]{2}-[a-z]{4,9}-\d_[0-9a-zA-Z]{1,40}$/);

test('names fit SES, and distinct pools have distinct ones', () => {
  fc.assert(
    fc.property(poolIds, poolIds, fc.constantFrom('eu-west-1', 'ap-southeast-7'), (one, other, region) => {
      const name = policyName({ region, id: one });
      expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      expect(name === policyName({ region, id: other })).toBe(one === other);
    }),
  );
});

const varied = (change: (statement: Record<string, unknown>) => Record<string, unknown>) => {
  const document = JSON.parse(policy) as { Statement: [Record<string, unknown>] };
  return JSON.stringify({ Statement: change(document.Statement[0]), Version: '2012-10-17' }, undefined, 1);
};

test.each([
  ['white space and order of members', varied((statement) => statement)],
  ['a Sid', varied((statement) => ({ Sid: 'x', ...statement }))],
  ['a string for a list of one', varied((statement) => ({ ...statement, Principal: { Service: principal } }))],
  ['the order of actions', varied((statement) => ({ ...statement, Action: ['SES:SendRawEmail', 'SES:SendEmail'] }))],
  ['the case of actions', varied((statement) => ({ ...statement, Action: ['ses:sendemail', 'ses:sendrawemail'] }))],
  [
    'lists in a condition',
    varied((statement) => ({
      ...statement,
      Condition: { ArnLike: { 'aws:SourceArn': [pool.arn] }, StringEquals: { 'aws:SourceAccount': [pool.account] } },
    })),
  ],
])('%s make no difference', (_name, other) => {
  expect(sameMeaning(policy, other)).toBe(true);
});

test.each([
  [
    'another principal',
    varied((statement) => ({ ...statement, Principal: { Service: ['email.cognito-idp.amazonaws.com'] } })),
  ],
  ['anybody', varied((statement) => ({ ...statement, Principal: '*' }))],
  ['an action more', varied((statement) => ({ ...statement, Action: ['ses:*'] }))],
  ['another resource', varied((statement) => ({ ...statement, Resource: '*' }))],
  ['no condition', varied(({ Condition: _gone, ...statement }) => statement)],
  ['a denial', varied((statement) => ({ ...statement, Effect: 'Deny' }))],
  ['a statement more', JSON.stringify({ ...JSON.parse(policy), Statement: [...JSON.parse(policy).Statement, {}] })],
  ['no JSON at all', 'nonsense'],
])('%s is another meaning', (_name, other) => {
  expect(sameMeaning(policy, other)).toBe(false);
});

test('the name of a policy names Region and pool, and ends in a hash where it would be too long', () => {
  expect(policyName({ region: 'eu-west-1', id: 'eu-west-1_A' })).toBe('EmailSetup-eu-west-1-eu-west-1_A');
  const longest = `eu-west-1_${'a'.repeat(33)}`;
  expect(policyName({ region: 'eu-west-1', id: longest })).toBe(`EmailSetup-eu-west-1-${longest}`);
  expect(policyName({ region: 'eu-west-1', id: longest })).toHaveLength(64);
  const [one, other] = ['b', 'c'].map((end) => policyName({ region: 'eu-west-1', id: longest + end }));
  expect(one).toMatch(/^EmailSetup-eu-west-1-eu-west-1_a{20}-[0-9a-f]{12}$/);
  expect(one).toHaveLength(64);
  expect(one).not.toBe(other);
});

test('what a policy says, to the letter', () => {
  expect(JSON.parse(policy)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: [principal] },
        Action: ['SES:SendEmail', 'SES:SendRawEmail'],
        Resource: 'arn:aws:ses:eu-central-1:111122223333:identity/example.com',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': pool.arn },
        },
      },
    ],
  });
});

const statement = { Effect: 'Deny', Principal: { AWS: ['a', 'b'] }, Action: 'ses:x', Resource: ['r', 's'] };
const spelled = (Statement: unknown, more: object = {}) => JSON.stringify({ ...more, Statement });
test.each([
  ['a list of one statement', spelled(statement), spelled([statement])],
  [
    'the order of statements',
    spelled([statement, { ...statement, Action: 'y' }]),
    spelled([{ ...statement, Action: 'y' }, statement]),
  ],
  ['the order of resources', spelled(statement), spelled({ ...statement, Resource: ['s', 'r'] })],
  ['the order of principals', spelled(statement), spelled({ ...statement, Principal: { AWS: ['b', 'a'] } })],
  [
    'anybody in two forms',
    spelled({ ...statement, Principal: '*' }),
    spelled({ ...statement, Principal: { AWS: '*' } }),
  ],
  ['a text that is the same to the letter', 'no JSON', 'no JSON'],
  ['no statement at all', '{"Statement":null}', '{}'],
])('%s makes no difference', (_name, one, other) =>
  expect([sameMeaning(one, other), sameMeaning(other, one)]).toEqual([true, true]),
);

test.each([
  ['another version', spelled(statement, { Version: '2008-10-17' }), spelled(statement, { Version: '2012-10-17' })],
  ['a number for an action', spelled({ ...statement, Action: 1 }), spelled({ ...statement, Action: 2 })],
  ['another form of condition', spelled({ ...statement, Condition: 'x' }), spelled({ ...statement, Condition: 'y' })],
  [
    'another operator',
    spelled({ ...statement, Condition: { A: { k: 'v' } } }),
    spelled({ ...statement, Condition: { B: { k: 'v' } } }),
  ],
  ['another form of statement', spelled(['x']), spelled(['y'])],
  ['no JSON for an object', 'no JSON', '{}'],
  ['an exception', spelled({ ...statement, NotAction: 'a' }), spelled({ ...statement, NotAction: 'b' })],
])('%s is a difference', (_name, one, other) =>
  expect([sameMeaning(one, other), sameMeaning(other, one)]).toEqual([false, false]),
);
