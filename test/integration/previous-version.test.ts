import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../emulator/types';
import { attachments, expectNothing, expectSetup } from '../support/expect-setup';
import { startTestHarness, type TestHarness } from '../support/harness';
import { nextInvocation, type Recording, recordedState, restoreRecording } from '../support/recordings';
import { acceptDefaultSenderFrom, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

const fixtures = join(__dirname, '..', 'fixtures');
const all = readdirSync(fixtures).flatMap((version) =>
  readdirSync(join(fixtures, version))
    .filter((file) => file !== 'schema.json')
    .map((file) => ({
      version,
      ...(JSON.parse(readFileSync(join(fixtures, version, file), 'utf8')) as Recording),
    })),
);
const setups = all.filter(({ answer }) => answer.status === 'SUCCESS');
const phase = (name: string) => all.filter(({ answer }) => answer.callbackContext?.['phase'] === name);
const rowOf = (region: string) => regionTable.find((row) => row.region === region) as RegionRow;

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness({ behaviours: acceptDefaultSenderFrom });
});
afterAll(() => harness.close());
// Recordings name their pools alike: each test has the account to itself.
beforeEach(() => {
  for (const { region } of regionTable) {
    harness.regionState(region).cognito.pools.clear();
    harness.regionState(region).ses.identities.clear();
  }
});

const now = ({ region, poolId }: Recording) =>
  recordedState(harness, { region, poolId, sesRegions: rowOf(region).sesRegions });
/** The pool as it was before the setup, in the form in which DescribeUserPool answers. */
function bare({ region, poolId, before }: Recording): JsonObject {
  const { cognito } = harness.regionState(region);
  const pool = cognito.pools.get(poolId);
  if (!pool) throw new Error('the pool was not restored');
  const members = pool.members;
  pool.members = before.pool;
  const described = cognito.describe(poolId);
  pool.members = members;
  return described;
}
/** The kind of setup that a recording declares, and another one of its Region. */
function kindsOf({ region, operation: { properties } }: Recording): { same: SetupKind; other: SetupKind } {
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
  for (const name of ['verifying', 'applying', 'rolling-back', 'deleting'])
    expect(phase(name).length).toBeGreaterThanOrEqual(2);
});

describe.each(setups)('a setup of $version, $name', (recording) => {
  const { region, poolId, operation, answer } = recording;
  const { properties } = operation;

  test('is read and listed as it was', async () => {
    restoreRecording(harness, recording);
    const read = await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
    expect(read.resourceModel).toEqual(answer.resourceModel);
    const list = await harness.succeed(region, { action: 'LIST' });
    expect(list.resourceModels).toEqual([{ UserPoolId: poolId }]);
  });

  test('is left as it is by an update that changes nothing, and put back where it was lost', async () => {
    restoreRecording(harness, recording);
    const update = { action: 'UPDATE' as const, properties: { ...properties, Revision: '2' }, previous: properties };
    await harness.succeed(region, update);
    expect(now(recording)).toEqual(recording.after);
    // Cognito's own sender leaves no trace but the tag.
    if (attachments(harness, region, poolId).length === 0) return;
    const pool = harness.regionState(region).cognito.pools.get(poolId);
    if (pool) pool.members = structuredClone(recording.before.pool);
    await harness.succeed(region, update);
    expectSetup(harness, region, poolId, kindsOf(recording).same);
  });

  test('becomes another one by an update, and back', async () => {
    restoreRecording(harness, recording);
    const { same, other } = kindsOf(recording);
    const changed = { UserPoolId: poolId, ...other.properties };
    await harness.succeed(region, { action: 'UPDATE', properties: changed, previous: properties });
    expectSetup(harness, region, poolId, other);
    await harness.succeed(region, { action: 'UPDATE', properties, previous: changed });
    expectSetup(harness, region, poolId, same);
  });

  test('is deleted without a trace', async () => {
    restoreRecording(harness, recording);
    await harness.succeed(region, { action: 'DELETE', properties });
    expectNothing(harness, region, poolId, bare(recording));
    expect(now(recording).identities).toEqual(recording.before.identities);
  });
});

describe('an operation that a version began and the next one goes on with', () => {
  test.each([...phase('verifying'), ...phase('applying')])('$version, $name: ends as declared', async (recording) => {
    restoreRecording(harness, recording);
    const { region, poolId } = recording;
    for (const ses of rowOf(region).sesRegions) {
      for (const identity of harness.regionState(ses).ses.identities.values()) identity.verified = true;
    }
    await harness.succeed(region, nextInvocation(recording));
    expectSetup(harness, region, poolId, kindsOf(recording).same);
  });

  test.each(phase('rolling-back'))('$version, $name: is undone, and says what had failed', async (recording) => {
    restoreRecording(harness, recording);
    const last = await harness.last(recording.region, nextInvocation(recording));
    expect(last).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(last.message).toContain('InvalidParameterException: No.');
    expect(now(recording)).toEqual(recording.before);
  });

  test.each(phase('deleting'))('$version, $name: is deleted without a trace', async (recording) => {
    restoreRecording(harness, recording);
    await harness.succeed(recording.region, nextInvocation(recording));
    expect(attachments(harness, recording.region, recording.poolId)).toEqual([]);
    expect(now(recording).pool['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});
