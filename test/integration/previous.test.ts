import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../emulator/types';
import { expectNothing, expectSetup, held } from '../support/expect-setup';
import { type Harness, startHarness, succeed } from '../support/harness';
import { type Kind, kindsFor, type Row, table, takingEveryKind } from '../support/kinds';
import { type LeftBehind, nextRound, restore, stateOf } from '../support/left-behind';

const fixtures = join(__dirname, '..', 'fixtures');
const all = readdirSync(fixtures).flatMap((version) =>
  readdirSync(join(fixtures, version))
    .filter((file) => file !== 'schema.json')
    .map((file) => ({
      version,
      ...(JSON.parse(readFileSync(join(fixtures, version, file), 'utf8')) as LeftBehind),
    })),
);
const setups = all.filter(({ answer }) => answer.status === 'SUCCESS');
const phase = (name: string) => all.filter(({ answer }) => answer.callbackContext?.['phase'] === name);
const rowOf = (region: string) => table.find((row) => row.region === region) as Row;

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness({ modes: takingEveryKind });
});
afterAll(() => stage.close());
// Recordings name their pools alike: each test has the account to itself.
beforeEach(() => {
  for (const { region } of table) {
    stage.world(region).cognito.pools.clear();
    stage.world(region).ses.identities.clear();
  }
});

const now = ({ region, poolId }: LeftBehind) => stateOf(stage, region, poolId, rowOf(region).sesRegions);
/** The pool as it was before the setup, in the form in which DescribeUserPool answers. */
function bare({ region, poolId, before }: LeftBehind): JsonObject {
  const { cognito } = stage.world(region);
  const pool = cognito.pools.get(poolId);
  if (!pool) throw new Error('the pool was not restored');
  const members = pool.members;
  pool.members = before.pool;
  const described = cognito.describe(poolId);
  pool.members = members;
  return described;
}
/** The kind of setup that a recording declares, and another one of its Region. */
function kindsOf({ region, operation: { properties } }: LeftBehind): { same: Kind; other: Kind } {
  const { UserPoolId: _id, Revision: _revision, VerificationTimeoutMinutes: _wait, ...declared } = properties;
  const kinds = kindsFor(rowOf(region));
  const same = kinds.find((kind) => JSON.stringify(kind.properties) === JSON.stringify(declared));
  const other = kinds.find((kind) => kind.properties['EmailSendingAccount'] !== declared['EmailSendingAccount']);
  if (!same || !other) throw new Error(`no kind of setup is ${JSON.stringify(declared)}`);
  return { same, other };
}

test('there are recordings of every kind of setup and of every phase that an operation can be interrupted in', () => {
  for (const version of readdirSync(fixtures)) {
    const names = all.filter((one) => one.version === version).map(({ name }) => name);
    expect([version, names.length >= 18]).toEqual([version, true]);
  }
  expect(setups.length).toBeGreaterThanOrEqual(10);
  for (const name of ['waiting', 'applying', 'undoing', 'deleting'])
    expect(phase(name).length).toBeGreaterThanOrEqual(2);
});

describe.each(setups)('a setup of $version, $name', (left) => {
  const { region, poolId, operation, answer } = left;
  const { properties } = operation;

  test('is read and listed as it was', async () => {
    restore(stage, left);
    const read = await succeed(stage, region, { action: 'READ', properties: { UserPoolId: poolId } });
    expect(read.resourceModel).toEqual(answer.resourceModel);
    const list = await succeed(stage, region, { action: 'LIST' });
    expect(list.resourceModels).toEqual([{ UserPoolId: poolId }]);
  });

  test('is left as it is by an update that changes nothing, and put back where it was lost', async () => {
    restore(stage, left);
    const update = { action: 'UPDATE' as const, properties: { ...properties, Revision: '2' }, previous: properties };
    await succeed(stage, region, update);
    expect(now(left)).toEqual(left.after);
    // Cognito's own sender leaves no trace but the tag.
    if (held(stage, region, poolId).length === 0) return;
    const pool = stage.world(region).cognito.pools.get(poolId);
    if (pool) pool.members = structuredClone(left.before.pool);
    await succeed(stage, region, update);
    expectSetup(stage, region, poolId, kindsOf(left).same);
  });

  test('becomes another one by an update, and back', async () => {
    restore(stage, left);
    const { same, other } = kindsOf(left);
    const changed = { UserPoolId: poolId, ...other.properties };
    await succeed(stage, region, { action: 'UPDATE', properties: changed, previous: properties });
    expectSetup(stage, region, poolId, other);
    await succeed(stage, region, { action: 'UPDATE', properties, previous: changed });
    expectSetup(stage, region, poolId, same);
  });

  test('is deleted without a trace', async () => {
    restore(stage, left);
    await succeed(stage, region, { action: 'DELETE', properties });
    expectNothing(stage, region, poolId, bare(left));
    expect(now(left).identities).toEqual(left.before.identities);
  });
});

describe('an operation that a version began and the next one goes on with', () => {
  test.each([...phase('waiting'), ...phase('applying')])('$version, $name: ends as declared', async (left) => {
    restore(stage, left);
    const { region, poolId } = left;
    for (const ses of rowOf(region).sesRegions) {
      for (const identity of stage.world(ses).ses.identities.values()) identity.verified = true;
    }
    await succeed(stage, region, nextRound(left));
    expectSetup(stage, region, poolId, kindsOf(left).same);
  });

  test.each(phase('undoing'))('$version, $name: is undone, and says what had failed', async (left) => {
    restore(stage, left);
    const last = await stage.last(left.region, nextRound(left));
    expect(last).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(last.message).toContain('InvalidParameterException: No.');
    expect(now(left)).toEqual(left.before);
  });

  test.each(phase('deleting'))('$version, $name: is deleted without a trace', async (left) => {
    restore(stage, left);
    await succeed(stage, left.region, nextRound(left));
    expect(held(stage, left.region, left.poolId)).toEqual([]);
    expect(now(left).pool['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});
