import { type Attempt, allows, denies } from '../../../emulator/ses/policy-evaluation';
import type { JsonObject } from '../../../emulator/types';

const identity = 'arn:aws:ses:eu-west-1:111122223333:identity/example.com';
const pool = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_A';
const attempt: Attempt = {
  principal: 'email.cognito-idp.amazonaws.com',
  action: 'ses:SendEmail',
  resource: identity,
  sourceArn: pool,
  sourceAccount: '111122223333',
};
const statement: JsonObject = {
  Effect: 'Allow',
  Principal: { Service: ['email.cognito-idp.amazonaws.com'] },
  Action: ['SES:SendEmail', 'SES:SendRawEmail'],
  Resource: identity,
};
const policy = (...statements: readonly JsonObject[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((change) => ({ ...statement, ...change })) });
const when = (operator: string, key: string, value: string | string[]) => ({
  Condition: { [operator]: { [key]: value } },
});

test.each<[string, JsonObject, boolean]>([
  ['the service and both actions', {}, true],
  ['one service as a string', { Principal: { Service: 'email.cognito-idp.amazonaws.com' } }, true],
  ['another service', { Principal: { Service: 'cognito-idp.amazonaws.com' } }, false],
  ['everybody', { Principal: '*' }, true],
  ['every AWS account, which a service is not', { Principal: { AWS: '*' } }, false],
  ['actions in other case, with a wildcard', { Action: 'ses:send*' }, true],
  ['any action', { Action: '*' }, true],
  ['another action', { Action: 'ses:SendTemplatedEmail' }, false],
  ['a dot that is no wildcard', { Resource: identity.replace('.', 'x') }, false],
  ['another resource', { Resource: `${identity}.uk` }, false],
  ['the account', when('StringEquals', 'aws:SourceAccount', '111122223333'), true],
  ['one account of a list', when('StringEquals', 'aws:SourceAccount', ['9', '111122223333']), true],
  ['another account', when('StringEquals', 'aws:SourceAccount', '999999999999'), false],
  ['StringEquals with a wildcard', when('StringEquals', 'aws:SourceAccount', '1111*'), false],
  ['StringLike with a wildcard', when('StringLike', 'aws:SourceAccount', '1111*'), true],
  ['the pool', when('ArnLike', 'aws:SourceArn', pool), true],
  ['pools by a wildcard', when('ArnEquals', 'aws:SourceArn', `${pool.slice(0, -1)}?`), true],
  ['another pool', when('ArnLike', 'aws:SourceArn', `${pool}B`), false],
  ['any Region', when('ArnLike', 'aws:SourceArn', pool.replace(':eu-west-1:', ':*:')), true],
  [
    'a wildcard that would reach over colons',
    when('ArnLike', 'aws:SourceArn', 'arn:aws:*:userpool/eu-west-1_A'),
    false,
  ],
  ['a key that the attempt lacks', when('StringEquals', 'aws:PrincipalOrgID', 'o-1'), false],
  ['an unknown operator', when('StringEqualsIgnoreCase', 'aws:SourceAccount', '111122223333'), false],
])('a policy for %s', (_name, change, allowed) => {
  expect(allows([policy(change)], attempt)).toBe(allowed);
});

test('all conditions must hold', () => {
  const Condition = {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': `${pool}B` },
  };
  expect(allows([policy({ Condition })], attempt)).toBe(false);
});

test('a deny anywhere wins, where it applies', () => {
  expect(allows([policy({}), policy({ Effect: 'Deny', Principal: '*' })], attempt)).toBe(false);
  expect(allows([policy({}, { Effect: 'Deny' })], attempt)).toBe(false);
  expect(allows([policy({}, { Effect: 'Deny', Action: 'ses:SendRawEmail' })], attempt)).toBe(true);
});

test('an AWS principal is not a service', () => {
  const user = 'arn:aws:iam::111122223333:user/a';
  const given = policy({ Principal: { AWS: [user] } });
  expect(allows([given], { ...attempt, principal: user, principalType: 'AWS' })).toBe(true);
  expect(allows([given], { ...attempt, principal: user })).toBe(false);
});

test.each([[[]], [['no JSON']], [['{}']]])('nothing is allowed by %j', (policies) => {
  expect(allows(policies, attempt)).toBe(false);
});

const { sourceArn: _a, sourceAccount: _b, ...unsourced } = attempt;
const role =
  'arn:aws:iam::111122223333:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService';
const asRole: Attempt = { ...unsourced, principal: role, principalType: 'AWS', fromAddress: 'a@example.com' };
const deny = (change: JsonObject) => {
  const { Principal, Action, ...plain } = { ...statement, Effect: 'Deny', Principal: '*', Action: 'ses:Send*' };
  return JSON.stringify({
    Statement: [
      {
        ...plain,
        ...('NotPrincipal' in change ? {} : { Principal }),
        ...('NotAction' in change ? {} : { Action }),
        ...change,
      },
    ],
  });
};

test.each<[string, JsonObject, boolean]>([
  ['everybody', {}, true],
  ['every AWS principal', { Principal: { AWS: '*' } }, true],
  ['the role', { Principal: { AWS: role } }, true],
  ['its account by ARN', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, true],
  ['its account by number', { Principal: { AWS: ['444455556666', '111122223333'] } }, true],
  ['another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }, false],
  ['another role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' } }, false],
  ['the service, which the role is not', { Principal: { Service: 'email.cognito-idp.amazonaws.com' } }, false],
  ['all but the role', { NotPrincipal: { AWS: [role, 'arn:aws:iam::111122223333:root'] } }, false],
  ['all but the account alone', { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }, true],
  ['all but another', { NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } }, true],
  ['all but reading', { NotAction: 'ses:Get*' }, true],
  ['all but sending', { NotAction: ['ses:Get*', 'SES:Send*'] }, false],
  ['another resource than one', { Resource: [], NotResource: `${identity}.uk` }, true],
  ['another resource than this', { Resource: [], NotResource: identity }, false],
  ['a sender', when('StringLike', 'ses:FromAddress', '*@example.com'), true],
  ['other senders', when('StringNotLike', 'ses:FromAddress', ['*@example.com', 'x@example.org']), false],
  ['all senders but one', when('StringNotEquals', 'ses:FromAddress', 'b@example.com'), true],
  ['an account, which the role does not say', when('StringEquals', 'aws:SourceAccount', '111122223333'), false],
  ['all but an account, which it does not say', when('StringNotEquals', 'aws:SourceAccount', '111122223333'), true],
  ['an account, if it is said', when('StringEqualsIfExists', 'aws:SourceAccount', '444455556666'), true],
  ['all but pools, which it does not say', when('ArnNotLike', 'aws:SourceArn', pool), true],
  ['a pool, which it does not say', when('ArnEquals', 'aws:SourceArn', pool), false],
  ['a key that is not known here', when('StringNotEquals', 'aws:PrincipalOrgID', 'o-1'), false],
])('a Deny for %s binds the role of Cognito: %#', (_name, change, denied) => {
  expect(denies([policy({}), deny(change)], asRole)).toBe(denied);
});

test.each<[string, JsonObject, boolean]>([
  ['all but our account', when('StringNotEquals', 'aws:SourceAccount', '111122223333'), false],
  ['all but another account', when('StringNotEquals', 'aws:SourceAccount', '444455556666'), true],
  ['all pools but ours', when('ArnNotLike', 'aws:SourceArn', [pool, `${pool}B`]), false],
  ['all pools but another', when('ArnNotEquals', 'aws:SourceArn', `${pool}B`), true],
  ['all but the service', { NotPrincipal: { Service: 'email.cognito-idp.amazonaws.com' } }, false],
  ['all but an account', { NotPrincipal: { AWS: '111122223333' } }, true],
])('a Deny for %s binds the service: %#', (_name, change, denied) => {
  expect(denies([deny(change)], attempt)).toBe(denied);
  expect(allows([policy({}), deny(change)], attempt)).toBe(!denied);
});
