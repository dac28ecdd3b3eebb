import { identityArn, parseIdentityArn, parsePoolArn } from '../../../src/domain/arns';

const pool = 'arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/cn-north-1_A';

test('a pool’s ARN is taken apart', () => {
  expect(parsePoolArn(pool)).toEqual({
    arn: pool,
    partition: 'aws-cn',
    region: 'cn-north-1',
    account: '111122223333',
  });
});

test.each([
  ['nothing', ''],
  ['no ARN', pool.replace('arn:', 'urn:')],
  ['another service', pool.replace('cognito-idp', 'cognito-identity')],
  ['no partition', pool.replace('aws-cn', '')],
  ['no Region', pool.replace(':cn-north-1:', '::')],
  ['no account', pool.replace('111122223333', '')],
  ['no resource', pool.slice(0, pool.lastIndexOf(':'))],
  ['another resource', pool.replace('userpool/', 'pool/')],
  ['a userpool later on', pool.replace('userpool/', 'x-userpool/')],
])('%s is no pool’s ARN', (_name, arn) => expect(parsePoolArn(arn)).toBeUndefined());

test.each(['eu-west-1', '*'])('the ARN of an identity in %s reads back', (region) => {
  const parts = { arn: pool, partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };
  const arn = identityArn(parts, region, 'a/b@example.com');
  expect(arn).toBe(`arn:aws-cn:ses:${region}:111122223333:identity/a/b@example.com`);
  expect(parseIdentityArn(arn)).toEqual({ region, identity: 'a/b@example.com' });
});

test('an identity’s ARN may have no account', () => {
  expect(parseIdentityArn('arn:aws:ses:eu-west-1::identity/example.com')).toEqual({
    region: 'eu-west-1',
    identity: 'example.com',
  });
});

test.each([
  '',
  'example.com',
  'arn::ses:eu-west-1:111122223333:identity/example.com',
  'arn:aws:sns:eu-west-1:111122223333:identity/example.com',
  'arn:aws:ses::111122223333:identity/example.com',
  'arn:aws:ses:eu-west-1:111122223333:identity/',
  'arn:aws:ses:eu-west-1:111122223333:configuration-set/mail',
  'x arn:aws:ses:eu-west-1:111122223333:identity/example.com',
  'arn:aws:ses:eu-west-1:1:2:identity/example.com',
  'arn:aws:ses:eu-west-1:111122223333:identity/example.com\n',
])('%j is no identity’s ARN', (arn) => expect(parseIdentityArn(arn)).toBeUndefined());
