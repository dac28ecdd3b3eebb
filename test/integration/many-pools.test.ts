import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { addIdentities, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

const home = regionTable.find((row) => row.region === 'eu-west-2') as RegionRow;
const [, byDomain] = kindsFor(home) as [SetupKind, SetupKind];
const { region } = home;

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
  addIdentities(harness.regionState, home);
  harness.regionState(region).ses.addConfigurationSet('sign-up');
});
afterAll(() => harness.close());

const sesCalls = (from: number) =>
  harness.aws.calls
    .slice(from)
    .filter(({ service }) => service === 'ses')
    .map(({ operation }) => operation)
    .sort();

test('a DEVELOPER setup makes two SES calls, three with a configuration set, and writes nothing there', async () => {
  const id = harness.regionState(region).cognito.addPool();
  const properties = setupProperties(id, byDomain.properties);
  let from = harness.aws.calls.length;
  await harness.succeed(region, { action: 'CREATE', properties });
  expect(sesCalls(from)).toEqual(['GetAccount', 'GetEmailIdentity']);
  from = harness.aws.calls.length;
  const withSet = { ...properties, ConfigurationSet: 'sign-up' };
  await harness.succeed(region, { action: 'UPDATE', properties: withSet, previous: properties });
  expect(sesCalls(from)).toEqual(['GetAccount', 'GetConfigurationSet', 'GetEmailIdentity']);
});

test('two hundred DEVELOPER pools on one identity: each is created, re-asserted, read and deleted', async () => {
  const identity = harness.regionState(region).ses.identities.get('example.org');
  identity?.tags.set('team', 'a');
  const ids = Array.from({ length: 200 }, () => harness.regionState(region).cognito.addPool());
  for (const id of ids) {
    await harness.succeed(region, { action: 'CREATE', properties: setupProperties(id, byDomain.properties) });
  }
  expect([...(identity?.tags ?? [])]).toEqual([['team', 'a']]);
  expect(identity?.policies.size).toBe(0);
  for (const id of ids.slice(-3)) {
    const properties = setupProperties(id, byDomain.properties);
    const update = { action: 'UPDATE', properties: { ...properties, Revision: '2' }, previous: properties } as const;
    await harness.succeed(region, update);
    expect(harness.regionState(region).canSend(id)).toMatchObject({ sends: true });
    await harness.succeed(region, { action: 'DELETE', properties });
  }
}, 120_000);
