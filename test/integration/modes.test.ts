import { setTimeout as sleep } from 'node:timers/promises';
import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Behaviours } from '../../emulator/types';
import { type Kind, kindsFor, type Row, table, takingEveryKind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

/** The other answer to each fact that no document settles; every other test runs under the first. */
const others: readonly Partial<Behaviours>[] = [
  { tags: 'merge' },
  { omittedEmailConfiguration: 'keep' },
  { unknownMembers: 'refuse' },
  { defaultSenderFrom: 'accept' },
  { wildcardSourceArn: 'refuse' },
  { absentPolicy: 'succeed' },
  { defaultSenderWithEmailMfa: 'accept' },
  { grantVisibleAfterMs: 120 },
];
const nameOf = (modes: Partial<Behaviours>) => Object.entries(modes).flat().join(': ');

let arena: MultiAccountHarness;
let usual: Behaviours;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
  usual = { ...arena.aws.modes };
});
afterEach(() => Object.assign(arena.aws.modes, usual));
afterAll(() => arena.close());

const [, , , byDomain] = kindsFor(table.find(({ region }) => region === 'eu-west-2') as Row) as Kind[];
const fromOfDomain: Scenario = {
  name: 'create COGNITO_DEFAULT, domain',
  action: 'CREATE',
  region: 'eu-west-2',
  ...(byDomain && { to: byDomain }),
};
const all = [...scenarios, fromOfDomain];

/** What Cognito refuses under the modes, whoever asks. */
function isRefused({ to, from }: Scenario, modes: Behaviours): boolean {
  if (modes.wildcardSourceArn === 'refuse' && [to, from].some((kind) => kind?.arnRegion === '*')) {
    return to?.arnRegion === '*';
  }
  return modes.defaultSenderFrom === 'refuse' && to?.name === 'COGNITO_DEFAULT, domain';
}

const together = Object.assign({}, ...others.filter((modes) => !('wildcardSourceArn' in modes))) as Partial<Behaviours>;

describe.each([...others.map((modes) => [nameOf(modes), modes] as const), ['all but the wildcard', together] as const])(
  '%s',
  (name, modes) => {
    test.each(all.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
      Object.assign(arena.aws.modes, takingEveryKind);
      const usualTrial = await arena.prepare(scenario);
      await usualTrial.run(usualTrial.operation);
      const declared = usualTrial.normalizedSnapshot();
      const trial = await arena.prepare(scenario);
      const before = trial.snapshot();
      // Cognito has long seen what was granted before.
      await sleep(modes.grantVisibleAfterMs ?? 0);
      Object.assign(arena.aws.modes, usual, modes);
      const [answer] = (await trial.run(trial.operation)).slice(-1) as [HandlerAnswer];
      expect(trial.deliveryGaps).toEqual([]);
      if (isRefused(scenario, arena.aws.modes)) {
        expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
        expect(answer.resourceModel).toBeUndefined();
        expect(trial.snapshot()).toBe(before);
        return;
      }
      expect(answer).toMatchObject({ status: 'SUCCESS' });
      expect(trial.normalizedSnapshot()).toBe(declared);
      const { properties = {} } = trial.operation;
      if (scenario.action === 'READ' || scenario.action === 'LIST') return;
      // What was set up goes away again, whatever the mode.
      await trial.run({ action: 'DELETE', properties });
      expect(trial.held()).toEqual([]);
      expect(trial.world.cognito.describe(trial.poolId)).toMatchObject({
        EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
        UserPoolTags: {},
      });
      record(`mode ${name}`, 1, 'the operation ends as under the first answer, or is refused and undone');
    });
  },
);

const memberOf = (kind: Kind | undefined) => [
  ...Object.keys(kind?.properties ?? {}),
  ...(kind?.arnRegion === undefined ? [] : ['SourceArn']),
];
/** Operations after which every member of the configuration is a declared one, also where Cognito merges. */
const adding = scenarios.filter(
  ({ action, to, from, byHand }) =>
    (action === 'CREATE' || action === 'UPDATE') &&
    !byHand &&
    memberOf(from).every((member) => member === 'SesRegion' || memberOf(to).includes(member)),
);

test.each(adding.map((scenario) => [scenario.name, scenario] as const))(
  'partialEmailConfiguration: merge, %s',
  async (_name, scenario) => {
    const usualTrial = await arena.prepare(scenario);
    await usualTrial.run(usualTrial.operation);
    const trial = await arena.prepare(scenario);
    Object.assign(arena.aws.modes, { partialEmailConfiguration: 'merge' });
    const [answer] = (await trial.run(trial.operation)).slice(-1);
    expect(answer).toMatchObject({ status: 'SUCCESS' });
    expect(trial.normalizedSnapshot()).toBe(usualTrial.normalizedSnapshot());
    record('mode partialEmailConfiguration: merge', 1, 'what only adds members ends as under the first answer');
  },
);

const changing = scenarios.filter(({ action }) => action === 'CREATE' || action === 'UPDATE' || action === 'DELETE');
test.each(
  changing.filter((scenario) => !adding.includes(scenario)).map((scenario) => [scenario.name, scenario] as const),
)('partialEmailConfiguration: merge, %s: a member that is no longer declared is named', async (_name, scenario) => {
  const trial = await arena.prepare(scenario);
  Object.assign(arena.aws.modes, { partialEmailConfiguration: 'merge' });
  const before = trial.world.cognito.describe(trial.poolId)['EmailConfiguration'] as Record<string, unknown>;
  const [answer] = (await trial.run(trial.operation)).slice(-1);
  const now = trial.world.cognito.describe(trial.poolId)['EmailConfiguration'] as Record<string, unknown>;
  expect(
    answer?.status === 'SUCCESS' ? Object.keys(now).filter((member) => !memberOf(scenario.to).includes(member)) : [],
  ).toEqual([]);
  if (answer?.status === 'SUCCESS') return;
  expect(answer).toMatchObject({
    errorCode: 'GeneralServiceException',
    message: expect.stringMatching(/Cognito kept \w+/),
  });
  if (scenario.action !== 'DELETE') expect(now).toMatchObject(before);
  record('mode partialEmailConfiguration: merge', 1, 'what drops a member names it');
});

test('operations that drop no member are among the scenarios', () => {
  expect(adding.length).toBeGreaterThanOrEqual(7);
});

test('the default sender is refused on a pool with e-mail MFA, whether or not Cognito would take it', async () => {
  const scenario = all.find(({ name }) =>
    name.startsWith('update in eu-west-2: DEVELOPER, address -> COGNITO'),
  ) as Scenario;
  const trial = await arena.prepare(scenario);
  const pool = trial.world.cognito.pools.get(trial.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const before = trial.snapshot();
  for (const defaultSenderWithEmailMfa of ['refuse', 'accept'] as const) {
    Object.assign(arena.aws.modes, { defaultSenderWithEmailMfa });
    const [answer] = (await trial.run(trial.operation)).slice(-1);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(trial.snapshot()).toBe(before);
  }
});
