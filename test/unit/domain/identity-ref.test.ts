import { distinctIdentities, identityArn, isSameIdentity, parseIdentityArn } from '../../../src/domain/identity-ref';
import { poolRef } from '../../../src/domain/pool-ref';

test.each(['eu-west-1', '*'])('the ARN of an identity in %s reads back', (region) => {
  const pool = poolRef({ id: 'cn-north-1_A', partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' });
  const arn = identityArn(pool, { region, identity: 'a/b@example.com' });
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

test('identities are the same by Region and name', () => {
  const one = { region: 'eu-west-1', identity: 'a.example' };
  const others = [one, { ...one, region: 'us-east-1' }, { ...one, identity: 'b.example' }];
  expect(others.map((other) => isSameIdentity(one, other))).toEqual([true, false, false]);
});

test('each identity is named once, in the order of the list, by Region and name alone', () => {
  const [one, other] = [
    { region: 'eu-west-1', identity: 'a.example' },
    { region: 'us-east-1', identity: 'a.example' },
  ];
  expect(distinctIdentities([one, { ...other, policy: 'x' }, one, other] as (typeof one)[])).toEqual([one, other]);
});
