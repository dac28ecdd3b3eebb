import { payloadOf } from '../../emulator/cloudformation/payload';
import type { JsonObject } from '../../emulator/types';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';

const region = 'eu-west-1';
let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
  harness.regionState(region).ses.addIdentity('example.com');
});
afterAll(() => harness.close());

const properties = (poolId: string): JsonObject =>
  setupProperties(poolId, {
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.com',
    From: 'a@example.com',
    AllowSandbox: true,
    VerificationTimeoutMinutes: 5,
    Revision: '1',
  });

describe('the wire', () => {
  test.each(['strings', 'typed'])('primitives may come as %s', async (form) => {
    const poolId = harness.regionState(region).cognito.addPool();
    const caller = harness.caller(region);
    const payload = payloadOf(caller, { action: 'CREATE', properties: properties(poolId) }, 'token');
    const requestData = payload['requestData'] as JsonObject;
    const sent = form === 'typed' ? properties(poolId) : requestData['resourceProperties'];
    expect(typeof (sent as JsonObject)['VerificationTimeoutMinutes']).toBe(form === 'typed' ? 'number' : 'string');
    const answer = await caller.invoke({ ...payload, requestData: { ...requestData, resourceProperties: sent ?? {} } });
    expect(answer).toMatchObject({ status: 'SUCCESS', resourceModel: { Identity: 'example.com', SesRegion: region } });
    for (const name of ['AllowSandbox', 'VerificationTimeoutMinutes', 'Revision']) {
      expect(answer['resourceModel']).not.toHaveProperty(name);
    }
  });

  test('a request without credentials is InvalidCredentials and asks about the execution role', async () => {
    const caller = harness.caller(region);
    const payload = payloadOf(caller, { action: 'READ', properties: { UserPoolId: 'eu-west-1_A' } }, 'token');
    const { callerCredentials: _none, ...requestData } = payload['requestData'] as JsonObject;
    const start = harness.aws.calls.length;
    const answer = await caller.invoke({ ...payload, requestData });
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidCredentials' });
    expect(answer['message']).toMatch(/is the execution role registered/);
    expect(harness.aws.calls).toHaveLength(start);
  });

  test('credentials that AWS does not know are InvalidCredentials', async () => {
    const caller = {
      ...harness.caller(region),
      credentials: { accessKeyId: 'ASIAX', secretAccessKey: 'x', sessionToken: 'y' },
    };
    const payload = payloadOf(caller, { action: 'READ', properties: { UserPoolId: 'eu-west-1_A' } }, 'token');
    expect(await caller.invoke(payload)).toMatchObject({ status: 'FAILED', errorCode: 'InvalidCredentials' });
  });

  test('an id that no pool can have is NotFound for Read and Delete', async () => {
    for (const action of ['READ', 'DELETE'] as const) {
      await expectFailure(harness, region, { action, properties: { UserPoolId: 'nonsense' } }, 'NotFound');
    }
  });
});

describe('List', () => {
  test('goes through all pages and names only pools with a setup', async () => {
    const other = 'eu-west-3';
    harness.regionState(other).ses.addIdentity('example.com');
    const ids = Array.from({ length: 130 }, () => harness.regionState(other).cognito.addPool());
    const wanted = [ids[0], ids[64], ids[129]].map(String);
    for (const poolId of wanted) await harness.succeed(other, { action: 'CREATE', properties: properties(poolId) });
    const found: unknown[] = [];
    let pages = 0;
    for (let nextToken: string | undefined; pages === 0 || nextToken !== undefined; pages += 1) {
      const start = harness.aws.calls.length;
      const answer = await harness.succeed(other, { action: 'LIST', ...(nextToken && { nextToken }) });
      expect(harness.callsSince(start).filter((call) => call.startsWith('ListUserPools'))).toHaveLength(1);
      found.push(...(answer.resourceModels ?? []));
      nextToken = answer.nextToken;
    }
    expect(pages).toBe(3);
    expect(found).toEqual(wanted.map((UserPoolId) => ({ UserPoolId })));
  });

  test('of a Region without pools is empty', async () => {
    const answer = await harness.succeed('sa-east-1', { action: 'LIST' });
    expect(answer.resourceModels).toEqual([]);
    expect(answer.nextToken).toBeUndefined();
  });
});

/** As live services have it, by other tools or by hand. */
const senders = [
  'SHOP.Example Sign In <a@example.com>',
  'Acme  (shop) <a@example.com>',
  '=?UTF-8?B?QW5kcsOp?= <a@example.com>',
  '=?UTF-8?Q?Andr=C3=A9?= <a@example.com>',
  '<a@example.com>',
];

test.each(senders)('the live sender %s is imported, updated, changed, and rolled back to', async (From) => {
  const { cognito } = harness.regionState(region);
  const SourceArn = `arn:aws:ses:${region}:111122223333:identity/example.com`;
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER', SourceArn, From };
  const poolId = cognito.addPool({ EmailConfiguration });
  const { resourceModel: read = {} } = await harness.succeed(region, {
    action: 'READ',
    properties: { UserPoolId: poolId },
  });
  expect(read).toMatchObject({ From, SourceArn, SesRegions: [region] });
  const imported = { ...read, Revision: '1' };
  const live = () => cognito.describe(poolId)?.['EmailConfiguration'];
  await harness.succeed(region, { action: 'UPDATE', properties: imported, previous: read });
  expect(live()).toEqual(EmailConfiguration);
  const other = { ...imported, From: 'b@example.com' };
  await harness.succeed(region, { action: 'UPDATE', properties: other, previous: imported });
  const back = await harness.succeed(region, { action: 'UPDATE', properties: imported, previous: other });
  expect(live()).toEqual(EmailConfiguration);
  expect(back.resourceModel).toEqual(read);
});

test('Read is one call', async () => {
  const poolId = harness.regionState(region).cognito.addPool();
  await harness.succeed(region, { action: 'CREATE', properties: properties(poolId) });
  const start = harness.aws.calls.length;
  await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
  expect(harness.callsSince(start)).toEqual([`DescribeUserPool@${region}`]);
});
