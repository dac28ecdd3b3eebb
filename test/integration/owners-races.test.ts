import type { CreateResult } from '../../emulator/cloudformation/stack-resources';
import type { ProgressEvent, StackResource } from '../../emulator/cloudformation/types';
import type { Call } from '../../emulator/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, type PoolFixture, setupKindsIn } from '../support/owners';
import { record } from '../support/reliability';
import type { SetupKind } from '../support/setup-kinds';
import { setupProblems } from '../support/setup-problems';

/*
 * Two stacks create a setup of one pool at the same time. The one that got SUCCESS is live; the other one gets
 * AlreadyExists, and what CloudFormation deletes for it harms nothing.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(16_000);
});
afterAll(() => harness.close());

/** A Create of one of the two. */
interface Side {
  readonly kind: SetupKind;
  readonly takeOver: boolean;
}
interface Race {
  readonly name: string;
  readonly region: string;
  readonly a: Side;
  readonly b: Side;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const at = { [alternate]: setupKindsIn(alternate), [home]: setupKindsIn(home) };
const indexes: readonly (readonly [string, number, number])[] = [
  [home, 0, 1],
  [home, 0, 0],
  [home, 2, 2],
  [home, 2, 0],
  [home, 0, 2],
  [home, 4, 2],
  [home, 2, 4],
  [alternate, 2, 2],
  [alternate, 2, 0],
  [alternate, 0, 1],
];
const races: readonly Race[] = indexes.flatMap(([region, one, two]) =>
  [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ].map(([mine = false, theirs = false]) => {
    const [a, b] = [at[region]?.[one] as SetupKind, at[region]?.[two] as SetupKind];
    const nameOf = ({ name }: SetupKind, takeOver: boolean) => `${name}${takeOver ? ' with TakeOver' : ''}`;
    return {
      name: `${region}: ${nameOf(a, mine)}, and ${nameOf(b, theirs)}`,
      region,
      a: { kind: a, takeOver: mine },
      b: { kind: b, takeOver: theirs },
    };
  }),
);

const declaredBy = (fixture: PoolFixture, { kind, takeOver }: Side, owner: StackResource) => ({
  owner,
  properties: fixture.setupProperties(kind, takeOver ? { TakeOver: true } : {}),
});

/** The answers that one side must not get. */
function unexpectedAnswers(who: string, { create, rollback }: CreateResult): readonly string[] {
  const { status, errorCode, message } = create;
  const known = status === 'SUCCESS' || errorCode === 'AlreadyExists';
  const harmless = rollback === undefined || rollback.errorCode === 'NotFound';
  return [
    ...(known ? [] : [`${who} was told ${errorCode}: ${message}`]),
    ...(harmless ? [] : [`the Delete for ${who}: ${rollback.status} ${rollback.errorCode}: ${rollback.message}`]),
  ];
}

const won = ({ create }: { readonly create: ProgressEvent }) => create.status === 'SUCCESS';

/** The end of a race: the owner in the pool's tag got SUCCESS, and its setup is live, whatever CloudFormation deleted since. */
function findingsOf(
  fixture: PoolFixture,
  { a, b }: Race,
  ends: { readonly a: CreateResult; readonly b: CreateResult; readonly inGap: boolean },
) {
  const { inGap } = ends;
  const findings = [...unexpectedAnswers('A', ends.a), ...unexpectedAnswers('B', ends.b)];
  if (!won(ends.a) && !won(ends.b)) return [...findings, 'nobody won'];
  // Both got SUCCESS where one took over from the other, and in the gap that the API leaves: the later one is live.
  const both = won(ends.a) && won(ends.b);
  if (both && !inGap && !a.takeOver && !b.takeOver) findings.push('both were told SUCCESS');
  const setupTag = fixture.setupTag();
  if (!setupTag) return [...findings, 'the pool has no tag'];
  if (!both && !inGap && setupTag.before !== undefined) findings.push('the tag still notes the loser');
  const options = { othersAllowed: inGap };
  const [asA, asB] = [setupProblems(fixture, a.kind, options), setupProblems(fixture, b.kind, options)];
  const live = won(ends.a) && !both ? asA : won(ends.b) && !both ? asB : asA.length < asB.length ? asA : asB;
  return [...findings, ...live];
}

/** Did B get SUCCESS between A's last DescribeUserPool and A's update? No call of Cognito shows A that. */
function isInGap(callsOfA: readonly Call[]): boolean {
  const update = callsOfA.findIndex(({ operation }) => operation === 'UpdateUserPool' || operation === 'TagResource');
  const looked = callsOfA.findIndex(({ operation }) => operation === 'DescribeUserPool');
  return update >= 0 && (looked < 0 || looked > update);
}

/** Runs B whole right after the effect of A's call of that number; -1: before A begins. */
async function raced(race: Race, at: number): Promise<readonly string[]> {
  const fixture = createPoolFixture(harness, race.region);
  const { first, elsewhere } = fixture.owners;
  let effects = 0;
  let ended = 0;
  let b: CreateResult | undefined;
  const runB = async () => {
    b = await fixture.create(declaredBy(fixture, race.b, elsewhere));
    ended = harness.aws.calls.length;
  };
  const a = await fixture.create(declaredBy(fixture, race.a, first), {
    afterCall: async () => {
      effects += 1;
      if (effects === at + 1) await runB();
    },
  });
  if (!b) return [];
  const calls = harness.aws.calls.slice(ended).filter(({ account }) => account === fixture.testAccount.account);
  return findingsOf(fixture, race, { a, b, inGap: isInGap(calls) }).map(
    (finding) => `${race.name}, after call ${at}: ${finding}`,
  );
}

test('B creates its setup, whole, after each call of A', async () => {
  const cases = await runConcurrently(races, 4, async (race) => {
    const fixture = createPoolFixture(harness, race.region);
    let calls = 0;
    await fixture.create(declaredBy(fixture, race.a, fixture.owners.first), {
      afterCall: () => {
        calls += 1;
      },
    });
    return Array.from({ length: calls }, (_, call) => ({ race, call }));
  });
  const all = cases.flat();
  expect(all.length).toBeGreaterThan(180);
  expect(await runCases(harness.stallDetector, all, 12, ({ race, call }) => raced(race, call))).toEqual([]);
  record('races', all.length, 'two Creates on one pool, the second one whole after each call of the first');
}, 300_000);

/** Holds a call until both sides have come to it. */
function barrier() {
  let waiting: (() => void)[] = [];
  return () =>
    new Promise<undefined>((resolve) => {
      waiting.push(() => resolve(undefined));
      if (waiting.length < 2) return;
      for (const go of waiting) go();
      waiting = [];
    });
}

/** Both Creates run at once, and wait for each other before (or after the effect of) their first update. */
async function abreast(race: Race, when: 'before' | 'after'): Promise<readonly string[]> {
  const fixture = createPoolFixture(harness, race.region);
  const { account } = fixture.testAccount;
  const { intercept, afterCall } = harness.aws;
  const meet = barrier();
  let held = 0;
  const isFirst = (call: Call) => {
    if (call.account !== account || call.operation !== 'UpdateUserPool') return false;
    held += 1;
    return held <= 2;
  };
  if (when === 'before') {
    harness.aws.intercept = async (call) => ((isFirst(call) && (await meet())) || intercept?.(call)) ?? undefined;
  } else {
    harness.aws.afterCall = async (call) => {
      if (isFirst(call)) await meet();
      return afterCall?.(call);
    };
  }
  try {
    const [a, b] = await Promise.all([
      fixture.create(declaredBy(fixture, race.a, fixture.owners.first)),
      fixture.create(declaredBy(fixture, race.b, fixture.owners.elsewhere)),
    ]);
    return findingsOf(fixture, race, { a, b, inGap: false }).map(
      (finding) => `${race.name}, ${when} the update: ${finding}`,
    );
  } finally {
    Object.assign(harness.aws, { intercept, afterCall });
  }
}

test.each(['before', 'after'] as const)(
  'both wait for each other %s their updates: one wins',
  async (when) => {
    const findings: string[] = [];
    for (const race of races.filter(({ a, b }) => !a.takeOver && !b.takeOver)) {
      findings.push(...(await abreast(race, when)));
    }
    expect(findings).toEqual([]);
  },
  120_000,
);

test('a Create that was overtaken before any answer names the pool, so that its Delete takes the note out', async () => {
  const kind = at[home]?.[0] as SetupKind;
  const fixture = createPoolFixture(harness, home);
  const { first, elsewhere } = fixture.owners;
  let isLost = false;
  const a = await fixture.create(declaredBy(fixture, { kind, takeOver: false }, first), {
    faultPlan: ({ operation }) => {
      if (operation !== 'UpdateUserPool' || isLost) return undefined;
      isLost = true;
      return { kind: 'lost-answer' };
    },
    afterCall: async ({ operation }) => {
      if (operation !== 'UpdateUserPool') return;
      const moved = await fixture.create(declaredBy(fixture, { kind, takeOver: true }, elsewhere));
      expect(moved.create.status).toBe('SUCCESS');
      expect(fixture.setupTag()?.before).toBeDefined();
    },
  });
  expect([a.create.errorCode, a.create.resourceModel]).toEqual(['AlreadyExists', expect.anything()]);
  expect(a.rollback?.errorCode).toBe('NotFound');
  expect(fixture.setupTag()?.before).toBeUndefined();
  expect(setupProblems(fixture, kind)).toEqual([]);
});
