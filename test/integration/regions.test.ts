import { expectNothing, expectSetup } from '../support/expect-setup';
import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { acceptDefaultSenderFrom, addIdentities, kindsFor, regionTable } from '../support/setup-kinds';

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness({ behaviours: acceptDefaultSenderFrom });
});
afterAll(() => harness.close());

const cases = regionTable.flatMap((row) => kindsFor(row).map((kind) => [row.region, kind.name, row, kind] as const));

test('the table has all 32 rows of AWS', () => {
  expect(regionTable).toHaveLength(32);
  expect(cases).toHaveLength(160);
});

test.each(cases)('%s, %s: created as declared, read back, deleted clean', async (region, _name, row, kind) => {
  addIdentities(harness.regionState, row);
  const regionState = harness.regionState(region);
  const poolId = regionState.cognito.addPool();
  const before = regionState.cognito.describe(poolId);
  const properties = setupProperties(poolId, kind.properties);

  const created = await harness.succeed(region, { action: 'CREATE', properties });
  expectSetup(harness, region, poolId, kind);
  expect(created.resourceModel).toMatchObject(properties);
  expect(created.resourceModel?.['SesRegions']).toEqual([...kind.regions]);
  expect(created.resourceModel?.['SesRegion']).toBe(kind.regions[0]);

  const read = await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
  expect(read.resourceModel).toEqual(created.resourceModel);

  await harness.succeed(region, { action: 'DELETE', properties });
  expectNothing(harness, region, poolId, before);
});
