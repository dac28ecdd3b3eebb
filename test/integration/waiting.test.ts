import { type HandlerAnswer, type Operation, operate, payloadOf } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import { expectSetup, held } from '../support/expect-setup';
import { type Kind, kindsFor, type Row, table } from '../support/kinds';
import { declaring, refused, type Stage, setStage, succeed } from '../support/stage';

const region = 'me-central-1';
const row = table.find((one) => one.region === region) as Row;
const [developer, byDomain, standard] = kindsFor(row) as [Kind, Kind, Kind];
const waits = { VerificationTimeoutMinutes: 10, AllowSandbox: true };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
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
