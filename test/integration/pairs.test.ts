import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Call, Fault } from '../../emulator/types';
import { runCases, together } from '../support/concurrency';
import { type CallKey, type FaultKind, faultKinds, keysOf, striking } from '../support/faults';
import { findingsAfter } from '../support/findings';
import { type FaultPlan, type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { seeded } from '../support/random';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const sample = process.env['SOAK'] ? Number.POSITIVE_INFINITY : 600;

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
});
afterAll(() => arena.close());

interface Pair {
  readonly scenario: Scenario;
  readonly declared: string;
  readonly first: { readonly key: CallKey; readonly kind: FaultKind; readonly forEver: boolean };
  /** The second strikes so many calls after the first has struck, once. */
  readonly second: { readonly after: number; readonly kind: FaultKind };
}

/** The first fault, and a second one at a later call: while the first is being ridden out or undone. */
function fateOf({ first, second }: Pair, struck: (call: Call) => void): FaultPlan {
  const strike = striking(first.key, first.kind, first.forEver);
  let since = -1;
  return (call): Fault | undefined => {
    const fault = strike(call);
    if (fault && since < 0) since = 0;
    else if (since >= 0) since += 1;
    if (since === second.after && second.kind.strikes(call.operation)) {
      struck(call);
      return second.kind.fault(call);
    }
    return fault;
  };
}

async function allPairs(): Promise<Pair[]> {
  const pairs = await together(writing, 8, async (scenario) => {
    const trial = await arena.prepare(scenario);
    await trial.run(trial.operation);
    const declared = trial.normalizedSnapshot();
    const keys = keysOf(trial.calls());
    return keys.flatMap((key) =>
      faultKinds
        .filter(({ strikes }) => strikes(key.operation))
        .flatMap((kind) =>
          [false, true].flatMap((forEver) =>
            [1, 2, 3, 4, 6].flatMap((after) =>
              faultKinds.map((other) => ({
                scenario,
                declared,
                first: { key, kind, forEver },
                second: { after, kind: other },
              })),
            ),
          ),
        ),
    );
  });
  return pairs.flat();
}

test(`a second fault while the first is ridden out or undone (seed ${seed})`, async () => {
  const pairs = seeded(seed)
    .shuffled(await allPairs())
    .slice(0, sample);
  expect(pairs.length).toBeGreaterThanOrEqual(500);
  expect(await runCases(arena.stallDetector, pairs, 60, tried)).toEqual([]);
  record('pairs of faults', pairs.length, 'a second fault at a later call, a seeded sample');
}, 2_147_000_000);

async function tried(pair: Pair): Promise<readonly string[]> {
  const { scenario, declared, first, second } = pair;
  const trial = await arena.prepare(scenario);
  const before = trial.snapshot();
  const struck: string[] = [];
  const answers = await trial.run(
    trial.operation,
    fateOf(pair, (call) => struck.push(call.operation)),
  );
  const last = answers[answers.length - 1] as HandlerAnswer;
  const passes = (kind: FaultKind, forEver: boolean) => kind.transient && !forEver;
  // A fault that passes never leaves anything behind, not even in the undoing of one that does not.
  const leftover = last.message?.includes('could not all be undone') ?? false;
  const mayLeave = first.forEver || (struck.length > 0 && !second.kind.transient);
  const findings = await findingsAfter(trial, before, declared, answers, {
    mustSucceed: passes(first.kind, first.forEver) && (struck.length === 0 || second.kind.transient),
    codes: [first.kind.code, second.kind.code],
    operations: [first.key.operation, ...struck],
    forbidden: [...(first.forEver ? [first.key.operation] : []), ...(second.kind.transient ? [] : struck)],
  });
  const name = `${scenario.name}: ${first.kind.name} ${first.forEver ? 'for ever' : 'once'} at ${first.key.operation}#${first.key.nth}@${first.key.region}, then ${second.kind.name} ${second.after} calls later (${struck.join()})`;
  return [...findings, ...(leftover && !mayLeave ? ['left something behind'] : [])].map(
    (finding) => `${name}: ${finding}`,
  );
}
