import type { CreateResult } from '../../emulator/cloudformation/stack-resources';
import { createInStack } from '../../emulator/cloudformation/stack-resources';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { runCases } from '../support/concurrency';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, setupKindsIn } from '../support/owners';
import { record } from '../support/reliability';
import type { SetupKind } from '../support/setup-kinds';
import { setupProblems } from '../support/setup-problems';

/*
 * AWS throttles a Create from one of its calls on, so that it needs another invocation; between the two another stack
 * creates a setup for the same pool, whole.
 */

let harness: MultiAccountHarness;
/** By account: the number of the invocation, its calls so far, and the call from which on the first one is throttled. */
const invocations = new Map<string, { round: number; calls: number; readonly from: number }>();
const slow: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
beforeAll(async () => {
  harness = await startMultiAccountHarness();
  const { intercept } = harness.aws;
  harness.aws.intercept = (call: Call) => {
    const current = invocations.get(call.account);
    if (!current) return intercept?.(call);
    current.calls += 1;
    return current.round === 1 && current.calls > current.from ? slow : undefined;
  };
});
afterAll(() => harness.close());

interface InterruptedCreate {
  readonly region: string;
  readonly a: SetupKind;
  readonly b: SetupKind;
  readonly takeOver: readonly [a: boolean, b: boolean];
  readonly from: number;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, standard] = setupKindsIn(home);
const [altDeveloper, , altStandard] = setupKindsIn(alternate);
const pairs: readonly (readonly [string, SetupKind, SetupKind])[] = [
  [home, developer, domain],
  [home, developer, developer],
  [home, standard, standard],
  [home, standard, developer],
  [alternate, altStandard, altDeveloper],
  [alternate, altStandard, altStandard],
];
const takeOvers: readonly (readonly [boolean, boolean])[] = [
  [false, false],
  [false, true],
  [true, true],
];
const cases: readonly InterruptedCreate[] = pairs.flatMap(([region, a, b]) =>
  takeOvers.flatMap((takeOver) => [0, 1, 2, 3, 4, 5, 6].map((from) => ({ region, a, b, takeOver, from }))),
);

let interrupted = 0;

async function runCase({
  region,
  a,
  b,
  takeOver: [mine, theirs],
  from,
}: InterruptedCreate): Promise<readonly string[]> {
  const fixture = createPoolFixture(harness, region);
  const { caller, owners } = fixture;
  const { account } = fixture.testAccount;
  const at = { round: 0, calls: 0, from };
  let other: CreateResult | undefined;
  const invoke = async (payload: JsonObject) => {
    if (payload['action'] === 'CREATE') at.round += 1;
    if (payload['action'] === 'CREATE' && at.round === 2) {
      invocations.delete(account);
      const properties = fixture.setupProperties(b, theirs ? { TakeOver: true } : {});
      other = await fixture.create({ owner: owners.elsewhere, properties });
    }
    return caller.invoke(payload);
  };
  invocations.set(account, at);
  const properties = fixture.setupProperties(a, mine ? { TakeOver: true } : {});
  const made = await createInStack({ ...caller, invoke }, properties, owners.first);
  invocations.delete(account);
  if (!other) return [];
  interrupted += 1;
  const [isA, isB] = [made, other].map(({ create }) => create.status === 'SUCCESS');
  const summaryOf = ({ create, rollback }: CreateResult) =>
    `${create.errorCode ?? create.status} ${create.message}, Delete ${rollback?.errorCode ?? rollback?.status}`;
  const findings: string[] = [];
  for (const one of [made, other]) {
    const known = one.create.status === 'SUCCESS' || one.create.errorCode === 'AlreadyExists';
    if (!known || (one.rollback && one.rollback.errorCode !== 'NotFound')) findings.push(summaryOf(one));
  }
  if (!isA && !isB) findings.push('nobody won');
  // A sees in its next invocation whose setup it is; only a take-over of its own takes it from B again.
  if (isA && isB && !mine) findings.push('both were told SUCCESS');
  if (!fixture.setupTag()) findings.push('the pool has no tag');
  findings.push(...setupProblems(fixture, isA ? a : b));
  const name = `${region}: ${a.name}${mine ? ' with TakeOver' : ''}, throttled from call ${from} on; ${b.name}${theirs ? ' with TakeOver' : ''}`;
  return findings.map(
    (finding) => `${name}: ${finding} (A: ${summaryOf(made)}; B: ${summaryOf(other as CreateResult)})`,
  );
}

test('B creates its setup between two invocations of A, wherever the first one ends', async () => {
  expect(await runCases(harness.stallDetector, cases, 24, runCase)).toEqual([]);
  expect(interrupted).toBeGreaterThan(80);
  record('races', interrupted, 'a Create, whole, between two rounds of another stack’s Create');
}, 300_000);
