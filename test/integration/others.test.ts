import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import { defaults } from '../../emulator/cognito/state';
import type { Call, JsonObject } from '../../emulator/types';
import { runCases, together } from '../support/concurrency';
import { faultKinds } from '../support/faults';
import { difference } from '../support/findings';
import { type Case, type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
});
afterAll(() => arena.close());

const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');

/** Prepares a scenario on a pool that has settings to take away. */
async function prepared(scenario: Scenario): Promise<Case> {
  const trial = await arena.prepare(scenario);
  const pool = trial.world.cognito.pools.get(trial.poolId);
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
  return trial;
}

/**
 * What a second writer changes: settings to other values, to their defaults and away; known ones, some that no SDK
 * knows, and tags. Their time is far enough from that of our own update to be told from it.
 */
function changeSettings({ world, poolId }: Case): void {
  const pool = world.cognito.pools.get(poolId);
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

const finalOf = (answers: readonly HandlerAnswer[]) => answers[answers.length - 1] as HandlerAnswer;

/** Is the gap between each update and the description before it one step of ours: either we look, or we grant? */
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

async function disturbed(scenario: Scenario, changedAfter: number, wanted: string) {
  const trial = await prepared(scenario);
  const effects: string[] = [];
  const answers = await trial.run(trial.operation, undefined, ({ operation }) => {
    if (effects.length === changedAfter) changeSettings(trial);
    effects.push(operation);
  });
  const { status, message } = finalOf(answers);
  const name = `${scenario.name}, changed after call ${changedAfter} (${effects.join(', ')})`;
  const findings = [
    ...(status === 'SUCCESS' ? [] : [`${name}: ${message}`]),
    ...(gapIsOneStep(effects) ? [] : [`${name}: an old description is sent back`]),
    ...trial.deliveryGaps.map((cut) => `${name}: mail cut ${cut}`),
  ];
  if (!wasSeen(effects, changedAfter)) return { seen: false, findings };
  const found = trial.normalizedSnapshot();
  if (found !== wanted) findings.push(`${name}: ${difference(wanted, found)}`);
  return { seen: true, findings };
}

test("a second writer's change survives, after each of our calls, save in the one gap that the API leaves", async () => {
  const cases = await together(writing, 8, async (scenario) => {
    const trial = await prepared(scenario);
    await trial.run(trial.operation);
    changeSettings(trial);
    const wanted = trial.normalizedSnapshot();
    return trial.calls().map((_, changedAfter) => ({ scenario, changedAfter, wanted }));
  });
  const all = cases.flat();
  let survived = 0;
  const findings = await runCases(arena.stallDetector, all, 30, async ({ scenario, changedAfter, wanted }) => {
    const { seen, findings } = await disturbed(scenario, changedAfter, wanted);
    if (seen && findings.length === 0) survived += 1;
    return findings;
  });
  expect(findings).toEqual([]);
  expect(survived).toBeGreaterThan(all.length / 2);
  record('second writer', survived, "another setting changed after each call that is not in the API's one gap");
});

const passing = faultKinds.filter(({ transient, name }) => transient && name !== 'answer lost');

test.each(passing)('a change beside an update that fails ($name) survives the next try', async ({ fault }) => {
  const findings = await runCases(arena.stallDetector, writing, 8, async (scenario) => {
    const whole = await prepared(scenario);
    await whole.run(whole.operation);
    changeSettings(whole);
    const trial = await prepared(scenario);
    let failed = false;
    const answers = await trial.run(trial.operation, (call) => {
      if (call.operation !== 'UpdateUserPool' || failed) return undefined;
      failed = true;
      changeSettings(trial);
      return fault(call);
    });
    if (finalOf(answers).status !== 'SUCCESS') return [`${scenario.name}: ${finalOf(answers).message}`];
    const [wanted, found] = [whole.normalizedSnapshot(), trial.normalizedSnapshot()];
    return found === wanted ? [] : [`${scenario.name}: ${difference(wanted, found)}`];
  });
  expect(findings).toEqual([]);
});

test('counts that change by themselves are neither sent back nor missed', async () => {
  const findings = await runCases(arena.stallDetector, writing, 8, async (scenario) => {
    const trial = await arena.prepare(scenario);
    const count = () => {
      const pool = trial.world.cognito.pools.get(trial.poolId);
      if (pool) pool.users += 1;
    };
    const before = trial.calls().length;
    const { status, message } = finalOf(await trial.run(trial.operation, undefined, count));
    const updates = trial
      .calls()
      .slice(before)
      .filter(({ operation }: Call) => operation === 'UpdateUserPool');
    if (status !== 'SUCCESS') return [`${scenario.name}: ${message}`];
    return updates.some(({ input }) => 'EstimatedNumberOfUsers' in input) ? [`${scenario.name}: sent back`] : [];
  });
  expect(findings).toEqual([]);
});
