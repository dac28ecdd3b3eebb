import { expectSetup } from '../support/expect-setup';
import { declaring, type Harness, startHarness, succeed } from '../support/harness';
import { addIdentities, type Kind, kindsFor, type Row, table, takingEveryKind } from '../support/kinds';

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness({ modes: takingEveryKind });
});
afterAll(() => stage.close());

const rowOf = (region: string) => table.find((row) => row.region === region) as Row;

/** The same kind of setup with its identity in another Region that the row allows. */
function elsewhere(kind: Kind, region: string): Kind {
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
  if (/^(Create|Update)EmailIdentityPolicy/.test(call)) return 'grant';
  if (call.startsWith('UpdateUserPool')) return 'switch';
  if (/^(DeleteEmailIdentityPolicy|UntagResource)/.test(call)) return 'revoke';
  return undefined;
};
const rank = { grant: 0, switch: 1, revoke: 2 };

test.each(pairs)('%s, from %s to %s and back: granted, switched, revoked', async (region, _a, _b, row, from, to) => {
  addIdentities(stage.world, row);
  const world = stage.world(region);
  const poolId = world.cognito.addPool();
  const one = declaring(poolId, from.properties);
  const other = declaring(poolId, to.properties);
  await succeed(stage, region, { action: 'CREATE', properties: one });

  const cuts: string[] = [];
  stage.aws.afterCall = (call) => {
    const delivery = world.canSend(poolId);
    if (!delivery.sends) cuts.push(`${call.operation}: ${delivery.why}`);
  };
  for (const [properties, previous, kind] of [
    [other, one, to],
    [one, other, from],
  ] as const) {
    const start = stage.aws.calls.length;
    const updated = await succeed(stage, region, { action: 'UPDATE', properties, previous });
    expect(updated.resourceModel).toMatchObject(properties);
    expectSetup(stage, region, poolId, kind);
    const steps = stage.callsSince(start).flatMap((call) => stepOf(call) ?? []);
    expect(steps).toEqual([...steps].sort((a, b) => rank[a] - rank[b]));
    expect(steps.filter((step) => step === 'switch')).toHaveLength(1);
  }
  stage.aws.afterCall = undefined;
  expect(cuts).toEqual([]);
});

test('an update that changes nothing in AWS writes nothing', async () => {
  const row = rowOf('me-central-1');
  addIdentities(stage.world, row);
  for (const kind of kindsFor(row)) {
    const poolId = stage.world(row.region).cognito.addPool();
    const properties = declaring(poolId, kind.properties);
    await succeed(stage, row.region, { action: 'CREATE', properties });
    const start = stage.aws.calls.length;
    await succeed(stage, row.region, {
      action: 'UPDATE',
      properties: { ...properties, Revision: 'again' },
      previous: properties,
    });
    expect(stage.callsSince(start).filter((call) => !/^(Describe|Get)/.test(call))).toEqual([]);
  }
});
