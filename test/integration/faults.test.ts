import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import { runCases, together } from '../support/concurrency';
import { type CallKey, type FaultKind, faultKinds, keysOf, striking } from '../support/faults';
import { findingsAfter } from '../support/findings';
import {
  type MultiAccountHarness,
  type Case as PreparedCase,
  startMultiAccountHarness,
} from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
});
afterAll(() => arena.close());

interface Case {
  readonly scenario: Scenario;
  readonly key: CallKey;
  readonly kind: FaultKind;
  readonly forEver: boolean;
  readonly declared: string;
}

/** What an undisturbed run of a scenario calls, and what it leads to. */
async function undisturbed(scenario: Scenario) {
  const trial = await arena.prepare(scenario);
  const [last] = (await trial.run(trial.operation)).slice(-1) as [HandlerAnswer];
  if (last.status !== 'SUCCESS') throw new Error(`${scenario.name}: ${last.message}`);
  return { keys: keysOf(trial.calls()), declared: trial.normalizedSnapshot() };
}

/** Every case of the matrix: each call of each scenario, each fault that can strike it, once and for ever. */
async function allCases(): Promise<readonly Case[]> {
  const cases = await together(scenarios, 8, async (scenario) => {
    const { keys, declared } = await undisturbed(scenario);
    return keys.flatMap((key) =>
      faultKinds
        .filter(({ strikes }) => strikes(key.operation))
        .flatMap((kind) => [false, true].map((forEver) => ({ scenario, key, kind, forEver, declared }))),
    );
  });
  return cases.flat();
}

test('every fault at every call, once and for ever, is ridden out or undone', async () => {
  const cases = await allCases();
  expect(cases.length).toBeGreaterThan(900);
  expect(await runCases(arena.stallDetector, cases, 60, tried)).toEqual([]);
  record(
    'single faults',
    cases.length,
    `${scenarios.length} operations, every call, ${faultKinds.length} kinds, once and for ever`,
  );
}, 300_000);

/** Everything that is not as it must be after one case. */
async function tried({ scenario, key, kind, forEver, declared }: Case): Promise<readonly string[]> {
  const trial: PreparedCase = await arena.prepare(scenario);
  const before = trial.snapshot();
  const answers = await trial.run(trial.operation, striking(key, kind, forEver));
  const findings = await findingsAfter(trial, before, declared, answers, {
    mustSucceed: !forEver && kind.transient,
    codes: [kind.code],
    operations: [key.operation],
    forbidden: forEver ? [key.operation] : [],
  });
  return findings.map(
    (finding) =>
      `${scenario.name}: ${kind.name} ${forEver ? 'for ever' : 'once'} at ${key.operation}#${key.nth}@${key.region}: ${finding}`,
  );
}
