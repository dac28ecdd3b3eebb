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

test('of the e-mail what the type does not set stays as it is now, whatever was seen before', () => {
  const email = { EmailSendingAccount: 'DEVELOPER', From: 'a@example.com', DkimAlignment: 'STRICT' };
  const wanted = { EmailSendingAccount: 'COGNITO_DEFAULT', DkimAlignment: 'NONE', Older: true };
  const body = updateRequest({ ...pool, EmailConfiguration: email }, { ...change, emailConfiguration: wanted });
  expect(body['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', DkimAlignment: 'STRICT' });
});

test('members called as what JavaScript gives every object are sent back, or left out, like any other', () => {
  const odd = JSON.parse('{"Id":"p","constructor":{"a":1},"__proto__":{"b":2},"UserPoolTags":{"__proto__":"x"}}');
  const body = JSON.stringify(updateRequest(odd, change));
  expect(body).toContain('"constructor":{"a":1},"__proto__":{"b":2}');
  expect(body).toContain('"UserPoolTags":{"__proto__":"x",');
  const rest = JSON.stringify(updateRequest(odd, { ...change, without: ['constructor', '__proto__', 'toString'] }));
  expect(rest).not.toMatch(/constructor|"b":2|toString/);
});

describe('a refused update may do without', () => {
  const body = updateRequest(
    { ...pool, Tower: {}, KeyConfiguration: {}, IssuerConfiguration: {}, UserPoolTier: 'LITE' },
    change,
  );
  const later = (...without: string[]) => updateRequest({ ...pool, KeyConfiguration: {} }, { ...change, without });
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
    ['the key that nobody has echoed yet', "Value at 'keyConfiguration.kmsKeyArn' failed", 'KeyConfiguration'],
    ['the issuer that nobody has echoed yet', 'IssuerConfiguration must match the existing one', 'IssuerConfiguration'],
  ])('%s', (_name, text, member) => expect(droppable(text, body, [])).toBe(member));

  test('one of two that are named, then the other', () => {
    const text = 'KeyConfiguration and IssuerConfiguration cannot be updated';
    expect(droppable(text, body, [])).toBe('KeyConfiguration');
    const second = updateRequest({ ...pool, IssuerConfiguration: {} }, { ...change, without: ['KeyConfiguration'] });
    expect(droppable(text, second, ['KeyConfiguration'])).toBe('IssuerConfiguration');
  });

  test('no member twice', () => {
    expect(droppable('KeyConfiguration', later('KeyConfiguration'), ['KeyConfiguration'])).toBeUndefined();
    const mfa = 'SMS configuration and Auto verification for phone_number are required when MFA is required/optional';
    expect(droppable(mfa, later('MfaConfiguration'), ['MfaConfiguration'])).toBeUndefined();
  });

  test.each([
    ['a member that the SDK knows', 'Invalid MfaConfiguration', []],
    ['another one', 'UserPoolTier cannot be changed', []],
    ['a part of the name', 'PasskeyConfiguration is unknown', []],
    ['a part of another word', 'Vaults are closed', []],
    ['either of two', 'Vault and Tower', []],
    ['a second unknown one', 'Unrecognized member: Tower', ['Vault']],
    ['the same again', 'instead of UnusedAccountValidityDays', ['AdminCreateUserConfig.UnusedAccountValidityDays']],
  ])('not %s', (_name, text, without) => expect(droppable(text, body, without)).toBeUndefined());
});
