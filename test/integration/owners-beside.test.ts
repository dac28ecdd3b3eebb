import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Created } from '../../emulator/cloudformation/stacks';
import type { Call } from '../../emulator/types';
import { runCases, together } from '../support/concurrency';
import { inForce } from '../support/in-force';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, sceneIn } from '../support/owners';
import { record } from '../support/reliability';

/*
 * A stack deletes or updates its setup, and while it does another stack creates one for the same pool. Who was told SUCCESS
 * is live.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(16_000);
});
afterAll(() => arena.close());

/** What A has and does, and what B creates meanwhile. */
interface Meeting {
  readonly name: string;
  readonly region: string;
  readonly has: Kind;
  /** What A updates to; undefined: it deletes. */
  readonly to: Kind | undefined;
  readonly b: Kind;
  readonly takeOver: boolean;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const at = { [alternate]: kindsAt(alternate), [home]: kindsAt(home) };
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
const meetings: readonly Meeting[] = indexes.flatMap(([region, one, other, two]) =>
  [false, true].flatMap((takeOver) => {
    const kind = (number: number) => at[region]?.[number] as Kind;
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

async function met(meeting: Meeting, call: number): Promise<readonly string[]> {
  const { region, has, to, b, takeOver } = meeting;
  const scene = sceneIn(arena, region);
  const { first, elsewhere } = scene.owners;
  const previous = scene.declaring(has);
  await scene.succeed({ action: 'CREATE', owner: first, properties: previous });
  const mine = scene.mark()?.owner;
  let effects = 0;
  let ended = 0;
  let created: Created | undefined;
  const operation = to
    ? ({ action: 'UPDATE', owner: first, properties: scene.declaring(to), previous } as const)
    : ({ action: 'DELETE', owner: first, properties: previous } as const);
  const answers = await scene.tenant.run(region, operation, undefined, async () => {
    effects += 1;
    if (effects !== call + 1) return;
    const properties = scene.declaring(b, takeOver ? { TakeOver: true } : {});
    created = await scene.create({ owner: elsewhere, properties });
    ended = arena.aws.calls.length;
  });
  if (!created) return [];
  const { status, errorCode = '', message } = answers[answers.length - 1] as HandlerAnswer;
  const after = arena.aws.calls.slice(ended).filter(({ account }) => account === scene.tenant.account);
  const inGap = isInGap(after);
  const { create, rollback } = created;
  const trace = `A: ${status} ${errorCode}, then ${after.map((one) => one.operation)}; B: ${create.status} ${create.errorCode ?? ''}`;
  const known = status === 'SUCCESS' || errorCode === (to ? 'ResourceConflict' : 'NotFound');
  const findings = known ? [] : [`A was told ${errorCode}: ${message}`];
  if (create.status !== 'SUCCESS' && create.errorCode !== 'AlreadyExists') {
    findings.push(`B was told ${create.errorCode}: ${create.message}`);
  }
  if (rollback && rollback.errorCode !== 'NotFound') findings.push(`the Delete for B: ${rollback.status}`);
  const mark = scene.mark();
  if (mark && !inGap) findings.push(...inForce(scene, mark.owner === mine ? (to ?? has) : b, true));
  if (mark && !scene.sends() && !inGap) findings.push('mail does not go out');
  if (!mark && !inGap && (to || create.status === 'SUCCESS')) findings.push('the pool has no tag');
  if (create.status === 'SUCCESS' && !to && !inGap && mark?.owner === mine) findings.push('the tag is A’s');
  return findings.map((finding) => `${meeting.name}, after call ${call}: ${finding} (${trace})`);
}

test('B creates its setup, whole, after each call of A’s Delete or Update', async () => {
  const cases = await together(meetings, 4, async (meeting) => {
    const scene = sceneIn(arena, meeting.region);
    const previous = scene.declaring(meeting.has);
    const owner = scene.owners.first;
    await scene.succeed({ action: 'CREATE', owner, properties: previous });
    let calls = 0;
    const { to } = meeting;
    const operation = to
      ? ({ action: 'UPDATE', owner, properties: scene.declaring(to), previous } as const)
      : ({ action: 'DELETE', owner, properties: previous } as const);
    await scene.tenant.run(meeting.region, operation, undefined, () => {
      calls += 1;
    });
    return Array.from({ length: calls }, (_, call) => ({ meeting, call }));
  });
  const all = cases.flat();
  expect(all.length).toBeGreaterThan(80);
  expect(await runCases(arena.stallDetector, all, 12, ({ meeting, call }) => met(meeting, call))).toEqual([]);
  record('races', all.length, 'a Create, whole, after each call of another stack’s Delete or Update');
}, 300_000);
