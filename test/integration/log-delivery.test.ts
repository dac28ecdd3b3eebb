import { runHandler } from '../../emulator/cloudformation/run-handler';
import type { Caller, Operation } from '../../emulator/cloudformation/types';
import type { Fault, JsonObject } from '../../emulator/types';
import { shortHash } from '../../src/domain/owners';
import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';

const region = 'eu-west-1';
const provider = '999900001111';
const token = 'b1946ac9-2f6e-4d0e-a5d4-token';
let harness: TestHarness;
let group: string;
let count = 0;
beforeAll(async () => {
  // A delivery has a twentieth of the deadline.
  harness = await startTestHarness({
    environment: { EMAILSETUP_DEADLINE_MS: '30000', EMAILSETUP_PATIENCE_MS: '60000' },
  });
  harness.regionState(region).ses.addIdentity('example.com');
});
beforeEach(() => {
  count += 1;
  group = `org-cognito-emailsetup-logs-${count}`;
});
afterEach(() => {
  harness.aws.intercept = undefined;
});
afterAll(() => harness.close());

const cloudWatch = () => harness.aws.region(region, provider).cloudWatch;
const caller = (): Caller => ({
  ...harness.caller(region),
  provider: { credentials: harness.aws.credentials(provider), logGroup: group },
});
const create = (poolId = harness.regionState(region).cognito.addPool()): Operation => ({
  action: 'CREATE',
  token,
  properties: setupProperties(poolId, {
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.com',
    From: 'a@example.com',
  }),
});
const run = async (operation: Operation) => (await runHandler(caller(), operation)).slice(-1)[0];
/** The provider's calls since `start`, with how each ended. */
const delivery = (start: number) =>
  harness.aws.calls
    .slice(start)
    .filter((call) => call.account === provider)
    .map(({ operation, error }) => (error ? `${operation} ${error}` : operation))
    .sort();
const lines = (): readonly JsonObject[] =>
  (cloudWatch().groups.get(group)?.batches ?? []).flatMap(({ messages }) => messages.map((line) => JSON.parse(line)));
const faultAt = (operation: RegExp, fault: Fault) => {
  harness.aws.intercept = (call) => (operation.test(call.operation) ? fault : undefined);
};
const denied = (message: string): Fault => ({ kind: 'error', status: 400, name: 'AccessDeniedException', message });

test('an invocation’s log is one batch; the stream is made when it is missing, and not again', async () => {
  cloudWatch().addGroup(group);
  const operation = create();
  const start = harness.aws.calls.length;
  expect(await run(operation)).toMatchObject({ status: 'SUCCESS' });
  const missing = 'PutLogEvents ResourceNotFoundException';
  expect(delivery(start)).toEqual(['CreateLogStream', 'PutLogEvents', missing]);
  const next = harness.aws.calls.length;
  expect(await run({ ...operation, action: 'READ' })).toMatchObject({ status: 'SUCCESS' });
  expect(delivery(next)).toEqual(['PutLogEvents']);
  const batches = cloudWatch().groups.get(group)?.batches ?? [];
  expect(batches.map(({ stream }) => stream)).toEqual(
    Array(2).fill(
      `arn__aws__cloudformation__${region}__111122223333__stack/example/7d0c3c70-5f5b-11ef-9d3c-0a1b2c3d4e5f/EmailSetup`,
    ),
  );
});

test('the group is made when it is missing', async () => {
  const start = harness.aws.calls.length;
  expect(await run(create())).toMatchObject({ status: 'SUCCESS' });
  const missing = 'ResourceNotFoundException';
  expect(delivery(start)).toEqual([
    'CreateLogGroup',
    'CreateLogStream',
    `CreateLogStream ${missing}`,
    'PutLogEvents',
    `PutLogEvents ${missing}`,
  ]);
  expect(lines().map(({ message }) => message)).toEqual(['Done.', 'Metrics.']);
});

test('lines are structured and carry the hash of the request token that stands in the pool’s tag', async () => {
  const [identity] = [...harness.regionState(region).ses.identities.values()];
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  const statement = { Effect: 'Deny', Principal: '*', Action: 'ses:*', Resource: '*', Condition };
  identity?.policies.set('Guard', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  const poolId = harness.regionState(region).cognito.addPool();
  await run(create(poolId));
  identity?.policies.delete('Guard');
  const tag = (harness.regionState(region).cognito.describe(poolId)['UserPoolTags'] as JsonObject)[
    'Org::Cognito::EmailSetup'
  ];
  const about = { action: 'CREATE', logicalResourceId: 'EmailSetup', request: shortHash(token) };
  expect(String(tag).split(' ').slice(0, 2)).toEqual(['v2', about.request]);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(lines()).toEqual([
    { level: 'warn', time, ...about, message: expect.stringContaining('Policy Guard') },
    { level: 'info', time, ...about, status: 'SUCCESS', milliseconds: expect.any(Number), message: 'Done.' },
    expect.objectContaining({ level: 'info', time, ...about, message: 'Metrics.' }),
  ]);
  expect(harness.handler.printed.join('')).toContain(JSON.stringify(lines()[0]));
});

test('no secret, and no address beyond the declared ones, is in a line, whatever AWS says', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = harness.aws.credentials();
  const logging = harness.aws.credentials(provider);
  const secrets = [accessKeyId, secretAccessKey, sessionToken, token, ...Object.values(logging)];
  faultAt(/^GetEmailIdentity$/, denied(`someone@example.org may not use a@example.com. ${accessKeyId} ${token}`));
  expect(await runHandler({ ...caller(), onProgressEvent: () => undefined }, create())).toMatchObject([
    { errorCode: 'AccessDenied' },
  ]);
  const text = JSON.stringify(lines());
  expect(text).toContain('<address> may not use a@example.com. <secret> <secret>');
  for (const secret of secrets) expect(text + harness.handler.printed.join('')).not.toContain(secret);
});

test('metrics come with the log, in one line: count, duration and the code of a failure', async () => {
  const { metrics } = cloudWatch();
  const start = metrics.length;
  const before = Date.now();
  await run({ ...create('eu-west-1_Nowhere'), action: 'READ' });
  expect(lines().filter((line) => '_aws' in line)).toHaveLength(1);
  const dimensions = { DimensionKeyActionType: 'READ', DimensionKeyResourceType: 'Org::Cognito::EmailSetup' };
  const one = {
    namespace: 'Org/Cognito/EmailSetup',
    timestamp: expect.any(Number),
    value: 1,
    unit: 'Count',
    dimensions,
  };
  expect(metrics.slice(start)).toEqual([
    { ...one, name: 'HandlerInvocationCount' },
    { ...one, name: 'HandlerInvocationDuration', unit: 'Milliseconds', value: expect.any(Number) },
    { ...one, name: 'HandlerException', dimensions: { ...dimensions, DimensionKeyExceptionType: 'NotFound' } },
  ]);
  for (const { timestamp } of metrics.slice(start)) expect(timestamp).toBeGreaterThanOrEqual(before);
});

test('metrics are not printed, where they would become those of CloudFormation’s own account', async () => {
  await run(create());
  expect(lines().map((line) => Object.keys(line).includes('_aws'))).toEqual([false, true]);
  expect(harness.handler.printed.join('')).not.toContain('_aws');
});

test.each<[string, Fault]>([
  ['denied', denied('not allowed')],
  ['throttled', { kind: 'error', status: 400, name: 'ThrottlingException', message: 'Rate exceeded' }],
  ['failing', { kind: 'malformed', status: 500, contentType: 'text/html', body: '<p>' }],
  ['reset', { kind: 'reset' }],
  ['silent', { kind: 'hang' }],
])('an operation succeeds with its delivery %s, and asks once', async (_what, fault) => {
  faultAt(/^PutLogEvents$/, fault);
  const start = harness.aws.calls.length;
  const answer = await run(create());
  expect(answer).toMatchObject({ status: 'SUCCESS' });
  // What the function prints is in an account of CloudFormation's.
  expect(answer?.message).toMatch(/^The log of this operation was not delivered \(\w+\): check the log role/);
  expect(delivery(start).map((call) => call.split(' ')[0])).toEqual(['PutLogEvents']);
  expect(harness.handler.printed.slice(-1).join('')).toContain('was not delivered');
  expect(lines()).toEqual([]);
});

test('a failure keeps its message, whatever becomes of its log', async () => {
  faultAt(/^PutLogEvents$/, denied('not allowed'));
  const answer = await run({ ...create('eu-west-1_Nowhere'), action: 'READ' });
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
  expect(answer?.message).toMatch(
    /^User pool .* The log of this operation was not delivered \(AccessDeniedException\): /,
  );
});

test('without a logging role nothing is delivered', async () => {
  const start = harness.aws.calls.length;
  await runHandler(harness.caller(region), create());
  expect(harness.callsSince(start).filter((call) => /^(PutLog|CreateLog)/.test(call))).toEqual([]);
});
