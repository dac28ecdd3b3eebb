import type { JsonObject } from '../../../../src/domain/json';
import { droppable, updateRequest } from '../../../../src/domain/user-pool/update-request';

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

describe('what cannot go back together', () => {
  const sent = (more: JsonObject, without: readonly string[] = []) =>
    updateRequest({ ...pool, ...more }, { ...change, without });
  const template = { SmsMessage: 'a', EmailMessage: 'b', EmailSubject: 'c' };
  test.each([
    ['SmsVerificationMessage', 'a'],
    ['EmailVerificationMessage', 'b'],
    ['EmailVerificationSubject', 'c'],
  ])('%s where the template says otherwise', (member, same) => {
    const VerificationMessageTemplate = template;
    expect(sent({ VerificationMessageTemplate, [member]: 'other' })).not.toHaveProperty(member);
    expect(sent({ VerificationMessageTemplate, [member]: same })).toHaveProperty(member, same);
    expect(sent({ VerificationMessageTemplate: {}, [member]: 'other' })).toHaveProperty(member, 'other');
    expect(sent({ VerificationMessageTemplate })).toMatchObject({ VerificationMessageTemplate });
  });
  test.each(['UserPoolAddOns', 'SmsConfiguration'])('%s that is empty', (member) => {
    expect(sent({ [member]: {} })).not.toHaveProperty(member);
    expect(sent({ [member]: { A: 1 } })).toHaveProperty(member, { A: 1 });
    expect(sent({ LambdaConfig: {} })).toHaveProperty('LambdaConfig', {});
  });
  test('the older of two settings', () => {
    const AdminCreateUserConfig = { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 };
    const Policies = { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } };
    expect(sent({ AdminCreateUserConfig, Policies })['AdminCreateUserConfig']).toEqual({
      AllowAdminCreateUserOnly: true,
    });
    expect(sent({ AdminCreateUserConfig })['AdminCreateUserConfig']).toEqual(AdminCreateUserConfig);
    const older = ['AdminCreateUserConfig.UnusedAccountValidityDays'];
    expect(sent({ AdminCreateUserConfig }, older)['AdminCreateUserConfig']).toEqual({ AllowAdminCreateUserOnly: true });
    expect(sent({}, older)).not.toHaveProperty('AdminCreateUserConfig');
  });
  test('what is null', () => expect(sent({ DeviceConfiguration: null })).not.toHaveProperty('DeviceConfiguration'));
});

test('a pool that names neither id nor name', () => {
  const body = updateRequest({}, change);
  expect(body).toMatchObject({ UserPoolId: null });
  expect(body).not.toHaveProperty('PoolName');
});

test('the service’s own tags are those that begin with its sign', () => {
  const UserPoolTags = { 'aws:x': 'y', 'my-aws:': 'z', aws: 'a' };
  expect(updateRequest({ UserPoolTags }, { ...change, tag: undefined })['UserPoolTags']).toEqual({
    'my-aws:': 'z',
    aws: 'a',
  });
});

test('a member with signs of a pattern in its name is looked for to the letter', () => {
  const body = { ...updateRequest({ ...pool, 'V(*+': 1 }, change) };
  expect(droppable('V(*+ is unknown', body, [])).toBe('V(*+');
  expect(droppable('V(** is unknown', body, [])).toBeUndefined();
});

test('a setting that was left out first does not count as a member that no SDK knows', () => {
  const without = ['AdminCreateUserConfig.UnusedAccountValidityDays', 'KeyConfiguration'];
  expect(droppable('Unrecognized member: Vault', updateRequest(pool, { ...change, without }), without)).toBe('Vault');
});
