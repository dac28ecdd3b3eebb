import type { Declaration } from '../../../../src/domain/declaration/declaration';
import {
  configurationSet,
  emailSendingAccount,
  userPoolId,
  verificationTimeoutMinutes,
  wellTyped,
} from '../../../../src/domain/declaration/properties';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const asked = (change: object) => ({ ...good, ...change }) as Declaration;

describe('what is typed', () => {
  test('stays as it is; what is absent, null or read-only is left out', () => {
    const all = { ...good, from: 'a@example.com', allowSandbox: false, verificationTimeoutMinutes: 0 };
    const absent = { identity: undefined, sesRegion: null, sourceArn: 'arn', sesRegions: [], unknown: 'x' };
    expect(wellTyped({ ...all, ...absent } as unknown as Declaration)).toEqual({ typed: all, problems: [] });
  });
  test.each<[string, object, string]>([
    ['a list', { from: ['a'] }, 'From is ["a"]: write a string.'],
    ['a text for a truth', { allowSandbox: 'yes' }, 'AllowSandbox is "yes": write true or false.'],
    [
      'a text for a number',
      { verificationTimeoutMinutes: 'soon' },
      'VerificationTimeoutMinutes is "soon": write a whole number.',
    ],
    ['a number for a text', { userPoolId: 1 }, 'UserPoolId is 1: write a string.'],
    ['an empty text', { from: '' }, 'From is empty: leave it out (AWS::NoValue), or write a value.'],
    ['an empty truth', { takeOver: '' }, 'TakeOver is empty: leave it out (AWS::NoValue), or write a value.'],
    ['a long text', { revision: 'x'.repeat(129) }, 'Revision has 129 characters: write at most 128.'],
  ])('is not %s', (_name, change, problem) => {
    const { typed, problems } = wellTyped(asked(change));
    expect(problems).toEqual([problem]);
    expect(Object.keys(typed)).toEqual(Object.keys(good).filter((member) => !Object.hasOwn(change, member)));
  });
  test('is judged by a rule of its own where it must be there', () => {
    const change = { userPoolId: '', emailSendingAccount: 'x'.repeat(3000) } as unknown as Declaration;
    expect(wellTyped(change)).toEqual({ typed: change, problems: [] });
  });
  test('may be as long as the schema says', () => {
    expect(wellTyped(asked({ revision: 'x'.repeat(128) })).problems).toEqual([]);
  });
});

test.each(['eu-west-1_A', 'us-gov-west-1_AbCdEf123', `eu-west-1_${'a'.repeat(45)}`])('%s is the id of a pool', (id) =>
  expect(userPoolId(asked({ userPoolId: id }), context)).toBeUndefined(),
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
  expect(userPoolId(asked({ userPoolId: id }), context)).toBe(
    `UserPoolId "${id}" is not the id of a user pool: write it as Cognito shows it, such as eu-west-1_AbCdEf123.`,
  ),
);
test('the id of a pool may not be missing', () =>
  expect(userPoolId(asked({ userPoolId: undefined }), context)).toBe(
    'UserPoolId is missing: write the id of the user pool.',
  ));

test.each([
  ['DEVELOPER', undefined],
  ['COGNITO_DEFAULT', undefined],
  [undefined, 'is missing'],
  ['developer', 'is "developer"'],
  ['', 'is ""'],
])('EmailSendingAccount %j %s', (sender, found) =>
  expect(emailSendingAccount(asked({ emailSendingAccount: sender }), context)).toBe(
    found && `EmailSendingAccount ${found}: write DEVELOPER (your own SES) or COGNITO_DEFAULT (Cognito's).`,
  ),
);

test.each(['mail', 'A_b-9', 'x'.repeat(64)])('%s is a configuration set', (name) =>
  expect(configurationSet(asked({ configurationSet: name }), context)).toBeUndefined(),
);
test.each(['', 'a b', 'mail.x', ' mail', 'mail ', 'x'.repeat(65)])('%j is no configuration set', (name) =>
  expect(configurationSet(asked({ configurationSet: name }), context)).toBe(
    `ConfigurationSet "${name}" is not a name that SES gives: write 1 to 64 letters, digits, _ and -.`,
  ),
);
test('a configuration set is DEVELOPER’s only', () => {
  const byDefault = { emailSendingAccount: 'COGNITO_DEFAULT' };
  expect(configurationSet(asked({ ...byDefault, configurationSet: 'mail' }), context)).toBe(
    'ConfigurationSet works with EmailSendingAccount DEVELOPER only: take it out, or send as DEVELOPER.',
  );
  expect(configurationSet(asked(byDefault), context)).toBeUndefined();
});

test.each([undefined, 0, 1, 600])('%s minutes may be waited', (minutes) =>
  expect(verificationTimeoutMinutes(asked({ verificationTimeoutMinutes: minutes }), context)).toBeUndefined(),
);
test.each([-1, 601, 0.5, Number.NaN])('%s minutes may not be waited', (minutes) =>
  expect(verificationTimeoutMinutes(asked({ verificationTimeoutMinutes: minutes }), context)).toBe(
    `VerificationTimeoutMinutes is ${minutes}: write a whole number of minutes from 0 to 600.`,
  ),
);
