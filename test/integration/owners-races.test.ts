import type { HandlerAnswer, Owner } from '../../emulator/cloudformation/drive';
import type { Created } from '../../emulator/cloudformation/stacks';
import type { Call } from '../../emulator/types';
import { runCases, together } from '../support/concurrency';
import { inForce } from '../support/in-force';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, type Scene, sceneIn } from '../support/owners';
import { record } from '../support/reliability';

/*
 * Two stacks create a setup of one pool at the same time. The one that was told SUCCESS is live; the other one is told
 * AlreadyExists, and what CloudFormation deletes for it harms nothing.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(16_000);
});
afterAll(() => arena.close());

/** A Create of one of the two. */
interface Side {
  readonly kind: Kind;
  readonly takeOver: boolean;
}
interface Race {
  readonly name: string;
  readonly region: string;
  readonly a: Side;
  readonly b: Side;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const at = { [alternate]: kindsAt(alternate), [home]: kindsAt(home) };
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
    const [a, b] = [at[region]?.[one] as Kind, at[region]?.[two] as Kind];
    const said = ({ name }: Kind, takeOver: boolean) => `${name}${takeOver ? ' with TakeOver' : ''}`;
    return {
      name: `${region}: ${said(a, mine)}, and ${said(b, theirs)}`,
      region,
      a: { kind: a, takeOver: mine },
      b: { kind: b, takeOver: theirs },
    };
  }),
);

const declaredBy = (scene: Scene, { kind, takeOver }: Side, owner: Owner) => ({
  owner,
  properties: scene.declaring(kind, takeOver ? { TakeOver: true } : {}),
});

/** What one side was told, as far as it may be told that. */
function told(who: string, { create, rollback }: Created): readonly string[] {
  const { status, errorCode, message } = create;
  const known = status === 'SUCCESS' || errorCode === 'AlreadyExists';
  const harmless = rollback === undefined || rollback.errorCode === 'NotFound';
  return [
    ...(known ? [] : [`${who} was told ${errorCode}: ${message}`]),
    ...(harmless ? [] : [`the Delete for ${who}: ${rollback.status} ${rollback.errorCode}: ${rollback.message}`]),
  ];
}

const won = ({ create }: { readonly create: HandlerAnswer }) => create.status === 'SUCCESS';

/** The end of a race: whose tag is on the pool was told SUCCESS, and is live, whatever CloudFormation has deleted since. */
function judged(scene: Scene, { a, b }: Race, ends: { readonly a: Created; readonly b: Created }, inGap: boolean) {
  const findings = [...told('A', ends.a), ...told('B', ends.b)];
  if (!won(ends.a) && !won(ends.b)) return [...findings, 'nobody won'];
  // Both were told SUCCESS where one took over from the other, and in the gap that the API leaves: the later one is live.
  const both = won(ends.a) && won(ends.b);
  if (both && !inGap && !a.takeOver && !b.takeOver) findings.push('both were told SUCCESS');
  const mark = scene.mark();
  if (!mark) return [...findings, 'the pool has no tag'];
  if (!both && !inGap && mark.before !== undefined) findings.push('the tag still notes the loser');
  const alone = !inGap;
  const [asA, asB] = [inForce(scene, a.kind, alone), inForce(scene, b.kind, alone)];
  const live = won(ends.a) && !both ? asA : won(ends.b) && !both ? asB : asA.length < asB.length ? asA : asB;
  return [...findings, ...live];
}

/** Was B told SUCCESS between A's last look at the pool and A's update? No call of Cognito's can tell A so. */
function isInGap(callsOfA: readonly Call[]): boolean {
  const update = callsOfA.findIndex(({ operation }) => operation === 'UpdateUserPool' || operation === 'TagResource');
  const looked = callsOfA.findIndex(({ operation }) => operation === 'DescribeUserPool');
  return update >= 0 && (looked < 0 || looked > update);
}

/** Runs B whole right after the effect of A's call of that number; -1: before A begins. */
async function raced(race: Race, at: number): Promise<readonly string[]> {
  const scene = sceneIn(arena, race.region);
  const { first, elsewhere } = scene.owners;
  let effects = 0;
  let ended = 0;
  let b: Created | undefined;
  const runB = async () => {
    b = await scene.create(declaredBy(scene, race.b, elsewhere));
    ended = arena.aws.calls.length;
  };
  const a = await scene.create(declaredBy(scene, race.a, first), undefined, async () => {
    effects += 1;
    if (effects === at + 1) await runB();
  });
  if (!b) return [];
  const calls = arena.aws.calls.slice(ended).filter(({ account }) => account === scene.tenant.account);
  return judged(scene, race, { a, b }, isInGap(calls)).map((finding) => `${race.name}, after call ${at}: ${finding}`);
}

test('B creates its setup, whole, after each call of A', async () => {
  const cases = await together(races, 4, async (race) => {
    const scene = sceneIn(arena, race.region);
    let calls = 0;
    await scene.create(declaredBy(scene, race.a, scene.owners.first), undefined, () => {
      calls += 1;
    });
    return Array.from({ length: calls }, (_, call) => ({ race, call }));
  });
  const all = cases.flat();
  expect(all.length).toBeGreaterThan(180);
  expect(await runCases(arena.stallDetector, all, 12, ({ race, call }) => raced(race, call))).toEqual([]);
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
  const scene = sceneIn(arena, race.region);
  const { account } = scene.tenant;
  const { intercept, afterCall } = arena.aws;
  const meet = barrier();
  let held = 0;
  const isFirst = (call: Call) => {
    if (call.account !== account || call.operation !== 'UpdateUserPool') return false;
    held += 1;
    return held <= 2;
  };
  if (when === 'before') {
    arena.aws.intercept = async (call) => ((isFirst(call) && (await meet())) || intercept?.(call)) ?? undefined;
  } else {
    arena.aws.afterCall = async (call) => {
      if (isFirst(call)) await meet();
      return afterCall?.(call);
    };
  }
  try {
    const [a, b] = await Promise.all([
      scene.create(declaredBy(scene, race.a, scene.owners.first)),
      scene.create(declaredBy(scene, race.b, scene.owners.elsewhere)),
    ]);
    return judged(scene, race, { a, b }, false).map((finding) => `${race.name}, ${when} the update: ${finding}`);
  } finally {
    Object.assign(arena.aws, { intercept, afterCall });
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
  const kind = at[home]?.[0] as Kind;
  const scene = sceneIn(arena, home);
  const { first, elsewhere } = scene.owners;
  let isLost = false;
  const a = await scene.create(
    declaredBy(scene, { kind, takeOver: false }, first),
    ({ operation }) => {
      if (operation !== 'UpdateUserPool' || isLost) return undefined;
      isLost = true;
      return { kind: 'lost-answer' };
    },
    async ({ operation }) => {
      if (operation !== 'UpdateUserPool') return;
      const moved = await scene.create(declaredBy(scene, { kind, takeOver: true }, elsewhere));
      expect(moved.create.status).toBe('SUCCESS');
      expect(scene.mark()?.before).toBeDefined();
    },
  );
  expect([a.create.errorCode, a.create.resourceModel]).toEqual(['AlreadyExists', expect.anything()]);
  expect(a.rollback?.errorCode).toBe('NotFound');
  expect(scene.mark()?.before).toBeUndefined();
  expect(inForce(scene, kind, true)).toEqual([]);
});
