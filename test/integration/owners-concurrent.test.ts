import type { CreateResult } from '../../emulator/cloudformation/stack-resources';
import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { Call } from '../../emulator/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, setupKindsIn } from '../support/owners';
import { record } from '../support/reliability';
import type { SetupKind } from '../support/setup-kinds';
import { setupProblems } from '../support/setup-problems';

/*
 * A stack deletes or updates its setup, and while it does another stack creates one for the same pool. Whoever got SUCCESS
 * is live.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(16_000);
});
afterAll(() => harness.close());

/** What A has and does, and what B creates meanwhile. */
interface ConcurrentCreate {
  readonly name: string;
  readonly region: string;
  readonly has: SetupKind;
  /** What A updates to; undefined: it deletes. */
  readonly to: SetupKind | undefined;
  readonly b: SetupKind;
  readonly takeOver: boolean;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const at = { [alternate]: setupKindsIn(alternate), [home]: setupKindsIn(home) };
const indexes: readonly (readonly [string, number, number | undefined, number])[] = [
  [home, 0, undefined, 0],
  [home, 2, undefined, 2],
  [home, 2, undefined, 0],
  [home, 0, undefined, 2],
  [alternate, 2, undefined, 2],
  [alternate, 2, undefined, 0],
  [home, 2, 0, 2],
  [home, 2, 1, 2],
  [home, 0, 2, 2],
  [alternate, 2, 0, 2],
  [alternate, 0, 1, 0],
];
const concurrentCreates: readonly ConcurrentCreate[] = indexes.flatMap(([region, one, other, two]) =>
  [false, true].flatMap((takeOver) => {
    const kind = (number: number) => at[region]?.[number] as SetupKind;
    const [has, to, b] = [kind(one), other === undefined ? undefined : kind(other), kind(two)];
    const does = to ? `is updated to ${to.name}` : 'is deleted';
    const name = `${region}: ${has.name} ${does}, and ${b.name} is created${takeOver ? ' with TakeOver' : ''}`;
    return takeOver || !to ? [{ name, region, has, to, b, takeOver }] : [];
  }),
);

/** Did A write after B's end without looking at the pool in between? Nothing tells A of B there. */
function isInGap(callsOfA: readonly Call[]): boolean {
  const write = callsOfA.findIndex(({ operation }) => !/^(Get|Describe|List)/.test(operation));
  const look = callsOfA.findIndex(({ operation }) => operation === 'DescribeUserPool');
  return write >= 0 && (look < 0 || look > write);
}

async function findingsOf(concurrent: ConcurrentCreate, call: number): Promise<readonly string[]> {
  const { region, has, to, b, takeOver } = concurrent;
  const fixture = createPoolFixture(harness, region);
  const { first, elsewhere } = fixture.owners;
  const previous = fixture.setupProperties(has);
  await fixture.succeed({ action: 'CREATE', owner: first, properties: previous });
  const mine = fixture.setupTag()?.owner;
  let effects = 0;
  let ended = 0;
  let created: CreateResult | undefined;
  const operation = to
    ? ({ action: 'UPDATE', owner: first, properties: fixture.setupProperties(to), previous } as const)
    : ({ action: 'DELETE', owner: first, properties: previous } as const);
  const answers = await fixture.testAccount.run(region, operation, {
    afterCall: async () => {
      effects += 1;
      if (effects !== call + 1) return;
      const properties = fixture.setupProperties(b, takeOver ? { TakeOver: true } : {});
      created = await fixture.create({ owner: elsewhere, properties });
      ended = harness.aws.calls.length;
    },
  });
  if (!created) return [];
  const { status, errorCode = '', message } = answers[answers.length - 1] as ProgressEvent;
  const after = harness.aws.calls.slice(ended).filter(({ account }) => account === fixture.testAccount.account);
  const inGap = isInGap(after);
  const { create, rollback } = created;
  const trace = `A: ${status} ${errorCode}, then ${after.map((one) => one.operation)}; B: ${create.status} ${create.errorCode ?? ''}`;
  const known = status === 'SUCCESS' || errorCode === (to ? 'ResourceConflict' : 'NotFound');
  const findings = known ? [] : [`A was told ${errorCode}: ${message}`];
  if (create.status !== 'SUCCESS' && create.errorCode !== 'AlreadyExists') {
    findings.push(`B was told ${create.errorCode}: ${create.message}`);
  }
  if (rollback && rollback.errorCode !== 'NotFound') findings.push(`the Delete for B: ${rollback.status}`);
  const setupTag = fixture.setupTag();
  if (setupTag && !inGap) findings.push(...setupProblems(fixture, setupTag.owner === mine ? (to ?? has) : b));
  if (setupTag && !fixture.sends() && !inGap) findings.push('mail does not go out');
  if (!setupTag && !inGap && (to || create.status === 'SUCCESS')) findings.push('the pool has no tag');
  if (create.status === 'SUCCESS' && !to && !inGap && setupTag?.owner === mine) findings.push('the tag is A’s');
  return findings.map((finding) => `${concurrent.name}, after call ${call}: ${finding} (${trace})`);
}

test('B creates its setup, whole, after each call of A’s Delete or Update', async () => {
  const cases = await runConcurrently(concurrentCreates, 4, async (concurrent) => {
    const fixture = createPoolFixture(harness, concurrent.region);
    const previous = fixture.setupProperties(concurrent.has);
    const owner = fixture.owners.first;
    await fixture.succeed({ action: 'CREATE', owner, properties: previous });
    let calls = 0;
    const { to } = concurrent;
    const operation = to
      ? ({ action: 'UPDATE', owner, properties: fixture.setupProperties(to), previous } as const)
      : ({ action: 'DELETE', owner, properties: previous } as const);
    await fixture.testAccount.run(concurrent.region, operation, {
      afterCall: () => {
        calls += 1;
      },
    });
    return Array.from({ length: calls }, (_, call) => ({ concurrent, call }));
  });
  const all = cases.flat();
  expect(all.length).toBeGreaterThan(80);
  expect(
    await runCases(harness.stallDetector, all, 12, ({ concurrent, call }) => findingsOf(concurrent, call)),
  ).toEqual([]);
  record('races', all.length, 'a Create, whole, after each call of another stack’s Delete or Update');
}, 300_000);
