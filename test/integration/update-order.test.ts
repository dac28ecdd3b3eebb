import { expectSetup } from '../support/expect-setup';
import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import {
  acceptDefaultSenderFrom,
  addIdentities,
  kindsFor,
  type RegionRow,
  regionTable,
  type SetupKind,
} from '../support/setup-kinds';

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness({ behaviours: acceptDefaultSenderFrom });
});
afterAll(() => harness.close());

const rowOf = (region: string) => regionTable.find((row) => row.region === region) as RegionRow;

/** The same kind of setup with its identity in another Region that the row allows. */
function elsewhere(kind: SetupKind, region: string): SetupKind {
  const properties = { ...kind.properties, SesRegion: region };
  return { ...kind, name: `${kind.name} in ${region}`, properties, regions: [region], arnRegion: region };
}

const rows = [rowOf('eu-west-3'), rowOf('eu-west-2'), rowOf('me-central-1')];
const pairs = rows.flatMap((row) => {
  const kinds = kindsFor(row);
  const moved =
    row.category === 'backward-compatible' ? kinds.slice(0, 4).map((kind) => elsewhere(kind, 'us-east-1')) : [];
  const all = [...kinds, ...moved];
  return all.flatMap((from) =>
    all.filter((to) => to !== from).map((to) => [row.region, from.name, to.name, row, from, to] as const),
  );
});

const stepOf = (call: string) => {
  if (/^(Create|Update)EmailIdentityPolicy/.test(call)) return 'put policy';
  if (call.startsWith('UpdateUserPool')) return 'update pool';
  if (/^(DeleteEmailIdentityPolicy|UntagResource)/.test(call)) return 'delete policy';
  return undefined;
};
const rank = { 'put policy': 0, 'update pool': 1, 'delete policy': 2 };

test.each(pairs)(
  '%s, from %s to %s and back: policies put, pool updated, policies deleted',
  async (region, _a, _b, row, from, to) => {
    addIdentities(harness.regionState, row);
    const regionState = harness.regionState(region);
    const poolId = regionState.cognito.addPool();
    const one = setupProperties(poolId, from.properties);
    const other = setupProperties(poolId, to.properties);
    await harness.succeed(region, { action: 'CREATE', properties: one });

    const deliveryGaps: string[] = [];
    harness.aws.afterCall = (call) => {
      const delivery = regionState.canSend(poolId);
      if (!delivery.sends) deliveryGaps.push(`${call.operation}: ${delivery.why}`);
    };
    for (const [properties, previous, kind] of [
      [other, one, to],
      [one, other, from],
    ] as const) {
      const start = harness.aws.calls.length;
      const updated = await harness.succeed(region, { action: 'UPDATE', properties, previous });
      expect(updated.resourceModel).toMatchObject(properties);
      expectSetup(harness, region, poolId, kind);
      const steps = harness.callsSince(start).flatMap((call) => stepOf(call) ?? []);
      expect(steps).toEqual([...steps].sort((a, b) => rank[a] - rank[b]));
      expect(steps.filter((step) => step === 'update pool')).toHaveLength(1);
    }
    harness.aws.afterCall = undefined;
    expect(deliveryGaps).toEqual([]);
  },
);

test('an update that changes nothing in AWS writes nothing', async () => {
  const row = rowOf('me-central-1');
  addIdentities(harness.regionState, row);
  for (const kind of kindsFor(row)) {
    const poolId = harness.regionState(row.region).cognito.addPool();
    const properties = setupProperties(poolId, kind.properties);
    await harness.succeed(row.region, { action: 'CREATE', properties });
    const start = harness.aws.calls.length;
    await harness.succeed(row.region, {
      action: 'UPDATE',
      properties: { ...properties, Revision: 'again' },
      previous: properties,
    });
    expect(harness.callsSince(start).filter((call) => !/^(Describe|Get)/.test(call))).toEqual([]);
  }
});
