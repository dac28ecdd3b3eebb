import schema from '../../../../schema.json';
import type { Declaration } from '../../../../src/domain/declaration/declaration';
import {
  conforms,
  declarable,
  isProperty,
  memberOf,
  type PropertyName,
  properties,
  propertyOf,
  readOnly,
  withoutWriteOnly,
} from '../../../../src/domain/declaration/schema';

const all = Object.keys(schema.properties);

test('every property is one of the schema’s, in its order, and either declarable or read-only', () => {
  expect(properties.map(({ name }) => name)).toEqual(all);
  expect([...declarable, ...readOnly].map(({ name }) => name)).toEqual(all);
  expect(readOnly.map(({ name }) => name)).toEqual(['SourceArn', 'SesRegions']);
  expect(properties.filter(({ required }) => required).map(({ name }) => name)).toEqual(schema.required);
  expect(properties.filter(({ writeOnly }) => writeOnly).map(({ name }) => `/properties/${name}`)).toEqual(
    schema.writeOnlyProperties,
  );
});

test('a property is looked up by its name, and by no name that every object has', () => {
  expect(propertyOf('From')).toMatchObject({ name: 'From', type: 'string', maxLength: 2048, required: false });
  expect(['From', 'from', 'constructor'].map(isProperty)).toEqual([true, false, false]);
  expect(() => propertyOf('constructor' as PropertyName)).toThrow('The schema has no property constructor');
  expect(['UserPoolId', 'From'].map(memberOf)).toEqual(['userPoolId', 'from']);
});

test.each<[PropertyName, string | number, boolean]>([
  ['EmailSendingAccount', 'DEVELOPER', true],
  ['EmailSendingAccount', 'developer', false],
  ['UserPoolId', 'eu-west-1_A', true],
  ['UserPoolId', 'eu-west-1', false],
  ['UserPoolId', `eu-west-1_${'a'.repeat(46)}`, false],
  ['Revision', 'x'.repeat(128), true],
  ['Revision', 'x'.repeat(129), false],
  ['VerificationTimeoutMinutes', 0, true],
  ['VerificationTimeoutMinutes', 600, true],
  ['VerificationTimeoutMinutes', 601, false],
  ['VerificationTimeoutMinutes', -1, false],
  ['VerificationTimeoutMinutes', 1.5, false],
  ['Revision', 1e9, true],
])('%s %j is within the schema: %s', (name, value, answer) => expect(conforms(name, value)).toBe(answer));

test('a declaration without its write-only part has the other properties', () => {
  const whole: Required<Declaration> = {
    userPoolId: 'p',
    emailSendingAccount: 'DEVELOPER',
    identity: 'example.com',
    sesRegion: 'eu-west-1',
    from: 'a@example.com',
    replyToEmailAddress: 'r@example.com',
    configurationSet: 'mail',
    allowSandbox: true,
    verificationTimeoutMinutes: 1,
    takeOver: true,
    revision: '1',
  };
  const { allowSandbox: _a, verificationTimeoutMinutes: _v, takeOver: _t, revision: _r, ...rest } = whole;
  expect(withoutWriteOnly(whole)).toEqual(rest);
});
