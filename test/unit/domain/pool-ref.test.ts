import { capitalize, describePool, poolRef, poolRefOf } from '../../../src/domain/pool-ref';

const pool = 'arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/cn-north-1_A';

test('a pool’s ARN has the parts of a PoolRef', () => {
  expect(poolRefOf(pool)).toEqual({
    id: 'cn-north-1_A',
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
  ['no id', pool.slice(0, pool.indexOf('/') + 1)],
  ['a userpool later on', pool.replace('userpool/', 'x-userpool/')],
])('%s is no pool’s ARN', (_name, arn) => expect(poolRefOf(arn)).toBeUndefined());

test('the parts of a pool’s ARN make the ARN', () => {
  const { arn: _arn, ...parts } = poolRefOf(pool) ?? poolRef({ id: '', partition: '', region: '', account: '' });
  expect(poolRef(parts)).toEqual({ ...parts, arn: pool });
});

test('a message names a pool by id and Region, in a sentence and at its start', () => {
  const named = describePool({ id: 'eu-west-1_A', region: 'eu-west-1' });
  expect([named, capitalize(named)]).toEqual([
    'user pool eu-west-1_A in eu-west-1',
    'User pool eu-west-1_A in eu-west-1',
  ]);
});
