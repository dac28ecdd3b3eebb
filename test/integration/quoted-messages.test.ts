import type { Behaviours } from '../../emulator/behaviours';
import { finalProgressEvent } from '../../emulator/cloudformation/run-handler';
import type { Operation } from '../../emulator/cloudformation/types';
import type { Pool } from '../../emulator/cognito/state';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { quotedMessages, reads } from '../support/documents';
import { startTestHarness, type TestHarness } from '../support/harness';

/** How a message is brought about: one operation on a pool of its own. */
interface MessageCase {
  readonly action?: Operation['action'];
  /** The pool's Region and the end of its id. */
  readonly region?: string;
  readonly pool?: string;
  readonly settings?: JsonObject;
  /** What no setting of a pool expresses. */
  readonly nature?: Partial<Pool>;
  readonly declared?: JsonObject;
  readonly previous?: JsonObject;
  readonly context?: JsonObject;
  readonly modes?: Partial<Behaviours>;
  readonly faultPlan?: (call: Call) => Fault | undefined;
  readonly withoutCredentials?: boolean;
  readonly owner?: Operation['owner'];
}

const developer = { EmailSendingAccount: 'DEVELOPER' };
const byDomain = { ...developer, Identity: 'example.com', From: 'no-reply@example.com' };
const pending = { ...developer, Identity: 'pending@example.net' };
const standard = { EmailSendingAccount: 'COGNITO_DEFAULT' };
const refusing = (operation: string, name: string, message: string, status = 400) => ({
  faultPlan: (call: Call): Fault | undefined =>
    call.operation === operation ? { kind: 'error', status, name, message } : undefined,
});
const reading = (name: string, status: number) => ({
  action: 'READ' as const,
  ...refusing('DescribeUserPool', name, 'something', status),
});

const messageCases: readonly MessageCase[] = [
  // regions.md
  { declared: { ...byDomain, SesRegion: 'eu-central-1' } },
  { region: 'eu-west-3', declared: { ...byDomain, SesRegion: 'eu-west-1' } },
  { region: 'me-central-1', declared: { ...byDomain, SesRegion: 'eu-west-2' } },
  { region: 'me-central-1', declared: { ...standard, Identity: 'a@example.com', SesRegion: 'eu-west-2' } },
  { region: 'ap-east-2', declared: byDomain },
  { region: 'me-central-1', declared: byDomain },
  // no-mail.md
  { region: 'eu-central-1', declared: byDomain },
  { declared: { ...developer, Identity: 'no-reply@example.com' } },
  { declared: { ...developer, Identity: 'pending.example', From: 'a@pending.example' } },
  { declared: pending },
  {
    declared: { ...pending, VerificationTimeoutMinutes: 30 },
    context: {
      version: 3,
      phase: 'verifying',
      phaseStartedAt: Date.now() - 30 * 60_000,
      throttledInvocations: 0,
      answers: {},
    },
  },
  { region: 'eu-west-2', declared: byDomain },
  { region: 'us-east-1', declared: byDomain },
  {
    pool: 'Customers',
    declared: { ...standard, Identity: 'verified@example.net' },
    ...refusing('UpdateUserPool', 'InvalidEmailRoleAccessPolicyException', 'not allowed'),
  },
  { pool: 'Mfa', declared: standard, nature: { emailMfa: { Subject: 'Code' } } },
  { declared: { ...byDomain, ConfigurationSet: 'sign-up' } },
  { declared: { ...byDomain, ConfigurationSet: 'paused' } },
  { declared: { ...standard, Identity: 'a@guarded.example' } },
  // security.md
  { declared: { ...byDomain, From: 'A\r\nBcc: b@evil.example <a@example.com>' } },
  // coexistence.md
  {
    pool: 'Customers',
    declared: byDomain,
    settings: {
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/old@example.com',
      },
    },
  },
  // errors.md
  { declared: { ...developer, Identity: 'example.com' } },
  { declared: { ...byDomain, Frm: 'a@example.com' } },
  { declared: { ...byDomain, EmailConfiguration: {} } },
  { declared: { ...byDomain, ReplyToEmailAddress: '' } },
  { declared: { ...byDomain, Identity: 'Example <no-reply@example.com>' } },
  { declared: { ...byDomain, From: 'Example, Inc. <no-reply@example.com>' } },
  { pool: 'Unknown', declared: byDomain, ...refusing('UpdateUserPool', 'InvalidParameterException', 'No.') },
  { declared: { ...byDomain, UserPoolId: 'eu-west-1_Gone' } },
  {
    pool: 'Sms',
    declared: byDomain,
    settings: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
    nature: { smsRoleBroken: true },
  },
  {
    pool: 'Customers',
    declared: { ...byDomain, ...standard },
    modes: { defaultSenderFrom: 'refuse' },
  },
  { pool: 'Taken', declared: byDomain, settings: { UserPoolTags: { 'Org::Cognito::EmailSetup': 'v1 of another' } } },
  {
    pool: 'Replies',
    declared: byDomain,
    settings: { EmailConfiguration: { ...standard, ReplyToEmailAddress: 'help@example.com' } },
  },
  {
    pool: 'Owned',
    action: 'DELETE',
    declared: byDomain,
    settings: {
      UserPoolTags: { 'Org::Cognito::EmailSetup': `v2 ${'1'.repeat(16)} ${'2'.repeat(16)} ${'3'.repeat(16)}` },
    },
  },
  {
    pool: 'Changed',
    action: 'DELETE',
    owner: 'Cloud Control',
    declared: byDomain,
    settings: {
      UserPoolTags: { 'Org::Cognito::EmailSetup': `v2 ${'1'.repeat(16)} - ${'3'.repeat(16)}` },
      EmailConfiguration: {
        ...developer,
        SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/new@example.com',
      },
    },
  },
  { pool: 'Empty', action: 'READ' },
  {
    pool: 'Other',
    action: 'UPDATE',
    declared: byDomain,
    previous: { ...byDomain, UserPoolId: 'eu-west-1_Customers' },
  },
  {
    pool: 'Customers',
    declared: byDomain,
    ...refusing(
      'UpdateUserPool',
      'AccessDeniedException',
      'User: x is not authorized to perform: iam:CreateServiceLinkedRole on resource: y',
    ),
  },
  { action: 'READ', withoutCredentials: true },
  { pool: 'Customers', ...reading('UnrecognizedClientException', 400) },
  { pool: 'Customers', ...reading('TooManyRequestsException', 400) },
  { pool: 'Customers', ...reading('InternalErrorException', 500) },
  { pool: 'Customers', action: 'READ', faultPlan: () => ({ kind: 'reset' }) },
  { pool: 'Customers', ...reading('SomethingNewException', 400) },
  { declared: { ...standard, Identity: 'full.example', From: 'a@full.example' } },
  {
    pool: 'Tags',
    declared: byDomain,
    settings: { UserPoolTags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag${n}`, ''])) },
  },
  { pool: 'Import', declared: byDomain, nature: { importing: true } },
  {
    pool: 'Forgets',
    declared: byDomain,
    settings: { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    nature: { forgets: ['UserPoolAddOns'] },
  },
  {
    pool: 'Merges',
    action: 'UPDATE',
    declared: byDomain,
    previous: byDomain,
    modes: { partialEmailConfiguration: 'merge' },
    settings: {
      EmailConfiguration: {
        ...developer,
        SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
        From: 'old@example.com',
        ReplyToEmailAddress: 'help@example.com',
      },
    },
  },
];

let harness: TestHarness;
let usual: Behaviours;
beforeAll(async () => {
  harness = await startTestHarness();
  usual = { ...harness.aws.behaviours };
  for (const region of ['eu-west-1', 'eu-west-2', 'us-east-1']) {
    const { ses } = harness.regionState(region);
    for (const name of ['example.com', 'verified@example.net', 'full.example']) ses.addIdentity(name);
    for (const name of ['pending@example.net', 'pending.example']) ses.addIdentity(name, { verified: false });
  }
  harness.regionState('eu-west-2').ses.account.productionAccess = false;
  harness.regionState('us-east-1').ses.account.sendingEnabled = false;
  const { configurationSets, identities } = harness.regionState('eu-west-1').ses;
  const denial = { Effect: 'Deny', Principal: '*', Action: 'ses:Send*', Resource: '*' };
  harness.regionState('eu-west-1').ses.addIdentity('a@guarded.example');
  identities.get('a@guarded.example')?.policies.set('DenyAll', JSON.stringify({ Statement: [denial] }));
  configurationSets.set('paused', { sendingEnabled: false });
  for (let n = 0; n < 20; n += 1) identities.get('full.example')?.policies.set(`other${n}`, '{}');
});
afterAll(() => harness.close());

/** Creates the pool and runs the operation. Returns the message that it failed with. */
async function provoke(messageCase: MessageCase): Promise<string> {
  const {
    action = 'CREATE',
    region = 'eu-west-1',
    pool = 'Any',
    declared = {},
    previous,
    context,
    owner,
  } = messageCase;
  const { cognito } = harness.regionState(region);
  const id = cognito.addPool(messageCase.settings, { id: `${region}_${pool}` });
  Object.assign(cognito.pools.get(id) ?? {}, messageCase.nature);
  Object.assign(harness.aws.behaviours, usual, messageCase.modes);
  harness.aws.intercept = messageCase.faultPlan;
  const nobody = { credentials: { accessKeyId: '', secretAccessKey: '', sessionToken: '' } };
  const caller = { ...harness.caller(region), ...(messageCase.withoutCredentials && nobody) };
  const answer = await finalProgressEvent(caller, {
    action,
    owner,
    properties: { UserPoolId: id, ...declared },
    ...(previous && { previous }),
    ...(context && { callbackContext: context }),
  });
  expect(answer.status).toBe('FAILED');
  return answer.message ?? '';
}

test('every message that a document quotes is one that the built handler gives, and every one here is quoted', async () => {
  const given: string[] = [];
  for (const messageCase of messageCases) given.push(await provoke(messageCase));
  const quoted = quotedMessages();
  const invented = quoted.filter(({ message }) => !given.some((one) => reads(one, message)));
  expect(invented).toEqual([]);
  expect(given.filter((one) => !quoted.some(({ message }) => reads(one, message)))).toEqual([]);
});
