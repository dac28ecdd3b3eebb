import { userPoolId } from '../../../../../src/domain/declaration/checks/user-pool-id';
import type { Declaration } from '../../../../../src/domain/declaration/declaration';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const declaring = (change: object) => ({ ...good, ...change }) as Declaration;

test.each(['eu-west-1_A', 'us-gov-west-1_AbCdEf123', `eu-west-1_${'a'.repeat(45)}`])('%s is the id of a pool', (id) =>
  expect(userPoolId.check(declaring({ userPoolId: id }), context)).toBeUndefined(),
);
test.each([
  '',
  'eu-west-1',
  'eu-west-1_',
  '_A',
  'eu west_A',
  'eu-west-1_A ',
  'eu-west-1_A-B',
  `eu-west-1_${'a'.repeat(46)}`,
])('%j is not the id of a pool', (id) =>
  expect(userPoolId.check(declaring({ userPoolId: id }), context)).toBe(
    `UserPoolId "${id}" is not the id of a user pool: write it as Cognito shows it, such as eu-west-1_AbCdEf123.`,
  ),
);
test('the id of a pool may not be missing', () =>
  expect(userPoolId.check(declaring({ userPoolId: undefined }), context)).toBe(
    'UserPoolId is missing: write the id of the user pool.',
  ));
