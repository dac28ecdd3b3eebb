import type { JsonObject } from '../../emulator/types';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';

const region = 'eu-west-1';
let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
});
afterAll(() => harness.close());

const live = {
  EmailSendingAccount: 'DEVELOPER',
  Identity: 'example.com',
  SesRegion: 'eu-west-1',
  From: 'a@example.com',
  ConfigurationSet: 'sign-up',
};

/** A pool that sends as `live`, in an account where everything is in order. */
async function createdSetup(): Promise<{ poolId: string; properties: JsonObject }> {
  for (const ses of ['eu-west-1', 'us-east-1']) {
    const regionState = harness.regionState(ses).ses;
    Object.assign(regionState.account, { productionAccess: true, sendingEnabled: true });
    for (const name of ['example.com', 'other@example.net']) regionState.addIdentity(name);
    for (const name of ['sign-up', 'other']) regionState.addConfigurationSet(name);
  }
  const poolId = harness.regionState(region).cognito.addPool();
  const properties = setupProperties(poolId, live);
  await harness.succeed(region, { action: 'CREATE', properties });
  return { poolId, properties };
}

const sandbox = () => Object.assign(harness.regionState('eu-west-1').ses.account, { productionAccess: false });
const pause = () => Object.assign(harness.regionState('eu-west-1').ses.account, { sendingEnabled: false });
const loseVerification = () => harness.regionState('eu-west-1').ses.addIdentity('example.com', { verified: false });
const deleteConfigurationSet = () => harness.regionState('eu-west-1').ses.configurationSets.delete('sign-up');

describe('an Update never refuses what is live already', () => {
  test.each([
    ['the account is back in the sandbox', sandbox, { ReplyToEmailAddress: 'b@example.com' }],
    ['sending is paused', pause, { ReplyToEmailAddress: 'b@example.com' }],
    [
      'the sandboxed account is asked for another identity',
      sandbox,
      { Identity: 'other@example.net', From: 'other@example.net' },
    ],
    ['the identity has lost its verification', loseVerification, { Revision: '2' }],
    ['the configuration set is gone', deleteConfigurationSet, { Revision: '2' }],
  ] as const)('%s', async (_name, happens, patch) => {
    const { properties } = await createdSetup();
    happens();
    const next = { ...properties, ...patch };
    await harness.succeed(region, { action: 'UPDATE', properties: next, previous: properties });
  });
});

const sandboxElsewhere = () => Object.assign(harness.regionState('us-east-1').ses.account, { productionAccess: false });
const pauseElsewhere = () => Object.assign(harness.regionState('us-east-1').ses.account, { sendingEnabled: false });
const otherLosesVerification = () =>
  harness.regionState('eu-west-1').ses.addIdentity('other@example.net', { verified: false });
const other = { Identity: 'other@example.net', From: 'other@example.net' };

describe('an Update refuses what is not live and would not work', () => {
  test.each([
    ['another Region whose account is in the sandbox', sandboxElsewhere, { SesRegion: 'us-east-1' }, /sandbox/],
    ['another Region whose sending is paused', pauseElsewhere, { SesRegion: 'us-east-1' }, /paused/],
    ['an identity that is not verified', otherLosesVerification, other, /not verified/],
    ['a configuration set that is not there', String, { ConfigurationSet: 'nope' }, /ConfigurationSet nope/],
  ] as const)('%s', async (_name, happens, patch, says) => {
    const { poolId, properties } = await createdSetup();
    happens();
    const before = harness.regionState(region).cognito.describe(poolId);
    const update = { action: 'UPDATE', properties: { ...properties, ...patch }, previous: properties } as const;
    expect(await expectFailure(harness, region, update, 'InvalidRequest')).toMatch(says);
    expect(harness.regionState(region).cognito.describe(poolId)).toEqual(before);
  });

  test('DEVELOPER in the sandbox, coming from the default sender', async () => {
    const { properties } = await createdSetup();
    const plain = { UserPoolId: String(properties['UserPoolId']), EmailSendingAccount: 'COGNITO_DEFAULT' };
    await harness.succeed(region, { action: 'UPDATE', properties: plain, previous: properties });
    sandbox();
    const back = { action: 'UPDATE', properties, previous: plain } as const;
    expect(await expectFailure(harness, region, back, 'InvalidRequest')).toMatch(/sandbox/);
    await harness.succeed(region, { ...back, properties: { ...properties, AllowSandbox: true } });
  });
});

test('a Region that the declaration does not name comes with the reason why it is used', async () => {
  const alternate = 'me-central-1';
  const { cognito } = harness.regionState(alternate);
  Object.assign(harness.regionState('eu-central-1').ses.account, { productionAccess: false });
  const create = { EmailSendingAccount: 'DEVELOPER', Identity: 'nowhere.example', From: 'a@nowhere.example' };
  const says = async (properties: JsonObject) =>
    expectFailure(
      harness,
      alternate,
      { action: 'CREATE', properties: setupProperties(cognito.addPool(), properties) },
      'InvalidRequest',
    );
  const why = 'eu-central-1 (pools in me-central-1 send through it)';
  const message = await says({ ...create, ConfigurationSet: 'nope' });
  // No template of a stack in me-central-1 makes an identity there, so none is to be depended on.
  expect(message).toContain(
    `Identity nowhere.example in SES of ${why} does not exist in account 111122223333: create and verify it there.`,
  );
  expect(message).toContain(`SES of account 111122223333 in ${why} is in the sandbox`);
  expect(message).toContain(`ConfigurationSet nope does not exist in SES of ${why}`);
  expect(await says({ ...create, SesRegion: 'eu-central-1' })).not.toContain('send through it');
  harness.regionState('eu-central-1').ses.addIdentity('a@example.net', { verified: false });
  const both = await says({ EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'a@example.net' });
  expect(both).toContain(`Identity a@example.net in SES of ${why} is not verified`);
  expect(both).toContain(
    'Identity a@example.net in SES of eu-west-2 (pools in me-central-1 send through it) does not exist',
  );
});
