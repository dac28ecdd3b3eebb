import { runHandler } from '../../emulator/cloudformation/run-handler';
import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import { type HostedFunction, hostFunction } from '../../emulator/function/host';
import { builtHandler } from '../../emulator/harness';
import { startAws } from '../../emulator/index';
import { testDelayScale, testTimeouts } from '../support/harness';
import { record } from '../support/reliability';
import { assertObeysSchema } from '../support/schema';
import { acceptDefaultSenderFrom, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';
import { type Account, accountOn, type ComparedPool } from './account';
import { accepts } from './leniencies';
import { startMoto } from './server';

/*
 * The same operations on two AWSs: the embedded one, and moto, which is a project of its own. Both are looked at through the
 * SDK's own clients, and must end in the same state.
 */

/** An AWS with a handler of its own. */
type Hosted = Account & { readonly handler: HostedFunction };
let [embedded, moto]: Hosted[] = [];
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const [aws, other] = await Promise.all([startAws({ behaviours: acceptDefaultSenderFrom }), startMoto()]);
  const account = '123456789012';
  const hosted = (on: Account): Hosted => {
    const handler = hostFunction(builtHandler, { AWS_ENDPOINT_URL: on.url, ...testTimeouts });
    closing.push(handler.stop);
    return { ...on, handler };
  };
  embedded = hosted(
    accountOn(aws.url, aws.credentials(account), (region, name) => {
      aws.region(region, account).ses.addIdentity(name);
    }),
  );
  const anyone = { accessKeyId: 'A'.repeat(20), secretAccessKey: 'moto', sessionToken: 'moto' };
  moto = hosted(accountOn(other.url, anyone));
  closing.push(aws.close, other.close);
}, 300_000);
afterAll(async () => {
  for (const close of closing) await close();
});

const rowOf = (region: string) => regionTable.find((row) => row.region === region) as RegionRow;
let compared = 0;

/** Runs the same operations on both. Returns what each saw: the answers, and the state after each. */
async function onBoth(
  row: RegionRow,
  operations: (pool: ComparedPool, run: Run) => Promise<unknown>,
): Promise<unknown[]> {
  return Promise.all([embedded, moto].map(async (account) => runOn(account as Hosted, row, operations)));
}

type Run = (operation: Operation) => Promise<ProgressEvent>;

async function runOn(account: Hosted, row: RegionRow, operations: (pool: ComparedPool, run: Run) => Promise<unknown>) {
  const pool = await account.prepare(row);
  const run: Run = async (operation) => {
    const caller = {
      invoke: account.handler.invoke,
      region: row.region,
      account: '123456789012',
      credentials: account.credentials,
      delayScale: testDelayScale,
      onProgressEvent: assertObeysSchema,
    };
    const answers = await runHandler(caller, operation);
    return answers[answers.length - 1] as ProgressEvent;
  };
  return operations(pool, run);
}

const summaryOf = ({ status, errorCode, resourceModel }: ProgressEvent) => ({ status, errorCode, resourceModel });

/** What an operation summaryOf and left, without what differs between the two AWSs. */
async function after(pool: ComparedPool, answer: ProgressEvent) {
  compared += 1;
  return pool.neutral({ ...summaryOf(answer), state: await pool.normalizedSnapshot() });
}

const declare = (pool: ComparedPool, kind: SetupKind, more = {}) => ({
  UserPoolId: pool.poolId,
  ...kind.properties,
  ...more,
});

// Every alternate row has Regions of its own; of the others, which differ by their names alone, every third.
const rows = regionTable.filter(({ category }, number) => category === 'alternate' || number % 3 === 0);

test.each(rows.map((row) => [row.region, row] as const))(
  '%s: every kind of setup, from Create to Delete',
  async (_region, row) => {
    const [here, there] = await onBoth(row, async (pool, run) => {
      const seen: unknown[] = [];
      for (const kind of kindsFor(row)) {
        const properties = declare(pool, kind);
        seen.push(await after(pool, await run({ action: 'CREATE', properties })));
        seen.push(pool.neutral(summaryOf(await run({ action: 'READ', properties: { UserPoolId: pool.poolId } }))));
        seen.push(await after(pool, await run({ action: 'DELETE', properties })));
      }
      return seen;
    });
    expect(here).toHaveLength(15);
    expect(here).toEqual(Array(15).fill(expect.objectContaining({ status: 'SUCCESS' })));
    expect(there).toEqual(here);
  },
);

test.each(['eu-west-3', 'eu-west-2', 'me-central-1'])('%s: every update from one kind to another', async (region) => {
  const kinds = kindsFor(rowOf(region));
  const [here, there] = await onBoth(rowOf(region), async (pool, run) => {
    const seen: unknown[] = [];
    let previous = declare(pool, kinds[0] as SetupKind);
    await run({ action: 'CREATE', properties: previous });
    for (const from of kinds) {
      for (const to of kinds) {
        for (const kind of [from, to]) {
          const properties = declare(pool, kind);
          seen.push(await after(pool, await run({ action: 'UPDATE', properties, previous })));
          previous = properties;
        }
      }
    }
    return seen;
  });
  expect(here).toEqual(Array(50).fill(expect.objectContaining({ status: 'SUCCESS' })));
  expect(there).toEqual(here);
});

test('what is refused, and the state after each refusal', async () => {
  const row = rowOf('me-central-1');
  const [developer, , standard] = kindsFor(row) as [SetupKind, SetupKind, SetupKind];
  const [here, there] = await onBoth(row, async (pool, run) => {
    const properties = declare(pool, developer);
    const requests: Operation[] = [
      { action: 'READ', properties: { UserPoolId: pool.poolId } },
      { action: 'UPDATE', properties, previous: properties },
      { action: 'DELETE', properties },
      { action: 'CREATE', properties: { ...properties, UserPoolId: 'me-central-1_Nobody' } },
      { action: 'CREATE', properties: { ...properties, Identity: 'nobody@example.net' } },
      { action: 'CREATE', properties: { ...properties, ConfigurationSet: 'not-there' } },
      { action: 'CREATE', properties },
      { action: 'CREATE', properties },
      { action: 'CREATE', properties: declare(pool, standard, { TakeOver: true }) },
      { action: 'DELETE', properties: declare(pool, standard) },
      { action: 'DELETE', properties: declare(pool, standard) },
    ];
    const seen: unknown[] = [];
    for (const operation of requests) seen.push(await after(pool, await run(operation)));
    return seen;
  });
  const codes = (here as { errorCode?: string }[]).map(({ errorCode = 'ok' }) => errorCode).join(' ');
  expect(codes).toBe(
    'NotFound NotFound NotFound InvalidRequest InvalidRequest InvalidRequest ok AlreadyExists ok ok NotFound',
  );
  expect(there).toEqual(here);
});

test.each(Object.entries(accepts))('moto still accepts %s, which AWS refuses', async (_name, change) => {
  const [here, there] = await Promise.all(
    [embedded, moto].map(async (account) => (await (account as Account).prepare(rowOf('eu-west-2'))).refuses(change)),
  );
  expect([here, there]).toEqual([true, false]);
});

afterAll(() => record('states compared with moto', compared, 'after each operation on a second AWS, through the SDK'));
