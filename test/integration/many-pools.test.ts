import { declaring, type Harness, startHarness, succeed } from '../support/harness';
import { addIdentities, type Kind, kindsFor, type Row, table } from '../support/kinds';

const home = table.find((row) => row.region === 'eu-west-2') as Row;
const [, byDomain] = kindsFor(home) as [Kind, Kind];
const { region } = home;

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness();
  addIdentities(stage.world, home);
  stage.world(region).ses.addConfigurationSet('sign-up');
});
afterAll(() => stage.close());

const sesCalls = (from: number) =>
  stage.aws.calls
    .slice(from)
    .filter(({ service }) => service === 'ses')
    .map(({ operation }) => operation)
    .sort();

test('a DEVELOPER setup makes two SES calls, three with a configuration set, and writes nothing there', async () => {
  const id = stage.world(region).cognito.addPool();
  const properties = declaring(id, byDomain.properties);
  let from = stage.aws.calls.length;
  await succeed(stage, region, { action: 'CREATE', properties });
  expect(sesCalls(from)).toEqual(['GetAccount', 'GetEmailIdentity']);
  from = stage.aws.calls.length;
  const withSet = { ...properties, ConfigurationSet: 'sign-up' };
  await succeed(stage, region, { action: 'UPDATE', properties: withSet, previous: properties });
  expect(sesCalls(from)).toEqual(['GetAccount', 'GetConfigurationSet', 'GetEmailIdentity']);
});

test('two hundred DEVELOPER pools on one identity: each is created, re-asserted, read and deleted', async () => {
  const identity = stage.world(region).ses.identities.get('example.org');
  identity?.tags.set('team', 'a');
  const ids = Array.from({ length: 200 }, () => stage.world(region).cognito.addPool());
  for (const id of ids) {
    await succeed(stage, region, { action: 'CREATE', properties: declaring(id, byDomain.properties) });
  }
  expect([...(identity?.tags ?? [])]).toEqual([['team', 'a']]);
  expect(identity?.policies.size).toBe(0);
  for (const id of ids.slice(-3)) {
    const properties = declaring(id, byDomain.properties);
    const update = { action: 'UPDATE', properties: { ...properties, Revision: '2' }, previous: properties } as const;
    await succeed(stage, region, update);
    expect(stage.world(region).canSend(id)).toMatchObject({ sends: true });
    await succeed(stage, region, { action: 'DELETE', properties });
  }
}, 120_000);
