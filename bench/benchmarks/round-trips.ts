import type { Action, Operation } from '../../emulator/cloudformation/types';
import type { Call, JsonObject } from '../../emulator/types';
import {
  addPoolFor,
  type BenchHarness,
  type BenchSetup,
  hardest,
  simplest,
  startBenchHarness,
  usual,
} from '../harness';
import { type Benchmark, calls, type Row, roundTrips } from '../row';

const latency = 100;
const repeats = 5;

/** Calls and round trips one after another; the least is what the calls' dependencies on each other allow. */
interface Least {
  readonly calls: number;
  readonly trips: number;
}

interface RoundTripCase {
  readonly name: string;
  readonly action: Action;
  /** The setup that the operation starts from, and the one that it makes. */
  readonly from?: BenchSetup;
  readonly to?: BenchSetup;
  /** Pools in the Region beside the one of the setup. */
  readonly neighbours?: number;
  readonly least: Least;
  readonly aim?: number;
}

const replies: BenchSetup = {
  ...simplest,
  properties: { ...simplest.properties, ReplyToEmailAddress: 'help@example.com' },
};
const elsewhere: BenchSetup = {
  ...hardest,
  properties: { ...hardest.properties, Identity: 'help@example.com' },
};

const cases: readonly RoundTripCase[] = [
  // See the pool, and whether its MFA forbids Cognito's sender | change it | read it back. Nothing can be changed unseen
  // (UpdateUserPool resets what it is not told), and nothing is confirmed before it is changed.
  { name: 'Create, simplest', action: 'CREATE', to: simplest, least: { calls: 4, trips: 3 }, aim: 3 },
  // See pool, identity, account and configuration set | change the pool | read it back.
  { name: 'Create, DEVELOPER', action: 'CREATE', to: usual, least: { calls: 6, trips: 3 }, aim: 3 },
  // See pool, MFA and two identities | a policy on each, which must be there before the pool uses it, and the pool once
  // more, for the update sends back all that it saw | change the pool | read it back.
  { name: 'Create, hardest', action: 'CREATE', to: hardest, least: { calls: 9, trips: 4 }, aim: 4 },
  { name: 'Read', action: 'READ', from: hardest, least: { calls: 1, trips: 1 }, aim: 1 },
  // Everything is looked at, nothing is to be done.
  { name: 'Update, nothing to change', action: 'UPDATE', from: simplest, to: simplest, least: { calls: 2, trips: 1 } },
  // As Create, simplest.
  { name: 'Update, simplest', action: 'UPDATE', from: simplest, to: replies, least: { calls: 4, trips: 3 } },
  // As Create, hardest, with the two old identities seen, too; and their policies go last: only what is confirmed may
  // lose its way back.
  { name: 'Update, hardest', action: 'UPDATE', from: hardest, to: elsewhere, least: { calls: 13, trips: 5 } },
  // See pool and MFA | change it | read it back.
  { name: 'Delete, simplest', action: 'DELETE', from: simplest, least: { calls: 4, trips: 3 }, aim: 3 },
  // See pool, MFA and both identities | change the pool | read it back, and both policies go beside that.
  { name: 'Delete, hardest', action: 'DELETE', from: hardest, least: { calls: 8, trips: 3 }, aim: 3 },
  // The page, then every pool on it, for the list does not tell their e-mail. Five at a time: more would take the 15
  // reads a second from whoever else asks, and a page has time.
  { name: 'List, a page of 5', action: 'LIST', from: simplest, neighbours: 4, least: { calls: 6, trips: 2 } },
  { name: 'List, a page of 60', action: 'LIST', from: simplest, neighbours: 59, least: { calls: 61, trips: 2 } },
];

/** Each operation with 100 ms between a call's arrival and its answer. */
export const trips: Benchmark = async () => {
  const rows: Row[] = [];
  for (const one of cases) rows.push(...(await rowsOf(one)));
  return rows;
};

async function rowsOf(one: RoundTripCase): Promise<readonly Row[]> {
  const harness = await startBenchHarness();
  try {
    let best: readonly Step[] | undefined;
    let made = 0;
    let fastest = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const { took, seen } = await run(harness, one);
      const steps = stepsOf(seen);
      // A machine that is busy elsewhere can only stretch a step into two.
      if (!best || steps.length < best.length) best = steps;
      fastest = Math.min(fastest, took);
      made = seen.length;
    }
    const found = best?.length ?? 0;
    const said = describeSteps(best ?? []);
    const least = 'the least that the calls need of each other';
    return [
      {
        name: `${one.name}: one after another`,
        measured: roundTrips(found),
        baseline: { ...roundTrips(one.least.trips), what: least },
        ...(one.aim !== undefined && { aim: { text: String(one.aim), met: found <= one.aim } }),
        note: `${said} (${fastest.toFixed(0)} ms)`,
        spent: `The steps are ${said}.`,
      },
      {
        name: `${one.name}: in all`,
        measured: calls(made),
        baseline: { ...calls(one.least.calls), what: least },
      },
    ];
  } finally {
    await harness.close();
  }
}

async function run(harness: BenchHarness, { action, from, to, neighbours = 0 }: RoundTripCase) {
  const { aws } = harness;
  const setup = (to ?? from) as BenchSetup;
  const before = addPoolFor(harness, from ?? setup);
  if (from) await harness.succeed(from.region, { action: 'CREATE', properties: before });
  const { pools } = aws.region(setup.region).cognito;
  if (action === 'LIST') {
    for (const id of [...pools.keys()].slice(0, -1)) pools.delete(id);
    for (let one = 0; one < neighbours; one += 1) aws.region(setup.region).cognito.addPool();
  }
  const start = aws.calls.length;
  aws.intercept = () => ({ kind: 'delay', ms: latency });
  const { measured } = await harness.succeed(setup.region, operationOf(action, before, to));
  aws.intercept = undefined;
  return { took: measured.took, seen: aws.calls.slice(start) };
}

function operationOf(action: Action, before: JsonObject, to: BenchSetup | undefined): Operation {
  const properties = { ...to?.properties, UserPoolId: before['UserPoolId'] ?? '' };
  switch (action) {
    case 'CREATE':
      return { action, properties };
    case 'UPDATE':
      return { action, properties, previous: before };
    case 'DELETE':
      return { action, properties: before };
    case 'READ':
      return { action, properties: { UserPoolId: before['UserPoolId'] ?? '' } };
    case 'LIST':
      return { action };
  }
}

/** Calls under way at the same time: how many of which operation. */
type Step = ReadonlyMap<string, number>;

/** No call that waited for another arrives before that one can have been answered. */
function stepsOf(made: readonly Call[]): readonly Step[] {
  const steps: Map<string, number>[] = [];
  let answered = 0;
  for (const { at, operation } of made) {
    if (at >= answered) {
      steps.push(new Map());
      answered = at + latency;
    }
    const step = steps.at(-1);
    step?.set(operation, (step.get(operation) ?? 0) + 1);
  }
  return steps;
}

/** Steps one after another, equal ones said once. */
function describeSteps(steps: readonly Step[]): string {
  const runs: { step: string; times: number }[] = [];
  for (const names of steps) {
    const step = [...names].map(([name, count]) => (count > 1 ? `${count} ${name}` : name)).join(', ');
    const last = runs.at(-1);
    if (last?.step === step) last.times += 1;
    else runs.push({ step, times: 1 });
  }
  return runs.map(({ step, times }) => (times > 1 ? `${times} times (${step})` : step)).join('; then ');
}
