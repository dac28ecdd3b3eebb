import { type HandlerAnswer, type Operation, operate, payloadOf } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import { expectSetup, held } from '../support/expect-setup';
import { declaring, type Harness, refused, startHarness, succeed } from '../support/harness';
import { type Kind, kindsFor, type Row, table } from '../support/kinds';

const region = 'me-central-1';
const row = table.find((one) => one.region === region) as Row;
const [developer, byDomain, standard] = kindsFor(row) as [Kind, Kind, Kind];
const waits = { VerificationTimeoutMinutes: 10, AllowSandbox: true };

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness();
});
afterAll(() => stage.close());

function addIdentities(verified: boolean): void {
  for (const ses of row.sesRegions) {
    for (const name of ['no-reply@example.com', 'example.org']) stage.world(ses).ses.addIdentity(name, { verified });
  }
}

/** Runs an operation; `between` acts after each answer that is in progress. */
async function watched(operation: Operation, between: (round: number) => void): Promise<readonly HandlerAnswer[]> {
  const { onAnswer, ...caller } = stage.caller(region);
  const answers: HandlerAnswer[] = [];
  await operate(
    {
      ...caller,
      onAnswer: (action, answer) => {
        onAnswer?.(action, answer);
        answers.push(answer);
        if (answer.status === 'IN_PROGRESS') between(answers.length);
      },
    },
    operation,
  );
  return answers;
}

const verify = () => addIdentities(true);
const pools = () => stage.world(region).cognito;

test.each([developer, byDomain, standard])('waits until SES has verified the identity: $name', async (kind) => {
  addIdentities(false);
  const poolId = pools().addPool();
  const before = pools().describe(poolId);
  const start = stage.aws.calls.length;
  const properties = { ...declaring(poolId, kind.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, (round) => {
    if (round < 3) expect(pools().describe(poolId)).toEqual(before);
    if (round === 3) {
      expect(stage.callsSince(start).filter((call) => !/^(Get|Describe)/.test(call))).toEqual([]);
      verify();
    }
  });
  expect(answers.map((answer) => answer.status)).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'SUCCESS']);
  expect(answers[0]).toMatchObject({ callbackDelaySeconds: 30, resourceModel: properties });
  expect(answers[0]?.message).toMatch(/is not verified/);
  expectSetup(stage, region, poolId, kind);
});

test('an Update waits as well, and the old sender goes on meanwhile', async () => {
  addIdentities(true);
  const poolId = pools().addPool();
  const previous = declaring(poolId, developer.properties);
  await succeed(stage, region, { action: 'CREATE', properties: previous });
  for (const ses of row.sesRegions) stage.world(ses).ses.addIdentity('example.org', { verified: false });
  const properties = { ...declaring(poolId, byDomain.properties), ...waits };
  await watched({ action: 'UPDATE', properties, previous }, (round) => {
    expectSetup(stage, region, poolId, developer);
    if (round === 2) verify();
  });
  expectSetup(stage, region, poolId, byDomain);
});

test('over the time it is NotStabilized, with what SES still waits for', async () => {
  addIdentities(false);
  const poolId = pools().addPool();
  const properties = { ...declaring(poolId, byDomain.properties), ...waits };
  const operation = { action: 'CREATE', properties } as const;
  const { invoke } = stage.caller(region);
  const first = (await invoke(payloadOf(stage.caller(region), operation, 'token'))) as unknown as HandlerAnswer;
  expect(first.status).toBe('IN_PROGRESS');
  const context = first.callbackContext as JsonObject;
  const aged = { ...context, started: Number(context['started']) - 10 * 60_000 };
  const message = await refused(stage, region, { ...operation, callbackContext: aged }, 'NotStabilized');
  expect(message).toMatch(/After 10 minutes.*CNAME [0-9a-f]+\.dkim\.amazonses\.com/);
  expect(held(stage, region, poolId)).toEqual([]);
  // CloudFormation deletes what an answer has named: there is nothing of ours to delete.
  await refused(stage, region, { action: 'DELETE', properties: first.resourceModel ?? {} }, 'NotFound');
});

test('what SES found at its last look is in the message, and in the log once per change', async () => {
  addIdentities(false);
  const identities = row.sesRegions.flatMap((ses) => stage.world(ses).ses.identities.get('example.org') ?? []);
  const failing = (type: string) => {
    for (const identity of identities) identity.verificationError = { type, nameServer: 'ns1.registrar.example' };
  };
  failing('HOST_NOT_FOUND');
  const from = stage.handler.printed.length;
  const properties = { ...declaring(pools().addPool(), byDomain.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, (round) => {
    if (round === 3) failing('INVALID_VALUE');
    if (round === 6) verify();
  });
  expect(answers[0]?.message).toMatch(
    /looked last at 2023-07-22T04:26:40\.000Z, found HOST_NOT_FOUND, asked the name server ns1\.registrar\.example/,
  );
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'SUCCESS' });
  const lines = stage.handler.printed.slice(from).join('').split('\n');
  const saying = (type: string) => lines.filter((line) => line.includes(`"warn"`) && line.includes(type));
  expect([saying('HOST_NOT_FOUND').length, saying('INVALID_VALUE').length]).toEqual([1, 1]);
});

test('it looks every 30 seconds for ten minutes, then every other minute', async () => {
  addIdentities(false);
  const properties = { ...declaring(pools().addPool(), byDomain.properties), VerificationTimeoutMinutes: 600 };
  const operation = { action: 'CREATE', properties } as const;
  const caller = stage.caller(region);
  const invoke = async (callbackContext?: JsonObject) =>
    (await caller.invoke(
      payloadOf(caller, { ...operation, ...(callbackContext && { callbackContext }) }, 'token'),
    )) as unknown as HandlerAnswer;
  const first = await invoke();
  expect(first.callbackDelaySeconds).toBe(30);
  const context = first.callbackContext as JsonObject;
  const aged = (minutes: number) => ({ ...context, started: Number(context['started']) - minutes * 60_000 });
  expect((await invoke(aged(9))).callbackDelaySeconds).toBe(30);
  expect((await invoke(aged(11))).callbackDelaySeconds).toBe(120);
  expect((await invoke(aged(599))).callbackDelaySeconds).toBeLessThanOrEqual(60);
});

test('credentials that expire while it waits are said to', async () => {
  addIdentities(false);
  const properties = { ...declaring(pools().addPool(), byDomain.properties), ...waits };
  const expired = {
    kind: 'error',
    status: 400,
    name: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  } as const;
  const answers = await watched({ action: 'CREATE', properties }, () => {
    stage.aws.intercept = () => expired;
  });
  stage.aws.intercept = undefined;
  const last = answers.slice(-1)[0];
  expect(last?.errorCode).toBe('InvalidCredentials');
  expect(last?.message).toMatch(/session of this operation has expired.*longer than the session lasts/);
});

test('a configuration made by hand in mid-wait is AlreadyExists, and the Delete that follows leaves it', async () => {
  addIdentities(false);
  const poolId = pools().addPool();
  const byHand = {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-central-1:111122223333:identity/x.org',
  };
  const properties = { ...declaring(poolId, developer.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, () => {
    const pool = pools().pools.get(poolId);
    if (pool) pool.members = { ...pool.members, EmailConfiguration: byHand };
  });
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'FAILED', errorCode: 'AlreadyExists' });
  const before = pools().describe(poolId);
  await refused(stage, region, { action: 'DELETE', properties }, 'NotFound');
  expect(pools().describe(poolId)).toEqual(before);
});

test('an identity that vanishes in mid-wait ends the waiting', async () => {
  addIdentities(false);
  const poolId = pools().addPool();
  const properties = { ...declaring(poolId, developer.properties), ...waits };
  const answers = await watched({ action: 'CREATE', properties }, () =>
    stage.world('eu-central-1').ses.identities.delete('no-reply@example.com'),
  );
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
});

test('nothing is waited for that waiting cannot mend', async () => {
  addIdentities(false);
  stage.world('eu-central-1').ses.account.sendingEnabled = false;
  const properties = { ...declaring(pools().addPool(), developer.properties), ...waits };
  expect(await refused(stage, region, { action: 'CREATE', properties }, 'InvalidRequest')).toMatch(/paused/);
  stage.world('eu-central-1').ses.account.sendingEnabled = true;
});
