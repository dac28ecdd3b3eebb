import type { JsonObject } from '../../emulator/types';
import { cdk, sdkAlone, stock } from '../baselines';
import { type ProcessReport, type ProcessRun, runInFreshProcess } from '../fresh-process';
import { type BenchHarness, eventOf, onNewPool, simplest, startBenchHarness, usual } from '../harness';
import { whatIsRun } from '../profile';
import { bytes, type Figure, median, ms, type Row } from '../row';
import { bundle } from '../shipped';

const rounds = 21;

/**
 * From the start of a fresh process to its first answer, and what it holds then. All kinds of processes take turns, so
 * that a machine that slows down slows them all.
 */
export const coldStart: Figure = async () => {
  const ground = await startBenchHarness();
  try {
    const kinds = {
      bare: () => ({}),
      load: () => ({ handler: bundle, entry: 'entrypoint' }),
      ours: () => create(ground, bundle),
      alone: () => create(ground, sdkAlone),
      cdk: cdkErrand(ground),
      stock: stockErrand(ground),
    };
    const seen = new Map<string, { total: number; told: ProcessReport }[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, errand] of Object.entries(kinds)) {
        seen.set(kind, [...(seen.get(kind) ?? []), succeeded(kind, await runInFreshProcess(errand()))]);
      }
    }
    const total = (kind: keyof typeof kinds) => median((seen.get(kind) ?? []).map((one) => one.total));
    const told = (kind: keyof typeof kinds, what: (one: ProcessReport) => number) =>
      median((seen.get(kind) ?? []).map((one) => what(one.told)));
    const bare = { ...ms(total('bare')), what: 'bare node' };
    const inside = ({ answered, loaded }: ProcessReport) => answered - loaded;
    const own = told('ours', inside) - told('alone', inside);
    const stages =
      `Of the ${total('ours').toFixed(0)} ms to the first answer node itself takes ${bare.value.toFixed(0)}, ` +
      `loading the bundle ${told('ours', ({ loaded, started }) => loaded - started).toFixed(0)}, ` +
      `waiting for AWS ${told('ours', ({ waited }) => waited).toFixed(0)}, ` +
      `the rest of the invocation ${told('ours', (one) => inside(one) - one.waited).toFixed(0)}.`;
    const loading = await whatIsRun({ handler: bundle, entry: 'entrypoint' }, 'started', 'loaded');
    const answering = await whatIsRun(create(ground, bundle), 'loaded', 'answered');
    const profiled = `The processor's time while it is loaded: ${loading}. And in the invocation: ${answering}.`;
    const rows: Row[] = [
      {
        figure: 'loading the bundle',
        measured: ms(total('load')),
        yardstick: bare,
        aim: { text: 'within 2.5 ×', met: total('load') <= 2.5 * bare.value },
        spent: `The processor's time meanwhile: ${loading}.`,
      },
      { figure: 'first answer of a Create', measured: ms(total('ours')), yardstick: bare },
      {
        figure: 'first answer of a Create',
        measured: ms(total('ours')),
        yardstick: { ...ms(total('cdk')), what: "CDK's handler, one UpdateUserPool" },
        aim: { text: 'before it', met: total('ours') < total('cdk') },
        spent: `${stages} ${profiled}`,
      },
      {
        figure: 'first answer of a Create',
        measured: ms(total('ours')),
        yardstick: { ...ms(total('stock')), what: 'stock packaging, one UpdateUserPool' },
      },
      {
        figure: 'inside the first invocation of a process',
        measured: ms(told('ours', inside)),
        yardstick: { ...ms(told('alone', inside)), what: 'the same six calls by the SDK alone' },
        aim: { text: 'under 5 ms of our own', met: own < 5 },
        note: `${own.toFixed(1)} ms are our own`,
        spent: `${stages} ${profiled}`,
      },
      {
        figure: 'memory after the first answer',
        measured: bytes(told('ours', ({ memory }) => memory)),
        yardstick: { ...bytes(told('bare', ({ memory }) => memory)), what: 'bare node' },
      },
    ];
    return rows;
  } finally {
    await ground.close();
  }
};

function succeeded<T extends { told: ProcessReport }>(kind: string, run: T): T {
  const { answer = {} } = run.told;
  if (answer['status'] === 'FAILED' || (run.told as unknown as JsonObject)['Status'] === 'FAILED')
    throw new Error(`${kind}: ${JSON.stringify(run.told)}`);
  return run;
}

const createEvent = (ground: BenchHarness, properties: JsonObject) =>
  eventOf(ground, usual.region, { action: 'CREATE', properties });

const create = (ground: BenchHarness, handler: string): ProcessRun => ({
  handler,
  entry: 'entrypoint',
  event: createEvent(ground, onNewPool(ground, usual)),
  environment: ground.environment,
});

function stockErrand(ground: BenchHarness): () => ProcessRun {
  const { handler } = stock();
  const event = createEvent(ground, onNewPool(ground, { ...usual, properties: simplest.properties }));
  return () => ({ handler, entry: 'entrypoint', event, environment: ground.environment });
}

function cdkErrand(ground: BenchHarness): () => ProcessRun {
  const { handler } = cdk();
  const UserPoolId = ground.aws.region(usual.region).cognito.addPool();
  const call = {
    service: 'CognitoIdentityServiceProvider',
    action: 'updateUserPool',
    physicalResourceId: { id: 'one' },
  };
  const parameters = { UserPoolId, EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } };
  const event = {
    RequestType: 'Create',
    ResponseURL: 'https://localhost/',
    StackId: 'arn:aws:cloudformation:eu-west-2:111122223333:stack/example/1',
    RequestId: '1',
    LogicalResourceId: 'EmailSetup',
    ResourceProperties: { Create: JSON.stringify({ ...call, parameters }), InstallLatestAwsSdk: 'false' },
  };
  const environment = { ...ground.environment, AWS_REGION: usual.region };
  // It says what it is about to answer, then opens one more connection to deliver it: that is not counted.
  return () => ({ handler, entry: 'handler', event, environment, printed: 'Responding' });
}
