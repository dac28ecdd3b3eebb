import type { ProgressEvent } from '../../emulator/cloudformation/types';
import { defaults } from '../../emulator/cognito/defaults';
import type { Call, JsonObject } from '../../emulator/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { faultKinds } from '../support/faults';
import { difference } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';
import type { TestCase } from '../support/test-case';

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');

/** Prepares a scenario on a pool that has settings to take away. */
async function prepared(scenario: Scenario): Promise<TestCase> {
  const testCase = await harness.prepare(scenario);
  const pool = testCase.regionState.cognito.pools.get(testCase.poolId);
  if (!pool) throw new Error('the pool is there');
  const { Policies, UserPoolTags } = pool.members as Record<string, JsonObject>;
  pool.members = {
    ...pool.members,
    Policies: {
      ...Policies,
      PasswordPolicy: { ...(Policies?.['PasswordPolicy'] as JsonObject), RequireSymbols: false },
    },
    LambdaConfig: { PreSignUp: 'arn:leaking', PostConfirmation: 'arn:fine' },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    QuantumSafe: true,
    UserPoolTags: { ...UserPoolTags, wrong: 'tag' },
  };
  return testCase;
}

/**
 * What a second writer changes: settings to other values, to their defaults and away; known ones, some that no SDK
 * knows, and tags. Their time is far enough from that of our own update to be told from it.
 */
function changeSettings({ regionState, poolId }: TestCase): void {
  const pool = regionState.cognito.pools.get(poolId);
  if (!pool) return;
  const { Policies, UserPoolTags, QuantumSafe: _gone, ...members } = pool.members as Record<string, JsonObject>;
  const PasswordPolicy = { ...(Policies?.['PasswordPolicy'] as JsonObject), MinimumLength: 21, RequireSymbols: true };
  const { wrong: _wrong, ...tags } = UserPoolTags ?? {};
  pool.members = {
    ...members,
    Policies: { ...Policies, PasswordPolicy },
    PasskeyVault: { Mode: 'RELAXED' },
    LambdaConfig: { PostConfirmation: 'arn:fine' },
    AccountRecoverySetting: defaults['AccountRecoverySetting'] ?? null,
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    UserPoolTags: { ...tags, second: 'writer' },
  };
  pool.modified = Date.now() / 1000 + 60;
}

const finalOf = (answers: readonly ProgressEvent[]) => answers[answers.length - 1] as ProgressEvent;

/** Is there only one step of ours between each update and the description before it: either reads, or policies? */
function gapIsOneStep(effects: readonly string[]): boolean {
  return effects.every((operation, index) => {
    if (operation !== 'UpdateUserPool') return true;
    const gap = effects.slice(effects.lastIndexOf('DescribeUserPool', index) + 1, index);
    return gap.every((one) => one.startsWith('Get')) || !gap.some((one) => one.startsWith('Get'));
  });
}

/** Was the pool described between the change and the next update? Otherwise it fell into the gap that the API leaves. */
function wasSeen(effects: readonly string[], changedAfter: number): boolean {
  const update = effects.indexOf('UpdateUserPool', changedAfter + 1);
  return update < 0 || effects.slice(changedAfter + 1, update).includes('DescribeUserPool');
}

async function runWithChange(scenario: Scenario, changedAfter: number, wanted: string) {
  const testCase = await prepared(scenario);
  const effects: string[] = [];
  const answers = await testCase.run(testCase.operation, {
    afterCall: ({ operation }) => {
      if (effects.length === changedAfter) changeSettings(testCase);
      effects.push(operation);
    },
  });
  const { status, message } = finalOf(answers);
  const name = `${scenario.name}, changed after call ${changedAfter} (${effects.join(', ')})`;
  const findings = [
    ...(status === 'SUCCESS' ? [] : [`${name}: ${message}`]),
    ...(gapIsOneStep(effects) ? [] : [`${name}: an old description is sent back`]),
    ...testCase.deliveryGaps.map((gap) => `${name}: mail cut ${gap}`),
  ];
  if (!wasSeen(effects, changedAfter)) return { seen: false, findings };
  const found = testCase.normalizedSnapshot();
  if (found !== wanted) findings.push(`${name}: ${difference(wanted, found)}`);
  return { seen: true, findings };
}

test("a second writer's change survives, after each of our calls, save in the one gap that the API leaves", async () => {
  const cases = await runConcurrently(writing, 8, async (scenario) => {
    const testCase = await prepared(scenario);
    await testCase.run(testCase.operation);
    changeSettings(testCase);
    const wanted = testCase.normalizedSnapshot();
    return testCase.calls().map((_, changedAfter) => ({ scenario, changedAfter, wanted }));
  });
  const all = cases.flat();
  let survived = 0;
  const findings = await runCases(harness.stallDetector, all, 30, async ({ scenario, changedAfter, wanted }) => {
    const { seen, findings } = await runWithChange(scenario, changedAfter, wanted);
    if (seen && findings.length === 0) survived += 1;
    return findings;
  });
  expect(findings).toEqual([]);
  expect(survived).toBeGreaterThan(all.length / 2);
  record('second writer', survived, "another setting changed after each call that is not in the API's one gap");
});

const passing = faultKinds.filter(({ transient, name }) => transient && name !== 'answer lost');

test.each(passing)('a change beside an update that fails ($name) survives the next try', async ({ fault }) => {
  const findings = await runCases(harness.stallDetector, writing, 8, async (scenario) => {
    const whole = await prepared(scenario);
    await whole.run(whole.operation);
    changeSettings(whole);
    const testCase = await prepared(scenario);
    let failed = false;
    const answers = await testCase.run(testCase.operation, {
      faultPlan: (call) => {
        if (call.operation !== 'UpdateUserPool' || failed) return undefined;
        failed = true;
        changeSettings(testCase);
        return fault(call);
      },
    });
    if (finalOf(answers).status !== 'SUCCESS') return [`${scenario.name}: ${finalOf(answers).message}`];
    const [wanted, found] = [whole.normalizedSnapshot(), testCase.normalizedSnapshot()];
    return found === wanted ? [] : [`${scenario.name}: ${difference(wanted, found)}`];
  });
  expect(findings).toEqual([]);
});

test('counts that change by themselves are neither sent back nor missed', async () => {
  const findings = await runCases(harness.stallDetector, writing, 8, async (scenario) => {
    const testCase = await harness.prepare(scenario);
    const count = () => {
      const pool = testCase.regionState.cognito.pools.get(testCase.poolId);
      if (pool) pool.users += 1;
    };
    const before = testCase.calls().length;
    const { status, message } = finalOf(await testCase.run(testCase.operation, { afterCall: count }));
    const updates = testCase
      .calls()
      .slice(before)
      .filter(({ operation }: Call) => operation === 'UpdateUserPool');
    if (status !== 'SUCCESS') return [`${scenario.name}: ${message}`];
    return updates.some(({ input }) => 'EstimatedNumberOfUsers' in input) ? [`${scenario.name}: sent back`] : [];
  });
  expect(findings).toEqual([]);
});
