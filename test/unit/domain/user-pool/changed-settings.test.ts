import { parseExactly } from '../../../../src/domain/exact-json';
import { isObject, type JsonObject } from '../../../../src/domain/json';
import { changedSettings } from '../../../../src/domain/user-pool/changed-settings';
import { futureSettings, settings } from '../../../support/pool-settings';

const pool: JsonObject = {
  Id: 'p',
  Name: 'n',
  LastModifiedDate: 1,
  EstimatedNumberOfUsers: 3,
  MfaConfiguration: 'ON',
  Vault: { A: 1, B: [{ C: 'c' }] },
  LambdaConfig: { A: 'a', B: 'b' },
  AutoVerifiedAttributes: ['email', 'phone_number'],
  DeviceConfiguration: null,
  UserPoolAddOns: {},
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolTags: { own: 'z', 'aws:x': 'y', 'Org::Cognito::EmailSetup': 'one' },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', DkimAlignment: 'STRICT' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
};
const to = (now: JsonObject) => changedSettings(pool, { ...pool, ...now });
const without = (member: string) => {
  const { [member]: _gone, ...rest } = pool;
  return changedSettings(pool, rest);
};

test.each<[string, JsonObject, string[]]>([
  ['another value', { MfaConfiguration: 'OPTIONAL' }, ['MfaConfiguration']],
  ['the name', { Name: 'm' }, ['Name']],
  ['a part that is gone', { LambdaConfig: { A: 'a' } }, ['LambdaConfig.B']],
  [
    'a member that is empty now',
    { AutoVerifiedAttributes: [], LambdaConfig: {} },
    ['LambdaConfig.A', 'LambdaConfig.B', 'AutoVerifiedAttributes'],
  ],
  ['a list with one more', { AutoVerifiedAttributes: ['email', 'phone_number', 'x'] }, ['AutoVerifiedAttributes']],
  ['a list with another', { AutoVerifiedAttributes: ['email', 'email'] }, ['AutoVerifiedAttributes']],
  ['a part of an item', { Vault: { A: 1, B: [{ C: 'd' }] } }, ['Vault.B']],
  ['a tag that is gone, and the service’s own', { UserPoolTags: {} }, ['UserPoolTags.own', 'UserPoolTags.aws:x']],
  ['a tag with another value', { UserPoolTags: { own: 'y', 'aws:x': 'y' } }, ['UserPoolTags.own']],
  ['what no SDK knows of the e-mail', { EmailConfiguration: {} }, ['EmailConfiguration.DkimAlignment']],
  ['another kind of value', { LambdaConfig: 'none' }, ['LambdaConfig']],
  ['null', { Vault: null }, ['Vault']],
])('changed: %s', (_name, now, changed) => expect(to(now)).toEqual({ changed, appeared: [] }));

test('changed: a member that is gone whole', () => expect(without('Vault').changed).toEqual(['Vault']));

test.each<[string, JsonObject, string[]]>([
  ['a member', { Tower: { Height: 3 } }, ['Tower']],
  ['a part', { LambdaConfig: { A: 'a', B: 'b', C: 'c' } }, ['LambdaConfig.C']],
  [
    'a part where there was nothing',
    { UserPoolAddOns: { X: 1 }, DeviceConfiguration: { Y: true } },
    ['DeviceConfiguration', 'UserPoolAddOns'],
  ],
  ['a tag', { UserPoolTags: { own: 'z', 'aws:x': 'y', second: 'writer' } }, ['UserPoolTags.second']],
])('only appeared: %s', (_name, now, appeared) => expect(to(now)).toEqual({ changed: [], appeared }));

test.each<[string, JsonObject]>([
  ['nothing', {}],
  ['what is Cognito’s own', { LastModifiedDate: 2, EstimatedNumberOfUsers: 4, Domain: 'd' }],
  ['the order of a list', { AutoVerifiedAttributes: ['phone_number', 'email'] }],
  ['what says nothing', { DeviceConfiguration: {}, UserPoolAddOns: null, UserAttributeUpdateSettings: {} }],
  ['our tag', { UserPoolTags: { own: 'z', 'aws:x': 'y', 'Org::Cognito::EmailSetup': 'two' } }],
  [
    'our members of the e-mail',
    { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn', DkimAlignment: 'STRICT' } },
  ],
  ['the older of two settings', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }],
])('not changed: %s', (_name, now) => expect(to(now)).toEqual({ changed: [], appeared: [] }));

test('a member that repeats the template does not count beside it, and counts alone', () => {
  const template = { VerificationMessageTemplate: { SmsMessage: 'a' } };
  const old = { SmsVerificationMessage: 'old' };
  expect(changedSettings({ ...template, ...old }, { ...template, SmsVerificationMessage: 'a' }).changed).toEqual([]);
  expect(changedSettings({ ...template, ...old }, { ...old }).changed).toEqual(['VerificationMessageTemplate']);
  expect(changedSettings(old, {}).changed).toEqual(['SmsVerificationMessage']);
});

test('numbers are compared to the digit, and by value', () => {
  const numbers = (vault: string) => parseExactly(`{"Vault":${vault}}`) ?? {};
  const before = numbers('[9007199254740993, 1e400, 1.10]');
  expect(changedSettings(before, numbers('[9007199254740993, 1E+400, 1.1]')).changed).toEqual([]);
  expect(changedSettings(before, numbers('[9007199254740992, 1e400, 1.10]')).changed).toEqual(['Vault']);
  expect(changedSettings(before, numbers('[9007199254740993, 1e401, 1.10]')).changed).toEqual(['Vault']);
});

test('members called as what JavaScript gives every object are members like any other', () => {
  const before = parseExactly(
    '{"constructor":1,"__proto__":{"a":1},"UserPoolTags":{"constructor":"x","__proto__":"y"},"LambdaConfig":{"toString":"z"}}',
  ) as JsonObject;
  expect([...changedSettings(before, { UserPoolTags: {}, LambdaConfig: {} }).changed].sort()).toEqual(
    ['LambdaConfig.toString', 'UserPoolTags.__proto__', 'UserPoolTags.constructor', '__proto__', 'constructor'].sort(),
  );
  expect(changedSettings({}, before)).toMatchObject({ changed: [] });
  expect(changedSettings(before, structuredClone(before))).toEqual({ changed: [], appeared: [] });
});

/** Every setting that is no object, as the path to it. */
function leaves(json: JsonObject, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(json).flatMap(([member, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? leaves(value, [...path, member]) : [[...path, member]],
  );
}

function withoutLeaf(json: JsonObject, [member = '', ...inner]: readonly string[]): JsonObject {
  const { [member]: value, ...rest } = json;
  return inner.length === 0 ? rest : { ...rest, [member]: withoutLeaf(value as JsonObject, inner) };
}

// Members that the type sets itself, that repeat another, or that say nothing.
const aside = /^EmailConfiguration\.EmailSendingAccount$|VerificationMessage$|VerificationSubject$|\.Nothing$|\.Empty$/;

describe.each([
  ['that the SDK knows', settings],
  ['that no SDK knows', futureSettings],
])('each setting %s', (_name, all) => {
  const paths = leaves(all).filter((path) => !aside.test(path.join('.')));
  test.each(paths.map((path) => [path.join('.'), path] as const))('%s is missed', (name, path) => {
    const { changed } = changedSettings(all, withoutLeaf(all, path));
    expect(changed).toHaveLength(1);
    expect(name.startsWith(changed[0] as string)).toBe(true);
  });
});
