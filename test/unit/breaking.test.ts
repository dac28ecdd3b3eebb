import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { major, minor } from 'semver';
import type { JsonObject } from '../../emulator/types';
import { version } from '../../package.json';
import { breaking, type Schema } from '../support/breaking';

const root = join(__dirname, '..', '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Schema;
const now = read('schema.json');
const fixtures = readdirSync(join(root, 'test', 'fixtures'));
/** May this version break what that one promised? While the major version is 0, a minor one may. */
const mayBreak = (then: string) =>
  major(then) !== major(version) || (major(version) === 0 && minor(then) !== minor(version));

test('the schema breaks nothing that a released version of the same major has promised', () => {
  const compared = fixtures.filter((then) => !mayBreak(then));
  for (const then of compared) {
    expect([then, breaking(read(`test/fixtures/${then}/schema.json`), now)]).toEqual([then, []]);
  }
  expect(fixtures.length).toBeGreaterThan(0);
});

const changed = (name: string, rules: JsonObject): Schema => ({
  ...now,
  properties: { ...now.properties, [name]: { ...now.properties[name], ...rules } },
});
const { Revision: _revision, ...fewerProperties } = now.properties;

test.each<[string, Schema]>([
  ['the type has another name', { ...now, typeName: 'Org::Cognito::Email' }],
  ['another property identifies it', { ...now, primaryIdentifier: ['/properties/Identity'] }],
  ['Revision is gone', { ...now, properties: fewerProperties }],
  ['Identity is required', { ...now, required: [...now.required, 'Identity'] }],
  ['From is create-only', { ...now, createOnlyProperties: [...now.createOnlyProperties, '/properties/From'] }],
  ['From is read-only', { ...now, readOnlyProperties: [...now.readOnlyProperties, '/properties/From'] }],
  [
    'SourceArn is no attribute any more',
    { ...now, readOnlyProperties: now.readOnlyProperties.filter((pointer) => pointer !== '/properties/SourceArn') },
  ],
  ['From is write-only', { ...now, writeOnlyProperties: [...now.writeOnlyProperties, '/properties/From'] }],
  [
    'Revision is not write-only any more',
    { ...now, writeOnlyProperties: now.writeOnlyProperties.filter((pointer) => pointer !== '/properties/Revision') },
  ],
  ['AllowSandbox has another type', changed('AllowSandbox', { type: 'string' })],
  ['EmailSendingAccount has another enum', changed('EmailSendingAccount', { enum: ['DEVELOPER'] })],
  ['Revision has another pattern', changed('Revision', { pattern: '^a$' })],
  ['From has another minLength', changed('From', { minLength: 2 })],
  ['From has another maxLength', changed('From', { maxLength: 1 })],
  ['VerificationTimeoutMinutes has another minimum', changed('VerificationTimeoutMinutes', { minimum: 1 })],
  ['VerificationTimeoutMinutes has another maximum', changed('VerificationTimeoutMinutes', { maximum: 1 })],
  ['TakeOver has another default', changed('TakeOver', { default: true })],
])('breaking: %s', (what, schema) => {
  expect(breaking(now, schema)).toEqual([what]);
});

test.each<[string, Schema]>([
  ['a new optional property', { ...now, properties: { ...now.properties, Sender: { type: 'string' } } }],
  [
    'a new attribute',
    { ...changed('Arn', { type: 'string' }), readOnlyProperties: [...now.readOnlyProperties, '/properties/Arn'] },
  ],
  ['one more value', changed('EmailSendingAccount', { enum: ['COGNITO_DEFAULT', 'DEVELOPER', 'OTHER'] })],
  ['a wider range', changed('VerificationTimeoutMinutes', { maximum: 2000 })],
  ['a pattern less', { ...now, properties: { ...now.properties, SesRegion: { type: 'string' } } }],
  ['other words', changed('From', { description: 'The sender.' })],
  ['one that is optional from now on', { ...now, required: now.required.filter((name) => name !== 'UserPoolId') }],
])('not breaking: %s', (_what, schema) => {
  expect(breaking(now, schema)).toEqual([]);
});
