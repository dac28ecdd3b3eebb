import { createInStack } from '../../emulator/cloudformation/drive';
import type { Created } from '../../emulator/cloudformation/stacks';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { runCases } from '../support/concurrency';
import { inForce } from '../support/in-force';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, sceneIn } from '../support/owners';
import { record } from '../support/reliability';

/*
 * AWS throttles a Create from one of its calls on, so that it goes on in another round; between the rounds another stack
 * creates a setup for the same pool, whole.
 */

let arena: MultiAccountHarness;
/** By account: the round that is on, its calls so far, and the call from which on the first one is throttled. */
const rounds = new Map<string, { round: number; calls: number; readonly from: number }>();
const slow: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
beforeAll(async () => {
  arena = await startMultiAccountHarness();
  const { intercept } = arena.aws;
  arena.aws.intercept = (call: Call) => {
    const current = rounds.get(call.account);
    if (!current) return intercept?.(call);
    current.calls += 1;
    return current.round === 1 && current.calls > current.from ? slow : undefined;
  };
});
afterAll(() => arena.close());

interface Case {
  readonly region: string;
  readonly a: Kind;
  readonly b: Kind;
  readonly takeOver: readonly [a: boolean, b: boolean];
  readonly from: number;
}

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, standard] = kindsAt(home);
const [altDeveloper, , altStandard] = kindsAt(alternate);
const pairs: readonly (readonly [string, Kind, Kind])[] = [
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
const cases: readonly Case[] = pairs.flatMap(([region, a, b]) =>
  takeOvers.flatMap((takeOver) => [0, 1, 2, 3, 4, 5, 6].map((from) => ({ region, a, b, takeOver, from }))),
);

let interrupted = 0;

async function tried({ region, a, b, takeOver: [mine, theirs], from }: Case): Promise<readonly string[]> {
  const scene = sceneIn(arena, region);
  const { caller, owners } = scene;
  const { account } = scene.tenant;
  const at = { round: 0, calls: 0, from };
  let other: Created | undefined;
  const invoke = async (payload: JsonObject) => {
    if (payload['action'] === 'CREATE') at.round += 1;
    if (payload['action'] === 'CREATE' && at.round === 2) {
      rounds.delete(account);
      const properties = scene.declaring(b, theirs ? { TakeOver: true } : {});
      other = await scene.create({ owner: owners.elsewhere, properties });
    }
    return caller.invoke(payload);
  };
  rounds.set(account, at);
  const properties = scene.declaring(a, mine ? { TakeOver: true } : {});
  const made = await createInStack({ ...caller, invoke }, properties, owners.first);
  rounds.delete(account);
  if (!other) return [];
  interrupted += 1;
  const [isA, isB] = [made, other].map(({ create }) => create.status === 'SUCCESS');
  const told = ({ create, rollback }: Created) =>
    `${create.errorCode ?? create.status} ${create.message}, Delete ${rollback?.errorCode ?? rollback?.status}`;
  const findings: string[] = [];
  for (const one of [made, other]) {
    const known = one.create.status === 'SUCCESS' || one.create.errorCode === 'AlreadyExists';
    if (!known || (one.rollback && one.rollback.errorCode !== 'NotFound')) findings.push(told(one));
  }
  if (!isA && !isB) findings.push('nobody won');
  // A sees in its next round whose setup it is; only a take-over of its own takes it from B again.
  if (isA && isB && !mine) findings.push('both were told SUCCESS');
  if (!scene.mark()) findings.push('the pool has no tag');
  findings.push(...inForce(scene, isA ? a : b, true));
  const name = `${region}: ${a.name}${mine ? ' with TakeOver' : ''}, throttled from call ${from} on; ${b.name}${theirs ? ' with TakeOver' : ''}`;
  return findings.map((finding) => `${name}: ${finding} (A: ${told(made)}; B: ${told(other as Created)})`);
}

test('B creates its setup between two rounds of A, wherever the first one ends', async () => {
  expect(await runCases(arena.stallDetector, cases, 24, tried)).toEqual([]);
  expect(interrupted).toBeGreaterThan(80);
  record('races', interrupted, 'a Create, whole, between two rounds of another stack’s Create');
}, 300_000);
