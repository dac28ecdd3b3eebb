import { payloadOf } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import { declaring, type Harness, refused, startHarness, succeed } from '../support/harness';

const region = 'eu-west-1';
let stage: Harness;
beforeAll(async () => {
  stage = await startHarness();
  stage.world(region).ses.addIdentity('example.com');
});
afterAll(() => stage.close());

const properties = (poolId: string): JsonObject =>
  declaring(poolId, {
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.com',
    From: 'a@example.com',
    AllowSandbox: true,
    VerificationTimeoutMinutes: 5,
    Revision: '1',
  });

describe('the wire', () => {
  test.each(['strings', 'typed'])('primitives may come as %s', async (form) => {
    const poolId = stage.world(region).cognito.addPool();
    const caller = stage.caller(region);
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
    const caller = stage.caller(region);
    const payload = payloadOf(caller, { action: 'READ', properties: { UserPoolId: 'eu-west-1_A' } }, 'token');
    const { callerCredentials: _none, ...requestData } = payload['requestData'] as JsonObject;
    const start = stage.aws.calls.length;
    const answer = await caller.invoke({ ...payload, requestData });
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidCredentials' });
    expect(answer['message']).toMatch(/is the execution role registered/);
    expect(stage.aws.calls).toHaveLength(start);
  });

  test('credentials that AWS does not know are InvalidCredentials', async () => {
    const caller = {
      ...stage.caller(region),
      credentials: { accessKeyId: 'ASIAX', secretAccessKey: 'x', sessionToken: 'y' },
    };
    const payload = payloadOf(caller, { action: 'READ', properties: { UserPoolId: 'eu-west-1_A' } }, 'token');
    expect(await caller.invoke(payload)).toMatchObject({ status: 'FAILED', errorCode: 'InvalidCredentials' });
  });

  test('an id that no pool can have is NotFound for Read and Delete', async () => {
    for (const action of ['READ', 'DELETE'] as const) {
      await refused(stage, region, { action, properties: { UserPoolId: 'nonsense' } }, 'NotFound');
    }
  });
});

describe('List', () => {
  test('goes through all pages and names only pools with a setup', async () => {
    const other = 'eu-west-3';
    stage.world(other).ses.addIdentity('example.com');
    const ids = Array.from({ length: 130 }, () => stage.world(other).cognito.addPool());
    const wanted = [ids[0], ids[64], ids[129]].map(String);
    for (const poolId of wanted) await succeed(stage, other, { action: 'CREATE', properties: properties(poolId) });
    const found: unknown[] = [];
    let pages = 0;
    for (let nextToken: string | undefined; pages === 0 || nextToken !== undefined; pages += 1) {
      const start = stage.aws.calls.length;
      const answer = await succeed(stage, other, { action: 'LIST', ...(nextToken && { nextToken }) });
      expect(stage.callsSince(start).filter((call) => call.startsWith('ListUserPools'))).toHaveLength(1);
      found.push(...(answer.resourceModels ?? []));
      nextToken = answer.nextToken;
    }
    expect(pages).toBe(3);
    expect(found).toEqual(wanted.map((UserPoolId) => ({ UserPoolId })));
  });

  test('of a Region without pools is empty', async () => {
    const answer = await succeed(stage, 'sa-east-1', { action: 'LIST' });
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
  const { cognito } = stage.world(region);
  const SourceArn = `arn:aws:ses:${region}:111122223333:identity/example.com`;
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER', SourceArn, From };
  const poolId = cognito.addPool({ EmailConfiguration });
  const { resourceModel: read = {} } = await succeed(stage, region, {
    action: 'READ',
    properties: { UserPoolId: poolId },
  });
  expect(read).toMatchObject({ From, SourceArn, SesRegions: [region] });
  const imported = { ...read, Revision: '1' };
  const live = () => cognito.describe(poolId)?.['EmailConfiguration'];
  await succeed(stage, region, { action: 'UPDATE', properties: imported, previous: read });
  expect(live()).toEqual(EmailConfiguration);
  const other = { ...imported, From: 'b@example.com' };
  await succeed(stage, region, { action: 'UPDATE', properties: other, previous: imported });
  const back = await succeed(stage, region, { action: 'UPDATE', properties: imported, previous: other });
  expect(live()).toEqual(EmailConfiguration);
  expect(back.resourceModel).toEqual(read);
});

test('Read is one call', async () => {
  const poolId = stage.world(region).cognito.addPool();
  await succeed(stage, region, { action: 'CREATE', properties: properties(poolId) });
  const start = stage.aws.calls.length;
  await succeed(stage, region, { action: 'READ', properties: { UserPoolId: poolId } });
  expect(stage.callsSince(start)).toEqual([`DescribeUserPool@${region}`]);
});
