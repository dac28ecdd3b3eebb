import { payloadOf } from '../../emulator/cloudformation/payload';
import { runHandler } from '../../emulator/cloudformation/run-handler';
import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { attachments, expectSetup } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

const region = 'me-central-1';
const row = regionTable.find((one) => one.region === region) as RegionRow;
const [developer, byDomain, standard] = kindsFor(row) as [SetupKind, SetupKind, SetupKind];
const waits = { VerificationTimeoutMinutes: 10, AllowSandbox: true };

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
});
afterAll(() => harness.close());

function addIdentities({ verified }: { readonly verified: boolean }): void {
  for (const ses of row.sesRegions) {
    for (const name of ['no-reply@example.com', 'example.org'])
      harness.regionState(ses).ses.addIdentity(name, { verified });
  }
}

/** Runs an operation; `between` acts after each answer that is in progress. */
async function watched(operation: Operation, between: (round: number) => void): Promise<readonly ProgressEvent[]> {
  const { onProgressEvent, ...caller } = harness.caller(region);
  const answers: ProgressEvent[] = [];
  await runHandler(
    {
      ...caller,
      onProgressEvent: (action, answer) => {
        onProgressEvent?.(action, answer);
        answers.push(answer);
        if (answer.status === 'IN_PROGRESS') between(answers.length);
      },
    },
    operation,
  );
  return answers;
}

const verify = () => addIdentities({ verified: true });
const pools = () => harness.regionState(region).cognito;

test.each([developer, byDomain, standard])('waits until SES has verified the identity: $name', async (kind) => {
  addIdentities({ verified: false });
  const poolId = pools().addPool();
  const before = pools().describe(poolId);
  const start = harness.aws.calls.length;
  const properties = { ...setupProperties(poolId, kind.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, (round) => {
    if (round < 3) expect(pools().describe(poolId)).toEqual(before);
    if (round === 3) {
      expect(harness.callsSince(start).filter((call) => !/^(Get|Describe)/.test(call))).toEqual([]);
      verify();
    }
  });
  expect(answers.map((answer) => answer.status)).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'SUCCESS']);
  expect(answers[0]).toMatchObject({ callbackDelaySeconds: 30, resourceModel: properties });
  expect(answers[0]?.message).toMatch(/is not verified/);
  expectSetup(harness, region, poolId, kind);
});

test('an Update waits as well, and the old sender stays in use meanwhile', async () => {
  addIdentities({ verified: true });
  const poolId = pools().addPool();
  const previous = setupProperties(poolId, developer.properties);
  await harness.succeed(region, { action: 'CREATE', properties: previous });
  for (const ses of row.sesRegions) harness.regionState(ses).ses.addIdentity('example.org', { verified: false });
  const properties = { ...setupProperties(poolId, byDomain.properties), ...waits };
  await watched({ action: 'UPDATE', properties, previous }, (round) => {
    expectSetup(harness, region, poolId, developer);
    if (round === 2) verify();
  });
  expectSetup(harness, region, poolId, byDomain);
});

test('after the timeout it is NotStabilized, with what SES still waits for', async () => {
  addIdentities({ verified: false });
  const poolId = pools().addPool();
  const properties = { ...setupProperties(poolId, byDomain.properties), ...waits };
  const operation = { action: 'CREATE', properties } as const;
  const { invoke } = harness.caller(region);
  const first = (await invoke(payloadOf(harness.caller(region), operation, 'token'))) as unknown as ProgressEvent;
  expect(first.status).toBe('IN_PROGRESS');
  const context = first.callbackContext as JsonObject;
  const aged = { ...context, phaseStartedAt: Number(context['phaseStartedAt']) - 10 * 60_000 };
  const message = await expectFailure(harness, region, { ...operation, callbackContext: aged }, 'NotStabilized');
  expect(message).toMatch(/After 10 minutes.*CNAME [0-9a-f]+\.dkim\.amazonses\.com/);
  expect(attachments(harness, region, poolId)).toEqual([]);
  // CloudFormation deletes what an answer has named: there is nothing of ours to delete.
  await expectFailure(harness, region, { action: 'DELETE', properties: first.resourceModel ?? {} }, 'NotFound');
});

test('what SES found at its last look is in the message, and in the log once per change', async () => {
  addIdentities({ verified: false });
  const identities = row.sesRegions.flatMap((ses) => harness.regionState(ses).ses.identities.get('example.org') ?? []);
  const failing = (type: string) => {
    for (const identity of identities) identity.verificationError = { type, nameServer: 'ns1.registrar.example' };
  };
  failing('HOST_NOT_FOUND');
  const from = harness.handler.printed.length;
  const properties = { ...setupProperties(pools().addPool(), byDomain.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, (round) => {
    if (round === 3) failing('INVALID_VALUE');
    if (round === 6) verify();
  });
  expect(answers[0]?.message).toMatch(
    /looked last at 2023-07-22T04:26:40\.000Z, found HOST_NOT_FOUND, asked the name server ns1\.registrar\.example/,
  );
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'SUCCESS' });
  const lines = harness.handler.printed.slice(from).join('').split('\n');
  const saying = (type: string) => lines.filter((line) => line.includes(`"warn"`) && line.includes(type));
  expect([saying('HOST_NOT_FOUND').length, saying('INVALID_VALUE').length]).toEqual([1, 1]);
});

test('it looks every 30 seconds for ten minutes, then every other minute', async () => {
  addIdentities({ verified: false });
  const properties = { ...setupProperties(pools().addPool(), byDomain.properties), VerificationTimeoutMinutes: 600 };
  const operation = { action: 'CREATE', properties } as const;
  const caller = harness.caller(region);
  const invoke = async (callbackContext?: JsonObject) =>
    (await caller.invoke(
      payloadOf(caller, { ...operation, ...(callbackContext && { callbackContext }) }, 'token'),
    )) as unknown as ProgressEvent;
  const first = await invoke();
  expect(first.callbackDelaySeconds).toBe(30);
  const context = first.callbackContext as JsonObject;
  const aged = (minutes: number) => ({
    ...context,
    phaseStartedAt: Number(context['phaseStartedAt']) - minutes * 60_000,
  });
  expect((await invoke(aged(9))).callbackDelaySeconds).toBe(30);
  expect((await invoke(aged(11))).callbackDelaySeconds).toBe(120);
  expect((await invoke(aged(599))).callbackDelaySeconds).toBeLessThanOrEqual(60);
});

test('credentials that expire while it waits are named as the cause', async () => {
  addIdentities({ verified: false });
  const properties = { ...setupProperties(pools().addPool(), byDomain.properties), ...waits };
  const expired = {
    kind: 'error',
    status: 400,
    name: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  } as const;
  const answers = await watched({ action: 'CREATE', properties }, () => {
    harness.aws.intercept = () => expired;
  });
  harness.aws.intercept = undefined;
  const last = answers.slice(-1)[0];
  expect(last?.errorCode).toBe('InvalidCredentials');
  expect(last?.message).toMatch(/session of this operation has expired.*longer than the session lasts/);
});

test('a configuration made by hand during the wait is AlreadyExists, and the Delete that follows leaves it', async () => {
  addIdentities({ verified: false });
  const poolId = pools().addPool();
  const byHand = {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-central-1:111122223333:identity/x.org',
  };
  const properties = { ...setupProperties(poolId, developer.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, () => {
    const pool = pools().pools.get(poolId);
    if (pool) pool.members = { ...pool.members, EmailConfiguration: byHand };
  });
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'FAILED', errorCode: 'AlreadyExists' });
  const before = pools().describe(poolId);
  await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
  expect(pools().describe(poolId)).toEqual(before);
});

test('an identity that is deleted during the wait ends it', async () => {
  addIdentities({ verified: false });
  const poolId = pools().addPool();
  const properties = { ...setupProperties(poolId, developer.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, () =>
    harness.regionState('eu-central-1').ses.identities.delete('no-reply@example.com'),
  );
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
});

test('nothing is waited for that waiting cannot mend', async () => {
  addIdentities({ verified: false });
  harness.regionState('eu-central-1').ses.account.sendingEnabled = false;
  const properties = { ...setupProperties(pools().addPool(), developer.properties), ...waits };
  expect(await expectFailure(harness, region, { action: 'CREATE', properties }, 'InvalidRequest')).toMatch(/paused/);
  harness.regionState('eu-central-1').ses.account.sendingEnabled = true;
});
