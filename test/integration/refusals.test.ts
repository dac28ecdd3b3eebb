import type { JsonObject } from '../../emulator/types';
import { attachments } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
  for (const region of ['eu-west-1', 'eu-west-2', 'eu-west-3', 'us-east-1', 'eu-central-1']) {
    const { ses } = harness.regionState(region);
    for (const name of ['example.com', 'verified@example.net']) ses.addIdentity(name);
    ses.addIdentity('pending@example.net', { verified: false });
    ses.addIdentity('pending.example', { verified: false });
    ses.addConfigurationSet('sign-up');
  }
  harness.regionState('eu-west-2').ses.account.productionAccess = false;
  harness.regionState('us-east-1').ses.account.sendingEnabled = false;
  harness.regionState('eu-west-1').ses.addConfigurationSet('paused');
  Object.assign(harness.regionState('eu-west-1').ses.configurationSets.get('paused') ?? {}, { sendingEnabled: false });
});
afterAll(() => harness.close());

const developer = { EmailSendingAccount: 'DEVELOPER', SesRegion: 'eu-west-1' };
const byDomain = { ...developer, Identity: 'example.com', From: 'no-reply@example.com' };
const byAddress = { ...developer, Identity: 'verified@example.net' };
const standard = { EmailSendingAccount: 'COGNITO_DEFAULT', SesRegion: 'eu-west-1' };

/** Name, properties, and what the message must say; in a pool of eu-west-1 unless another Region is given. */
type Case = [name: string, properties: JsonObject, says: RegExp, region?: string];
const refusals: Case[] = [
  [
    'an identity that is not there',
    { ...developer, Identity: 'nobody@example.net' },
    /nobody@example\.net in SES of eu-west-1 does not exist.*create and verify it there, or, if this template makes it, add DependsOn\./,
  ],
  [
    'an address whose domain is verified',
    { ...developer, Identity: 'a@example.com' },
    /does not exist.*Identity: example\.com and From: a@example\.com/,
  ],
  [
    'an address whose parent domain is verified',
    { ...developer, Identity: 'a@mail.example.com' },
    /Identity: example\.com and From: a@mail\.example\.com/,
  ],
  [
    'an address that is not verified',
    { ...developer, Identity: 'pending@example.net' },
    /not verified.*click on the link.*declare VerificationTimeoutMinutes to wait for it/,
  ],
  [
    'a domain that is not verified',
    { ...developer, Identity: 'pending.example', From: 'a@pending.example' },
    /not verified.*_domainkey\.pending\.example CNAME/,
  ],
  [
    'a Region that an in-Region pool may not use',
    { ...byDomain, SesRegion: 'eu-west-1' },
    /SesRegion eu-west-1.*eu-west-3.*own Region only/,
    'eu-west-3',
  ],
  [
    'a Region that a backward-compatible pool may not use',
    { ...byDomain, SesRegion: 'eu-central-1' },
    /us-east-1 or us-west-2 or eu-west-1/,
  ],
  [
    'the second Region for DEVELOPER in an alternate Region',
    { ...byDomain, SesRegion: 'eu-west-2' },
    /DEVELOPER through SES in eu-central-1 only/,
    'me-central-1',
  ],
  [
    'the second Region for the default sender in an alternate Region',
    { ...standard, Identity: 'verified@example.net', SesRegion: 'eu-west-2' },
    /eu-central-1 and eu-west-2 together/,
    'me-central-1',
  ],
  [
    'a pool Region that the table lacks, without SesRegion',
    { EmailSendingAccount: 'DEVELOPER', Identity: 'example.com', From: 'a@example.com' },
    /SesRegion is missing.*ap-east-2/,
    'ap-east-2',
  ],
  [
    'SesRegion without Identity',
    { EmailSendingAccount: 'COGNITO_DEFAULT', SesRegion: 'eu-west-1' },
    /SesRegion is declared without Identity/,
  ],
  [
    'an account in the sandbox',
    { ...byDomain, SesRegion: 'eu-west-2' },
    /111122223333 in eu-west-2 is in the sandbox.*AllowSandbox/,
    'eu-west-2',
  ],
  ['an account whose sending is paused', { ...byDomain, SesRegion: 'us-east-1' }, /us-east-1 has its sending paused/],
  [
    'a configuration set that is not there',
    { ...byDomain, ConfigurationSet: 'nope' },
    /ConfigurationSet nope does not exist in SES of eu-west-1/,
  ],
  [
    'a configuration set whose sending is paused',
    { ...byDomain, ConfigurationSet: 'paused' },
    /ConfigurationSet paused in eu-west-1 has its sending paused/,
  ],
  [
    'a configuration set with the default sender',
    { ...standard, Identity: 'verified@example.net', ConfigurationSet: 'sign-up' },
    /ConfigurationSet works with EmailSendingAccount DEVELOPER only/,
  ],
  ['a domain without From', { ...developer, Identity: 'example.com' }, /From is missing.*no-reply@example\.com/],
  [
    'From without Identity',
    { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'a@example.com' },
    /From is declared without Identity/,
  ],
  [
    'From outside the identity',
    { ...byDomain, From: 'a@other.example' },
    /a@other\.example.*example\.com does not cover/,
  ],
  [
    'From in a look-alike of the identity',
    { ...byDomain, From: 'a@notexample.com' },
    /a@notexample\.com.*does not cover/,
  ],
  ['From other than the address identity', { ...byAddress, From: 'other@example.net' }, /write verified@example\.net/],
  [
    'a display name with the default sender',
    { ...standard, Identity: 'example.com', From: 'Acme <a@example.com>' },
    /display name.*write a@example\.com alone/,
  ],
  [
    'From with the default sender and an address',
    { ...standard, Identity: 'verified@example.net', From: 'verified@example.net' },
    /From does not go with COGNITO_DEFAULT and an address/,
  ],
  ['a line break in From', { ...byDomain, From: 'Acme\r\nBcc: x@evil.example <a@example.com>' }, /line break/],
  ['a NUL in From', { ...byDomain, From: 'Acme\u0000 <a@example.com>' }, /control character/],
  [
    'a line break in ReplyToEmailAddress',
    { ...byDomain, ReplyToEmailAddress: 'a@example.com\r\nBcc: b@example.com' },
    /ReplyToEmailAddress.*not one address/,
  ],
  ['several mailboxes in From', { ...byDomain, From: 'a@example.com, b@example.com' }, /several mailboxes/],
  ['a group in From', { ...byDomain, From: 'All: a@example.com;' }, /group/],
  [
    'a name that needs quotes',
    { ...byDomain, From: 'Acme, Inc. <a@example.com>' },
    /write "Acme, Inc\." <a@example\.com>/,
  ],
  [
    'needless quotes round a non-ASCII name',
    { ...byDomain, From: '"山田" <a@example.com>' },
    /write 山田 <a@example\.com>/,
  ],
  [
    'the words in which the type itself encodes a name',
    { ...byDomain, From: '=?utf-8?B?5bGx55Sw?= <a@example.com>' },
    /encoded for you: write 山田 <a@example\.com>/,
  ],
  [
    'an @ outside quotes in a name',
    { ...byDomain, From: 'Acme @ home <a@example.com>' },
    /write "Acme @ home" <a@example\.com>/,
  ],
  [
    'a non-ASCII domain',
    { ...developer, Identity: 'xn--exmple-cua.com', From: 'a@exämple.com' },
    /write xn--exmple-cua\.com/,
  ],
  [
    'an ARN as Identity',
    { ...byDomain, Identity: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com' },
    /Identity is an ARN.*example\.com/,
  ],
  ['a wildcard as Identity', { ...byDomain, Identity: '*.example.com' }, /wildcard/],
  [
    'a sender as Identity',
    { ...byDomain, Identity: 'Awesome App <noreply@example.com>' },
    /is a sender, which From takes: write the identity alone, noreply@example\.com/,
  ],
  ['a full stop at the end of Identity', { ...byDomain, Identity: 'example.com.' }, /ends with a full stop/],
  [
    'an umlaut in ReplyToEmailAddress',
    { ...byDomain, ReplyToEmailAddress: 'hilfe@bücher.example' },
    /ReplyToEmailAddress.*write xn--bcher-kva\.example/,
  ],
  [
    'a name in ReplyToEmailAddress',
    { ...byDomain, ReplyToEmailAddress: 'Help <help@example.com>' },
    /ReplyToEmailAddress.*write help@example\.com/,
  ],
  [
    'an empty property',
    { ...byDomain, ReplyToEmailAddress: '' },
    /ReplyToEmailAddress is empty: leave it out \(AWS::NoValue\)/,
  ],
  ['an upper-case domain as Identity', { ...byDomain, Identity: 'Example.com' }, /write example\.com/],
  ['DEVELOPER without Identity', { EmailSendingAccount: 'DEVELOPER' }, /Identity is missing/],
  ['a sender that is none of Cognito’s', { EmailSendingAccount: 'SES' }, /EmailSendingAccount is "SES".*DEVELOPER/],
  ['an unknown property', { ...byDomain, Colour: 'red' }, /Colour is not a property/],
  ['a misspelt property', { ...byDomain, Frm: 'a@example.com' }, /Frm is not a property of this type: write From/],
  [
    'the configuration as the pool has it',
    { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
    /EmailConfiguration is not.*declare its members here/,
  ],
  [
    'a read-only property',
    { ...byDomain, SourceArn: 'arn:aws:ses:eu-west-1:1:identity/a' },
    /SourceArn is read-only: declare Identity/,
  ],
  ['a property named as what every object has', { ...byDomain, constructor: 'x' }, /constructor is not a property/],
  ['another', { ...byDomain, toString: 'x' }, /toString is not a property/],
  [
    'a boolean named so',
    { ...byDomain, AllowSandbox: 'constructor' },
    /AllowSandbox is "constructor": write true or false/,
  ],
  ['a boolean that is none', { ...byDomain, AllowSandbox: 'perhaps' }, /AllowSandbox is "perhaps"/],
  ['a time that is too long', { ...byDomain, VerificationTimeoutMinutes: 601 }, /VerificationTimeoutMinutes is 601/],
];

test.each(refusals)('refuses %s, before anything is written', async (_name, properties, says, region = 'eu-west-1') => {
  const regionState = harness.regionState(region);
  const poolId = regionState.cognito.addPool();
  const before = regionState.cognito.describe(poolId);
  const start = harness.aws.calls.length;
  const create = { action: 'CREATE', properties: setupProperties(poolId, properties) } as const;
  expect(await expectFailure(harness, region, create, 'InvalidRequest')).toMatch(says);
  expect(harness.callsSince(start).filter((call) => !/^(Get|Describe)/.test(call))).toEqual([]);
  expect(regionState.cognito.describe(poolId)).toEqual(before);
});

test('refuses malformed and missing pool ids', async () => {
  const create = (UserPoolId: string) =>
    ({ action: 'CREATE', properties: setupProperties(UserPoolId, byDomain) }) as const;
  expect(await expectFailure(harness, 'eu-west-1', create('not a pool'), 'InvalidRequest')).toMatch(
    /not the id of a user pool/,
  );
  expect(await expectFailure(harness, 'eu-west-1', create(`eu-west-1_${'a'.repeat(46)}`), 'InvalidRequest')).toMatch(
    /not the id/,
  );
  expect(await expectFailure(harness, 'eu-west-1', create('eu-west-1_Gone'), 'InvalidRequest')).toMatch(
    /eu-west-1_Gone does not exist/,
  );
  const nothing = { action: 'CREATE', properties: {} } as const;
  expect(await expectFailure(harness, 'eu-west-1', nothing, 'InvalidRequest')).toMatch(
    /UserPoolId is missing.*EmailSendingAccount is missing/,
  );
});

test('reports all that is wrong at once', async () => {
  const poolId = harness.regionState('eu-west-1').cognito.addPool();
  const wrong = { ...byDomain, From: 'a@notexample.com', SesRegion: 'ap-south-1', Colour: 'red', TakeOver: 'no' };
  const inItself = { action: 'CREATE', properties: setupProperties(poolId, wrong) } as const;
  const message = await expectFailure(harness, 'eu-west-1', inItself, 'InvalidRequest');
  for (const property of ['From', 'SesRegion', 'Colour', 'TakeOver']) expect(message).toContain(property);

  const inTheWorld = {
    ...developer,
    Identity: 'pending@example.net',
    SesRegion: 'us-east-1',
    ConfigurationSet: 'nope',
  };
  const create = { action: 'CREATE', properties: setupProperties(poolId, inTheWorld) } as const;
  const said = await expectFailure(harness, 'eu-west-1', create, 'InvalidRequest');
  for (const part of [/not verified/, /sending paused/, /ConfigurationSet nope/]) expect(said).toMatch(part);
});

test('e-mail MFA forbids whatever ends on the default sender', async () => {
  const { cognito } = harness.regionState('eu-west-1');
  const poolId = cognito.addPool();
  const properties = setupProperties(poolId, byDomain);
  await harness.succeed('eu-west-1', { action: 'CREATE', properties });
  Object.assign(cognito.pools.get(poolId) ?? {}, { emailMfa: { Subject: 'code' } });
  const before = cognito.describe(poolId);
  const plain = setupProperties(poolId, { EmailSendingAccount: 'COGNITO_DEFAULT' });
  const attempts = [
    { action: 'DELETE', properties },
    { action: 'UPDATE', properties: plain, previous: properties },
  ] as const;
  for (const attempt of attempts) {
    expect(await expectFailure(harness, 'eu-west-1', attempt, 'InvalidRequest')).toMatch(
      /e-mail MFA.*turn e-mail MFA off first/,
    );
  }
  const fresh = cognito.addPool();
  Object.assign(cognito.pools.get(fresh) ?? {}, { emailMfa: {} });
  const create = { action: 'CREATE', properties: { ...plain, UserPoolId: fresh } } as const;
  expect(await expectFailure(harness, 'eu-west-1', create, 'InvalidRequest')).toMatch(/e-mail MFA/);
  expect(cognito.describe(poolId)).toEqual(before);
});

test('UserPoolId cannot change', async () => {
  const update = {
    action: 'UPDATE',
    properties: setupProperties('eu-west-1_B', byDomain),
    previous: setupProperties('eu-west-1_A', byDomain),
  } as const;
  expect(await expectFailure(harness, 'eu-west-1', update, 'NotUpdatable')).toMatch(/eu-west-1_A to eu-west-1_B/);
});

test('twenty policies on the identity, or fifty tags on the pool, are limits', async () => {
  const { cognito, ses } = harness.regionState('eu-west-1');
  const identity = ses.addIdentity('full@example.net');
  for (let n = 0; n < 20; n += 1) identity.policies.set(`other-${n}`, '{}');
  const full = {
    action: 'CREATE',
    properties: setupProperties(cognito.addPool(), { ...standard, Identity: 'full@example.net' }),
  };
  expect(await expectFailure(harness, 'eu-west-1', full as never, 'ServiceLimitExceeded')).toMatch(/20 policies/);
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag-${n}`, 'x']));
  const poolId = cognito.addPool({ UserPoolTags: tags });
  const tagged = { action: 'CREATE', properties: setupProperties(poolId, byDomain) } as const;
  expect(await expectFailure(harness, 'eu-west-1', tagged, 'ServiceLimitExceeded')).toMatch(/50 tags/);
});

test.each([
  ['a comma in a quoted name', { ...byDomain, From: '"Acme, Inc." <a@example.com>' }],
  ['a name in another script', { ...byDomain, From: '山田 <a@example.com>' }],
  ['a subdomain', { ...byDomain, From: 'a@mail.eu.example.com' }],
  ['a full stop in a name', { ...byDomain, From: 'SHOP.Example Sign In <a@example.com>' }],
  ['a name that CDK has encoded', { ...byDomain, From: '=?UTF-8?B?5bGx55Sw?= <a@example.com>' }],
  ['a domain in capitals in From', { ...byDomain, From: 'a@EXAMPLE.com' }],
  ['the sandbox, allowed', { ...byDomain, SesRegion: 'eu-west-2', AllowSandbox: true }, 'eu-west-2'],
  [
    'the sandbox with the default sender',
    { ...standard, SesRegion: 'eu-west-2', Identity: 'verified@example.net' },
    'eu-west-2',
  ],
  ['a pool Region that the table lacks', { ...byDomain, SesRegion: 'eu-west-1' }, 'ap-east-2'],
] as const)('accepts %s', async (_name, properties, region: string = 'eu-west-1') => {
  const poolId = harness.regionState(region).cognito.addPool();
  const created = await harness.succeed(region, { action: 'CREATE', properties: setupProperties(poolId, properties) });
  const { AllowSandbox: _w, ...declared } = properties as JsonObject;
  expect(created.resourceModel).toMatchObject(declared);
  expect(harness.regionState(region).canSend(poolId)).toMatchObject({ sends: true });
  await harness.succeed(region, { action: 'DELETE', properties: setupProperties(poolId, properties) });
  expect(attachments(harness, region, poolId)).toEqual([]);
});

test('a Cognito that refuses From with the default sender: rolled back, with the two ways out', async () => {
  harness.aws.behaviours.defaultSenderFrom = 'refuse';
  const { cognito } = harness.regionState('eu-west-1');
  const poolId = cognito.addPool();
  const before = cognito.describe(poolId);
  const properties = setupProperties(poolId, { ...standard, Identity: 'example.com', From: 'a@example.com' });
  const message = await expectFailure(harness, 'eu-west-1', { action: 'CREATE', properties }, 'InvalidRequest');
  harness.aws.behaviours.defaultSenderFrom = 'accept';
  expect(message).toMatch(/verify a@example\.com itself.*EmailSendingAccount: DEVELOPER/);
  expect(cognito.describe(poolId)).toEqual(before);
  expect(attachments(harness, 'eu-west-1', poolId)).toEqual([]);
});
