import { configurationSet } from '../../../../../src/domain/declaration/checks/configuration-set';
import type { Declaration } from '../../../../../src/domain/declaration/declaration';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const declaring = (change: object) => ({ ...good, ...change }) as Declaration;

test.each(['mail', 'A_b-9', 'x'.repeat(64)])('%s is a configuration set', (name) =>
  expect(configurationSet.check(declaring({ configurationSet: name }), context)).toBeUndefined(),
);
test.each(['', 'a b', 'mail.x', ' mail', 'mail ', 'x'.repeat(65)])('%j is no configuration set', (name) =>
  expect(configurationSet.check(declaring({ configurationSet: name }), context)).toBe(
    `ConfigurationSet "${name}" is not a name that SES gives: write 1 to 64 letters, digits, _ and -.`,
  ),
);
test('a configuration set is DEVELOPER’s only', () => {
  const byDefault = { emailSendingAccount: 'COGNITO_DEFAULT' };
  expect(configurationSet.check(declaring({ ...byDefault, configurationSet: 'mail' }), context)).toBe(
    'ConfigurationSet works with EmailSendingAccount DEVELOPER only: take it out, or send as DEVELOPER.',
  );
  expect(configurationSet.check(declaring(byDefault), context)).toBeUndefined();
});
