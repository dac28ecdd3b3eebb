import { lostMembers, putBack } from '../../../src/domain/lost';
import { droppable, updateRequest } from '../../../src/domain/update-request';

const change = { emailConfiguration: { EmailSendingAccount: 'DEVELOPER' }, tag: 'v1 x', without: [] };
const pool = {
  Id: 'p',
  Name: 'n',
  Arn: 'arn',
  MfaConfiguration: 'ON',
  Vault: { A: 1 },
  UserPoolTags: { 'aws:x': 'y', own: 'z' },
};

test('sends back everything but what is read-only, under the names that an update has', () => {
  expect(updateRequest(pool, change)).toEqual({
    UserPoolId: 'p',
    PoolName: 'n',
    MfaConfiguration: 'ON',
    Vault: { A: 1 },
    EmailConfiguration: change.emailConfiguration,
    UserPoolTags: { own: 'z', 'Org::Cognito::EmailSetup': 'v1 x' },
  });
});

test('takes our tag off, and leaves members out that were refused', () => {
  const tagged = { ...pool, UserPoolTags: { 'Org::Cognito::EmailSetup': 'v1 y' } };
  const body = updateRequest(tagged, { ...change, tag: undefined, without: ['Vault'] });
  expect(body).toMatchObject({ UserPoolTags: {} });
  expect(body).not.toHaveProperty('Vault');
});

describe('a refused update may do without', () => {
  const body = updateRequest({ ...pool, Tower: {} }, change);
  test.each([
    ['a member that no SDK knows', 'Unrecognized member: Vault', 'Vault'],
    ['one named in another case', "1 validation error at 'vault' failed", 'Vault'],
    [
      'the older of two settings',
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
      'AdminCreateUserConfig.UnusedAccountValidityDays',
    ],
    [
      'the MFA setting that cannot be echoed',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      'MfaConfiguration',
    ],
  ])('%s', (_name, text, member) => expect(droppable(text, body, [])).toBe(member));

  test.each([
    ['a member that the SDK knows', 'Invalid MfaConfiguration', []],
    ['a part of another word', 'Vaults are closed', []],
    ['either of two', 'Vault and Tower', []],
    ['a second unknown one', 'Unrecognized member: Tower', ['Vault']],
    ['the same again', 'instead of UnusedAccountValidityDays', ['AdminCreateUserConfig.UnusedAccountValidityDays']],
  ])('not %s', (_name, text, without) => expect(droppable(text, body, without)).toBeUndefined());
});

describe('a setting is lost', () => {
  const sent = updateRequest(
    { ...pool, LambdaConfig: { A: 'a', B: 'b' }, UserPoolTier: 'PLUS', AutoVerifiedAttributes: ['email'] },
    change,
  );
  const kept = {
    MfaConfiguration: 'ON',
    Vault: { A: 1 },
    LambdaConfig: { A: 'a', B: 'b' },
    UserPoolTier: 'PLUS',
    AutoVerifiedAttributes: ['email'],
    UserPoolTags: { own: 'z' },
  };
  const lost = (now: object) => lostMembers(sent, { ...kept, ...now }).map(({ path }) => path.join('.'));

  test.each([
    ['where it is missing', { Vault: undefined }, ['Vault']],
    ['where a part of it is missing', { LambdaConfig: { A: 'a' } }, ['LambdaConfig.B']],
    [
      'where it is at Cognito’s default',
      { UserPoolTier: 'ESSENTIALS', MfaConfiguration: 'OFF' },
      ['MfaConfiguration', 'UserPoolTier'],
    ],
    ['where it is empty', { AutoVerifiedAttributes: [] }, ['AutoVerifiedAttributes']],
    ['where a tag is gone', { UserPoolTags: {} }, ['UserPoolTags.own']],
  ])('%s', (_name, now, paths) => expect(lost(now).sort()).toEqual(paths.sort()));

  test.each([
    ['where all is as sent', {}],
    ['where somebody has changed it', { UserPoolTier: 'LITE', Vault: { A: 2 }, UserPoolTags: { own: 'new' } }],
    ['where something was added', { LambdaConfig: { A: 'a', B: 'b', C: 'c' }, Tower: 1 }],
  ])('not %s', (_name, now) => expect(lost(now)).toEqual([]));

  test('and is put back beside what others have changed', () => {
    const now = { ...kept, LambdaConfig: { A: 'other' } };
    expect(putBack(now, lostMembers(sent, now))).toMatchObject({ LambdaConfig: { A: 'other', B: 'b' } });
  });
});
