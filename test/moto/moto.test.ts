import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import { operate } from '../../emulator/cloudformation/drive';
import { type HostedFunction, hostFunction } from '../../emulator/function/host';
import { startAws } from '../../emulator/index';
import { bundle, testTimes } from '../support/harness';
import { type Kind, kindsFor, type Row, table, takingEveryKind } from '../support/kinds';
import { record } from '../support/reliability';
import { assertObeysSchema } from '../support/schema';
import { accepts } from './leniencies';
import { type Account, accountOn, type Scene } from './scene';
import { startMoto } from './server';

/*
 * The same operations on two AWSs: the embedded one, and moto, which nobody here wrote. Both are looked at through the
 * SDK's own clients, and must end in the same state.
 */

/** An AWS with a handler of its own. */
type Hosted = Account & { readonly handler: HostedFunction };
let [embedded, moto]: Hosted[] = [];
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const [aws, other] = await Promise.all([startAws({ modes: takingEveryKind }), startMoto()]);
  const account = '123456789012';
  const hosted = (on: Account): Hosted => {
    const handler = hostFunction(bundle, { AWS_ENDPOINT_URL: on.url, ...testTimes });
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

const rowOf = (region: string) => table.find((row) => row.region === region) as Row;
let compared = 0;

/** Plays the same operations on both, and answers what each saw: the answers, and the state after each. */
async function onBoth(row: Row, play: (scene: Scene, run: Run) => Promise<unknown>): Promise<unknown[]> {
  return Promise.all([embedded, moto].map(async (account) => playOn(account as Hosted, row, play)));
}

type Run = (operation: Operation) => Promise<HandlerAnswer>;

async function playOn(account: Hosted, row: Row, play: (scene: Scene, run: Run) => Promise<unknown>) {
  const scene = await account.prepare(row);
  const run: Run = async (operation) => {
    const caller = {
      invoke: account.handler.invoke,
      region: row.region,
      account: '123456789012',
      credentials: account.credentials,
      pace: 0.001,
      onAnswer: assertObeysSchema,
    };
    const answers = await operate(caller, operation);
    return answers[answers.length - 1] as HandlerAnswer;
  };
  return play(scene, run);
}

const said = ({ status, errorCode, resourceModel }: HandlerAnswer) => ({ status, errorCode, resourceModel });

/** What an operation said and left, without what differs between the two AWSs. */
async function after(scene: Scene, answer: HandlerAnswer) {
  compared += 1;
  return scene.neutral({ ...said(answer), state: await scene.portrait() });
}

const declare = (scene: Scene, kind: Kind, more = {}) => ({ UserPoolId: scene.poolId, ...kind.properties, ...more });

// Every alternate row has Regions of its own; of the others, which differ by their names alone, every third.
const rows = table.filter(({ category }, number) => category === 'alternate' || number % 3 === 0);

test.each(rows.map((row) => [row.region, row] as const))(
  '%s: every kind of setup, from Create to Delete',
  async (_region, row) => {
    const [here, there] = await onBoth(row, async (scene, run) => {
      const seen: unknown[] = [];
      for (const kind of kindsFor(row)) {
        const properties = declare(scene, kind);
        seen.push(await after(scene, await run({ action: 'CREATE', properties })));
        seen.push(scene.neutral(said(await run({ action: 'READ', properties: { UserPoolId: scene.poolId } }))));
        seen.push(await after(scene, await run({ action: 'DELETE', properties })));
      }
      return seen;
    });
    expect(here).toHaveLength(15);
    expect(here).toEqual(Array(15).fill(expect.objectContaining({ status: 'SUCCESS' })));
    expect(there).toEqual(here);
  },
);

test.each(['eu-west-3', 'eu-west-2', 'me-central-1'])('%s: every switch from one kind to another', async (region) => {
  const kinds = kindsFor(rowOf(region));
  const [here, there] = await onBoth(rowOf(region), async (scene, run) => {
    const seen: unknown[] = [];
    let previous = declare(scene, kinds[0] as Kind);
    await run({ action: 'CREATE', properties: previous });
    for (const from of kinds) {
      for (const to of kinds) {
        for (const kind of [from, to]) {
          const properties = declare(scene, kind);
          seen.push(await after(scene, await run({ action: 'UPDATE', properties, previous })));
          previous = properties;
        }
      }
    }
    return seen;
  });
  expect(here).toEqual(Array(50).fill(expect.objectContaining({ status: 'SUCCESS' })));
  expect(there).toEqual(here);
});

test('what is refused, and what the refusals leave', async () => {
  const row = rowOf('me-central-1');
  const [developer, , standard] = kindsFor(row) as [Kind, Kind, Kind];
  const [here, there] = await onBoth(row, async (scene, run) => {
    const properties = declare(scene, developer);
    const operations: Operation[] = [
      { action: 'READ', properties: { UserPoolId: scene.poolId } },
      { action: 'UPDATE', properties, previous: properties },
      { action: 'DELETE', properties },
      { action: 'CREATE', properties: { ...properties, UserPoolId: 'me-central-1_Nobody' } },
      { action: 'CREATE', properties: { ...properties, Identity: 'nobody@example.net' } },
      { action: 'CREATE', properties: { ...properties, ConfigurationSet: 'not-there' } },
      { action: 'CREATE', properties },
      { action: 'CREATE', properties },
      { action: 'CREATE', properties: declare(scene, standard, { TakeOver: true }) },
      { action: 'DELETE', properties: declare(scene, standard) },
      { action: 'DELETE', properties: declare(scene, standard) },
    ];
    const seen: unknown[] = [];
    for (const operation of operations) seen.push(await after(scene, await run(operation)));
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
