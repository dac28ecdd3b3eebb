import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { Call, Fault } from '../../emulator/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { type CallKey, type FaultKind, faultAt, faultKinds, keysOf } from '../support/faults';
import { findingsAfter } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { seeded } from '../support/random';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';
import type { FaultPlan } from '../support/test-account';

const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const sample = process.env['SOAK'] ? Number.POSITIVE_INFINITY : 600;

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

interface Pair {
  readonly scenario: Scenario;
  readonly declared: string;
  readonly first: { readonly key: CallKey; readonly kind: FaultKind; readonly forEver: boolean };
  /** The second happens once, so many calls after the first. */
  readonly second: { readonly after: number; readonly kind: FaultKind };
}

/** The first fault, and a second one at a later call: during the retries or the roll-back that the first one causes. */
function faultPlanFor({ first, second }: Pair, injected: (call: Call) => void): FaultPlan {
  const injectedFault = faultAt(first.key, first);
  let since = -1;
  return (call): Fault | undefined => {
    const fault = injectedFault(call);
    if (fault && since < 0) since = 0;
    else if (since >= 0) since += 1;
    if (since === second.after && second.kind.appliesTo(call.operation)) {
      injected(call);
      return second.kind.fault(call);
    }
    return fault;
  };
}

async function allPairs(): Promise<Pair[]> {
  const pairs = await runConcurrently(writing, 8, async (scenario) => {
    const testCase = await harness.prepare(scenario);
    await testCase.run(testCase.operation);
    const declared = testCase.normalizedSnapshot();
    const keys = keysOf(testCase.calls());
    return keys.flatMap((key) =>
      faultKinds
        .filter(({ appliesTo }) => appliesTo(key.operation))
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

test(`a second fault during the retries or the roll-back after the first (seed ${seed})`, async () => {
  const pairs = seeded(seed)
    .shuffled(await allPairs())
    .slice(0, sample);
  expect(pairs.length).toBeGreaterThanOrEqual(500);
  expect(await runCases(harness.stallDetector, pairs, 60, runCase)).toEqual([]);
  record('pairs of faults', pairs.length, 'a second fault at a later call, a seeded sample');
}, 2_147_000_000);

async function runCase(pair: Pair): Promise<readonly string[]> {
  const { scenario, declared, first, second } = pair;
  const testCase = await harness.prepare(scenario);
  const before = testCase.snapshot();
  const injected: string[] = [];
  const answers = await testCase.run(testCase.operation, {
    faultPlan: faultPlanFor(pair, (call) => injected.push(call.operation)),
  });
  const last = answers[answers.length - 1] as ProgressEvent;
  // A fault that passes never leaves anything behind, not even during the roll-back after one that stays.
  const leftover = last.message?.includes('could not all be undone') ?? false;
  const mayLeave = first.forEver || (injected.length > 0 && !second.kind.transient);
  const findings = await findingsAfter(
    testCase,
    { before, declared, answers },
    {
      mustSucceed: first.kind.transient && !first.forEver && (injected.length === 0 || second.kind.transient),
      codes: [first.kind.code, second.kind.code],
      operations: [first.key.operation, ...injected],
      forbidden: [...(first.forEver ? [first.key.operation] : []), ...(second.kind.transient ? [] : injected)],
    },
  );
  const name = `${scenario.name}: ${first.kind.name} ${first.forEver ? 'for ever' : 'once'} at ${first.key.operation}#${first.key.nth}@${first.key.region}, then ${second.kind.name} ${second.after} calls later (${injected.join()})`;
  return [...findings, ...(leftover && !mayLeave ? ['left something behind'] : [])].map(
    (finding) => `${name}: ${finding}`,
  );
}
