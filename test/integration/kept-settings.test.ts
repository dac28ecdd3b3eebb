import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../emulator/types';
import { attachments } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { alone, futureSettings, settings } from '../support/pool-settings';

const region = 'eu-west-1';
const address = { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.com', SesRegion: 'eu-west-1' };
const domain = {
  EmailSendingAccount: 'DEVELOPER',
  Identity: 'example.org',
  SesRegion: 'us-east-1',
  From: '山田 <a@example.org>',
};

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
  harness.regionState('eu-west-1').ses.addIdentity('no-reply@example.com');
  harness.regionState('us-east-1').ses.addIdentity('example.org');
});
afterAll(() => harness.close());

/** Everything on a pool that is not ours. */
function others(poolId: string): JsonObject {
  const {
    LastModifiedDate: _l,
    EmailConfiguration,
    UserPoolTags,
    ...rest
  } = harness.regionState(region).cognito.describe(poolId);
  const tags = Object.entries(UserPoolTags as JsonObject).filter(([key]) => key !== 'Org::Cognito::EmailSetup');
  const ours = ['EmailSendingAccount', 'SourceArn', 'From', 'ReplyToEmailAddress', 'ConfigurationSet'];
  const email = Object.entries(EmailConfiguration as JsonObject).filter(([key]) => !ours.includes(key));
  return { ...rest, UserPoolTags: Object.fromEntries(tags), EmailConfiguration: Object.fromEntries(email) };
}

/** Create, an update to another sender, delete: nothing else on the pool changes at any step. */
async function throughLife(members: JsonObject): Promise<void> {
  const poolId = harness.regionState(region).cognito.addPool(members);
  const before = others(poolId);
  const [one, other] = [setupProperties(poolId, address), setupProperties(poolId, domain)];
  await harness.succeed(region, { action: 'CREATE', properties: one });
  expect(others(poolId)).toEqual(before);
  await harness.succeed(region, { action: 'UPDATE', properties: other, previous: one });
  expect(others(poolId)).toEqual(before);
  await harness.succeed(region, { action: 'DELETE', properties: other });
  expect(others(poolId)).toEqual(before);
  expect(attachments(harness, region, poolId)).toEqual([]);
}

test.each(Object.keys(settings))('%s alone stays as it is', (member) => throughLife(alone(member)));

test('all settings together stay as they are', () => throughLife(settings));

test('settings that the SDK does not know stay as they are, at the top and inside', () => throughLife(futureSettings));

test('tags of AWS itself and of others stay, and ours comes and goes', () =>
  throughLife({ UserPoolTags: { 'aws:cloudformation:stack-name': 'app', owner: 'me', 'Org::Other': 'x' } }));

test('every member of UpdateUserPool that the SDK knows is among the settings', () => {
  const file = require.resolve('@aws-sdk/client-cognito-identity-provider/package.json');
  const folder = join(dirname(file), 'dist-types', 'models');
  const models = readdirSync(folder).map((name) =>
    name.endsWith('.d.ts') ? readFileSync(join(folder, name), 'utf8') : '',
  );
  const text = /interface UpdateUserPoolRequest \{([\s\S]*?)\n\}/.exec(models.join(''))?.[1] ?? '';
  const members = [...text.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member]) => member);
  expect(members.sort()).toEqual([...Object.keys(settings), 'UserPoolId', 'PoolName', 'EmailConfiguration'].sort());
});

test('generated pools stay as they are', async () => {
  const json = fc.letrec<{ value: JsonObject[string] }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const future = fc.dictionary(fc.stringMatching(/^Future[A-Z][a-z]{1,8}$/), json, { maxKeys: 4 });
  const known = fc.subarray(Object.keys(settings)).map((names) => Object.assign({}, ...names.map(alone)) as JsonObject);
  await fc.assert(
    fc.asyncProperty(known, future, (some, more) => throughLife({ ...some, ...more })),
    { numRuns: 60 },
  );
});

describe('conflicts in an echo', () => {
  test('a legacy pool keeps UnusedAccountValidityDays where the newer setting is not in use', () =>
    throughLife({
      Policies: { PasswordPolicy: { MinimumLength: 8 } },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 30 },
    }));

  test('a legacy message that differs from the template gives way to it, and the template stays', async () => {
    const template = { DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailMessage: 'new {####}' };
    const poolId = harness
      .regionState(region)
      .cognito.addPool({ EmailVerificationMessage: 'old {####}', VerificationMessageTemplate: template });
    await harness.succeed(region, { action: 'CREATE', properties: setupProperties(poolId, address) });
    expect(harness.regionState(region).cognito.describe(poolId)['VerificationMessageTemplate']).toEqual(template);
  });

  test('a pool that refuses the echo of its own MFA setting keeps it', async () => {
    const poolId = harness.regionState(region).cognito.addPool({ MfaConfiguration: 'ON' });
    Object.assign(harness.regionState(region).cognito.pools.get(poolId) ?? {}, { refusesMfaEcho: true });
    await harness.succeed(region, { action: 'CREATE', properties: setupProperties(poolId, address) });
    expect(harness.regionState(region).cognito.describe(poolId)['MfaConfiguration']).toBe('ON');
  });

  test('empty structures and nulls of DescribeUserPool are not sent back', async () => {
    const poolId = harness
      .regionState(region)
      .cognito.addPool({ UserPoolAddOns: {}, SmsConfiguration: {}, DeviceConfiguration: null });
    await harness.succeed(region, { action: 'CREATE', properties: setupProperties(poolId, address) });
  });

  test('a broken SMS role is the pool’s own trouble, named, and nothing is left behind', async () => {
    const poolId = harness
      .regionState(region)
      .cognito.addPool({ SmsConfiguration: settings['SmsConfiguration'] ?? {} });
    Object.assign(harness.regionState(region).cognito.pools.get(poolId) ?? {}, { smsRoleBroken: true });
    const before = others(poolId);
    const message = await expectFailure(
      harness,
      region,
      { action: 'CREATE', properties: setupProperties(poolId, address) },
      'InvalidRequest',
    );
    expect(message).toMatch(/not about e-mail.*InvalidSmsRoleTrustRelationshipException/);
    expect(others(poolId)).toEqual(before);
    expect(attachments(harness, region, poolId)).toEqual([]);
  });

  test('a user import in progress is a conflict at once', async () => {
    const poolId = harness.regionState(region).cognito.addPool();
    Object.assign(harness.regionState(region).cognito.pools.get(poolId) ?? {}, { importing: true });
    const create = { action: 'CREATE', properties: setupProperties(poolId, address) } as const;
    expect(await expectFailure(harness, region, create, 'ResourceConflict')).toMatch(/imported/);
    expect(attachments(harness, region, poolId)).toEqual([]);
  });
});

test('a setting that Cognito forgets in every update fails the operation by name, and nothing of ours is left', async () => {
  const poolId = harness.regionState(region).cognito.addPool({ PasskeyVault: { Mode: 'STRICT' } });
  Object.assign(harness.regionState(region).cognito.pools.get(poolId) ?? {}, { forgets: ['PasskeyVault'] });
  const create = { action: 'CREATE', properties: setupProperties(poolId, address) } as const;
  const start = harness.aws.calls.length;
  const message = await expectFailure(harness, region, create, 'GeneralServiceException');
  expect(message).toContain('PasskeyVault');
  expect(attachments(harness, region, poolId)).toEqual([]);
  // One update sets and one rolls back: none restores a setting.
  expect(harness.callsSince(start).filter((call) => call.startsWith('UpdateUserPool'))).toHaveLength(2);
});
