import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviours } from '../../emulator/behaviours';
import type { ProgressEvent } from '../../emulator/cloudformation/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';
import { acceptDefaultSenderFrom, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

/** The other answer to each fact that no document settles; every other test runs under the first. */
const others: readonly Partial<Behaviours>[] = [
  { tags: 'merge' },
  { omittedEmailConfiguration: 'keep' },
  { unknownMembers: 'refuse' },
  { defaultSenderFrom: 'accept' },
  { wildcardSourceArn: 'refuse' },
  { absentPolicy: 'succeed' },
  { defaultSenderWithEmailMfa: 'accept' },
  { policyVisibleAfterMs: 120 },
];
const nameOf = (modes: Partial<Behaviours>) => Object.entries(modes).flat().join(': ');

let harness: MultiAccountHarness;
let usual: Behaviours;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
  usual = { ...harness.aws.behaviours };
});
afterEach(() => Object.assign(harness.aws.behaviours, usual));
afterAll(() => harness.close());

const [, , , byDomain] = kindsFor(regionTable.find(({ region }) => region === 'eu-west-2') as RegionRow) as SetupKind[];
const fromOfDomain: Scenario = {
  name: 'create COGNITO_DEFAULT, domain',
  action: 'CREATE',
  region: 'eu-west-2',
  ...(byDomain && { to: byDomain }),
};
const all = [...scenarios, fromOfDomain];

/** Does Cognito refuse this under these behaviours? */
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
      Object.assign(harness.aws.behaviours, acceptDefaultSenderFrom);
      const usualTrial = await harness.prepare(scenario);
      await usualTrial.run(usualTrial.operation);
      const declared = usualTrial.normalizedSnapshot();
      const testCase = await harness.prepare(scenario);
      const before = testCase.snapshot();
      // Cognito has seen the policies from before for long enough.
      await sleep(modes.policyVisibleAfterMs ?? 0);
      Object.assign(harness.aws.behaviours, usual, modes);
      const [answer] = (await testCase.run(testCase.operation)).slice(-1) as [ProgressEvent];
      expect(testCase.deliveryGaps).toEqual([]);
      if (isRefused(scenario, harness.aws.behaviours)) {
        expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
        expect(answer.resourceModel).toBeUndefined();
        expect(testCase.snapshot()).toBe(before);
        return;
      }
      expect(answer).toMatchObject({ status: 'SUCCESS' });
      expect(testCase.normalizedSnapshot()).toBe(declared);
      const { properties = {} } = testCase.operation;
      if (scenario.action === 'READ' || scenario.action === 'LIST') return;
      // What was set up goes away again, whatever the mode.
      await testCase.run({ action: 'DELETE', properties });
      expect(testCase.attachments()).toEqual([]);
      expect(testCase.regionState.cognito.describe(testCase.poolId)).toMatchObject({
        EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
        UserPoolTags: {},
      });
      record(`mode ${name}`, 1, 'the operation ends as under the first answer, or is refused and undone');
    });
  },
);

const memberOf = (kind: SetupKind | undefined) => [
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
    const usualTrial = await harness.prepare(scenario);
    await usualTrial.run(usualTrial.operation);
    const testCase = await harness.prepare(scenario);
    Object.assign(harness.aws.behaviours, { partialEmailConfiguration: 'merge' });
    const [answer] = (await testCase.run(testCase.operation)).slice(-1);
    expect(answer).toMatchObject({ status: 'SUCCESS' });
    expect(testCase.normalizedSnapshot()).toBe(usualTrial.normalizedSnapshot());
    record('mode partialEmailConfiguration: merge', 1, 'what only adds members ends as under the first answer');
  },
);

const changing = scenarios.filter(({ action }) => action === 'CREATE' || action === 'UPDATE' || action === 'DELETE');
test.each(
  changing.filter((scenario) => !adding.includes(scenario)).map((scenario) => [scenario.name, scenario] as const),
)('partialEmailConfiguration: merge, %s: a member that is no longer declared is named', async (_name, scenario) => {
  const testCase = await harness.prepare(scenario);
  Object.assign(harness.aws.behaviours, { partialEmailConfiguration: 'merge' });
  const before = testCase.regionState.cognito.describe(testCase.poolId)['EmailConfiguration'] as Record<
    string,
    unknown
  >;
  const [answer] = (await testCase.run(testCase.operation)).slice(-1);
  const now = testCase.regionState.cognito.describe(testCase.poolId)['EmailConfiguration'] as Record<string, unknown>;
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
  const testCase = await harness.prepare(scenario);
  const pool = testCase.regionState.cognito.pools.get(testCase.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const before = testCase.snapshot();
  for (const defaultSenderWithEmailMfa of ['refuse', 'accept'] as const) {
    Object.assign(harness.aws.behaviours, { defaultSenderWithEmailMfa });
    const [answer] = (await testCase.run(testCase.operation)).slice(-1);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(testCase.snapshot()).toBe(before);
  }
});
