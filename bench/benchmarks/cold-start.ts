import { builtHandler } from '../../emulator/harness';
import type { JsonObject } from '../../emulator/types';
import { cdk, sdkAlone, stock } from '../baselines';
import { type ProcessReport, type ProcessRun, runInFreshProcess } from '../fresh-process';
import { addPoolFor, type BenchHarness, eventFor, simplest, startBenchHarness, usual } from '../harness';
import { profileSummary } from '../profile';
import { type Benchmark, bytes, median, ms, type Row } from '../row';

const rounds = 21;

/**
 * From the start of a fresh process to its first answer, and what it holds then. All kinds of processes take turns, so
 * that a machine that slows down slows them all.
 */
export const coldStart: Benchmark = async () => {
  const harness = await startBenchHarness();
  try {
    const kinds = {
      bare: () => ({}),
      load: () => ({ handler: builtHandler, entry: 'entrypoint' }),
      ours: () => create(harness, builtHandler),
      alone: () => create(harness, sdkAlone),
      cdk: cdkRun(harness),
      stock: stockRun(harness),
    };
    const seen = new Map<string, { total: number; report: ProcessReport }[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, processRun] of Object.entries(kinds)) {
        seen.set(kind, [...(seen.get(kind) ?? []), succeeded(kind, await runInFreshProcess(processRun()))]);
      }
    }
    const total = (kind: keyof typeof kinds) => median((seen.get(kind) ?? []).map((one) => one.total));
    const report = (kind: keyof typeof kinds, what: (one: ProcessReport) => number) =>
      median((seen.get(kind) ?? []).map((one) => what(one.report)));
    const bare = { ...ms(total('bare')), what: 'bare node' };
    const inside = ({ answered, loaded }: ProcessReport) => answered - loaded;
    const own = report('ours', inside) - report('alone', inside);
    const stages =
      `Of the ${total('ours').toFixed(0)} ms to the first answer node itself takes ${bare.value.toFixed(0)}, ` +
      `loading the bundle ${report('ours', ({ loaded, started }) => loaded - started).toFixed(0)}, ` +
      `waiting for AWS ${report('ours', ({ waited }) => waited).toFixed(0)}, ` +
      `the rest of the invocation ${report('ours', (one) => inside(one) - one.waited).toFixed(0)}.`;
    const loading = await profileSummary({ handler: builtHandler, entry: 'entrypoint' }, 'started', 'loaded');
    const answering = await profileSummary(create(harness, builtHandler), 'loaded', 'answered');
    const profiled = `The processor's time while it is loaded: ${loading}. And in the invocation: ${answering}.`;
    const rows: Row[] = [
      {
        name: 'loading the bundle',
        measured: ms(total('load')),
        baseline: bare,
        aim: { text: 'within 2.5 ×', met: total('load') <= 2.5 * bare.value },
        spent: `The processor's time meanwhile: ${loading}.`,
      },
      { name: 'first answer of a Create', measured: ms(total('ours')), baseline: bare },
      {
        name: 'first answer of a Create',
        measured: ms(total('ours')),
        baseline: { ...ms(total('cdk')), what: "CDK's handler, one UpdateUserPool" },
        aim: { text: 'before it', met: total('ours') < total('cdk') },
        spent: `${stages} ${profiled}`,
      },
      {
        name: 'first answer of a Create',
        measured: ms(total('ours')),
        baseline: { ...ms(total('stock')), what: 'stock packaging, one UpdateUserPool' },
      },
      {
        name: 'inside the first invocation of a process',
        measured: ms(report('ours', inside)),
        baseline: { ...ms(report('alone', inside)), what: 'the same six calls by the SDK alone' },
        aim: { text: 'under 5 ms of our own', met: own < 5 },
        note: `${own.toFixed(1)} ms are our own`,
        spent: `${stages} ${profiled}`,
      },
      {
        name: 'memory after the first answer',
        measured: bytes(report('ours', ({ memory }) => memory)),
        baseline: { ...bytes(report('bare', ({ memory }) => memory)), what: 'bare node' },
      },
    ];
    return rows;
  } finally {
    await harness.close();
  }
};

function succeeded<T extends { report: ProcessReport }>(kind: string, run: T): T {
  const { answer = {} } = run.report;
  if (answer['status'] === 'FAILED' || (run.report as unknown as JsonObject)['Status'] === 'FAILED')
    throw new Error(`${kind}: ${JSON.stringify(run.report)}`);
  return run;
}

const createEvent = (harness: BenchHarness, properties: JsonObject) =>
  eventFor(harness, usual.region, { action: 'CREATE', properties });

const create = (harness: BenchHarness, handler: string): ProcessRun => ({
  handler,
  entry: 'entrypoint',
  event: createEvent(harness, addPoolFor(harness, usual)),
  environment: harness.environment,
});

function stockRun(harness: BenchHarness): () => ProcessRun {
  const { handler } = stock();
  const event = createEvent(harness, addPoolFor(harness, { ...usual, properties: simplest.properties }));
  return () => ({ handler, entry: 'entrypoint', event, environment: harness.environment });
}

function cdkRun(harness: BenchHarness): () => ProcessRun {
  const { handler } = cdk();
  const UserPoolId = harness.aws.region(usual.region).cognito.addPool();
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
  const environment = { ...harness.environment, AWS_REGION: usual.region };
  // It says what it is about to answer, then opens one more connection to deliver it: that is not counted.
  return () => ({ handler, entry: 'handler', event, environment, printed: 'Responding' });
}
