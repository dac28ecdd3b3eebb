import { expectNothing, expectSetup } from '../support/expect-setup';
import { declaring, type Harness, startHarness, succeed } from '../support/harness';
import { addIdentities, kindsFor, table, takingEveryKind } from '../support/kinds';

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness({ modes: takingEveryKind });
});
afterAll(() => stage.close());

const cases = table.flatMap((row) => kindsFor(row).map((kind) => [row.region, kind.name, row, kind] as const));

test('the table has all 32 rows of AWS', () => {
  expect(table).toHaveLength(32);
  expect(cases).toHaveLength(160);
});

test.each(cases)('%s, %s: created as declared, read back, deleted clean', async (region, _name, row, kind) => {
  addIdentities(stage.world, row);
  const world = stage.world(region);
  const poolId = world.cognito.addPool();
  const before = world.cognito.describe(poolId);
  const properties = declaring(poolId, kind.properties);

  const created = await succeed(stage, region, { action: 'CREATE', properties });
  expectSetup(stage, region, poolId, kind);
  expect(created.resourceModel).toMatchObject(properties);
  expect(created.resourceModel?.['SesRegions']).toEqual([...kind.regions]);
  expect(created.resourceModel?.['SesRegion']).toBe(kind.regions[0]);

  const read = await succeed(stage, region, { action: 'READ', properties: { UserPoolId: poolId } });
  expect(read.resourceModel).toEqual(created.resourceModel);

  await succeed(stage, region, { action: 'DELETE', properties });
  expectNothing(stage, region, poolId, before);
});
