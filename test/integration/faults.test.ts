import type { ProgressEvent } from '../../emulator/cloudformation/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { type CallKey, type FaultKind, faultAt, faultKinds, keysOf } from '../support/faults';
import { findingsAfter } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

interface FaultCase {
  readonly scenario: Scenario;
  readonly key: CallKey;
  readonly kind: FaultKind;
  readonly forEver: boolean;
  readonly declared: string;
}

/** The calls of a scenario without faults, and the state after them. */
async function undisturbed(scenario: Scenario) {
  const testCase = await harness.prepare(scenario);
  const [last] = (await testCase.run(testCase.operation)).slice(-1) as [ProgressEvent];
  if (last.status !== 'SUCCESS') throw new Error(`${scenario.name}: ${last.message}`);
  return { keys: keysOf(testCase.calls()), declared: testCase.normalizedSnapshot() };
}

/** Every case of the matrix: each call of each scenario, each fault that can happen to it, once and for ever. */
async function allCases(): Promise<readonly FaultCase[]> {
  const cases = await runConcurrently(scenarios, 8, async (scenario) => {
    const { keys, declared } = await undisturbed(scenario);
    return keys.flatMap((key) =>
      faultKinds
        .filter(({ appliesTo }) => appliesTo(key.operation))
        .flatMap((kind) => [false, true].map((forEver) => ({ scenario, key, kind, forEver, declared }))),
    );
  });
  return cases.flat();
}

test('after every fault at every call, once and for ever, the operation is retried or rolled back', async () => {
  const cases = await allCases();
  expect(cases.length).toBeGreaterThan(900);
  expect(await runCases(harness.stallDetector, cases, 60, runCase)).toEqual([]);
  record(
    'single faults',
    cases.length,
    `${scenarios.length} operations, every call, ${faultKinds.length} kinds, once and for ever`,
  );
}, 300_000);

/** Everything that is not as it must be after one case. */
async function runCase({ scenario, key, kind, forEver, declared }: FaultCase): Promise<readonly string[]> {
  const testCase = await harness.prepare(scenario);
  const before = testCase.snapshot();
  const answers = await testCase.run(testCase.operation, { faultPlan: faultAt(key, { kind, forEver }) });
  const findings = await findingsAfter(
    testCase,
    { before, declared, answers },
    {
      mustSucceed: !forEver && kind.transient,
      codes: [kind.code],
      operations: [key.operation],
      forbidden: forEver ? [key.operation] : [],
    },
  );
  return findings.map(
    (finding) =>
      `${scenario.name}: ${kind.name} ${forEver ? 'for ever' : 'once'} at ${key.operation}#${key.nth}@${key.region}: ${finding}`,
  );
}
