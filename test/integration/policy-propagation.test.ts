import { runHandler } from '../../emulator/cloudformation/run-handler';
import type { Fault } from '../../emulator/types';
import { expectSetup } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { addIdentities, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

const row = regionTable.find(({ region }) => region === 'eu-west-2') as RegionRow;
const [, , standard] = kindsFor(row) as [SetupKind, SetupKind, SetupKind];

let harness: TestHarness;
beforeAll(async () => {
  // An invocation ends after 3.75 s, and Cognito may take 2 s to see a policy.
  harness = await startTestHarness({
    environment: { EMAILSETUP_DEADLINE_MS: '6000', EMAILSETUP_PATIENCE_MS: '15000' },
  });
});
afterAll(() => harness.close());

const throttle: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
const unseen: Fault = {
  kind: 'error',
  status: 400,
  name: 'InvalidEmailRoleAccessPolicyException',
  message: 'Cognito is not allowed to use your email identity',
};

test('where SES accepts a policy some invocations later, Cognito has its time to see it from then on', async () => {
  addIdentities(harness.regionState, row);
  const poolId = harness.regionState('eu-west-2').cognito.addPool();
  const began = Date.now();
  let acceptedAt = Number.POSITIVE_INFINITY;
  // SES refuses for longer than Cognito may take to see a policy, and Cognito for most of that once SES has accepted it.
  harness.aws.intercept = ({ operation }) => {
    if (operation.endsWith('EmailIdentityPolicy')) {
      if (Date.now() - began < 2500) return throttle;
      acceptedAt = Math.min(acceptedAt, Date.now());
    }
    return operation === 'UpdateUserPool' && Date.now() - acceptedAt < 1200 ? unseen : undefined;
  };
  const caller = harness.caller('eu-west-2');
  const answers = await runHandler(caller, {
    action: 'CREATE',
    properties: setupProperties(poolId, standard.properties),
  });
  harness.aws.intercept = undefined;
  expect(answers[0]).toMatchObject({
    status: 'IN_PROGRESS',
    message: expect.stringContaining('CreateEmailIdentityPolicy'),
  });
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'SUCCESS' });
  expect(acceptedAt - began).toBeGreaterThan(2000);
  expectSetup(harness, 'eu-west-2', poolId, standard);
});

test('a roll-back that puts a policy again waits, too, until Cognito sees it', async () => {
  const home = regionTable.find(({ region }) => region === 'me-central-1') as RegionRow;
  addIdentities(harness.regionState, home);
  const [, , declared, , plain] = kindsFor(home) as [SetupKind, SetupKind, SetupKind, SetupKind, SetupKind];
  const poolId = harness.regionState(home.region).cognito.addPool();
  const previous = setupProperties(poolId, declared.properties);
  await harness.succeed(home.region, { action: 'CREATE', properties: previous });
  const [kept] = home.sesRegions;
  let updates = 0;
  // The policy of one Region is gone already when that of another may not be taken away.
  harness.aws.intercept = ({ operation, region }) => {
    if (operation === 'UpdateUserPool') updates += 1;
    if (operation === 'UpdateUserPool' && updates === 2) return unseen;
    if (operation !== 'DeleteEmailIdentityPolicy' || region !== kept) return undefined;
    return { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'not authorized' };
  };
  const properties = setupProperties(poolId, plain.properties);
  const message = await expectFailure(harness, home.region, { action: 'UPDATE', properties, previous }, 'AccessDenied');
  harness.aws.intercept = undefined;
  expect(message).not.toContain('could not all be undone');
  expect(updates).toBe(3);
  expectSetup(harness, home.region, poolId, declared);
});

test.each(['not-verified', 'sandbox'] as const)(
  'a verification that Cognito sees late is waited out, whatever it says of it (%s)',
  async (unverifiedIdentityError) => {
    const [developer] = kindsFor(row) as [SetupKind];
    addIdentities(harness.regionState, row);
    Object.assign(harness.aws.behaviours, { verificationVisibleAfterMs: 1000, unverifiedIdentityError });
    const identity = harness.regionState(row.region).ses.addIdentity('no-reply@example.com', { verified: false });
    identity.verified = true;
    const poolId = harness.regionState(row.region).cognito.addPool();
    const from = harness.aws.calls.length;
    await harness.succeed(row.region, { action: 'CREATE', properties: setupProperties(poolId, developer.properties) });
    Object.assign(harness.aws.behaviours, { verificationVisibleAfterMs: 0 });
    const updates = harness.callsSince(from).filter((call) => call.startsWith('UpdateUserPool'));
    expect(updates.length).toBeGreaterThan(1);
    expectSetup(harness, row.region, poolId, developer);
  },
);

test('a verification that Cognito never sees ends in NotStabilized, which names both causes', async () => {
  const [developer] = kindsFor(row) as [SetupKind];
  addIdentities(harness.regionState, row);
  Object.assign(harness.aws.behaviours, { verificationVisibleAfterMs: 60_000, unverifiedIdentityError: 'sandbox' });
  const identity = harness.regionState(row.region).ses.addIdentity('no-reply@example.com', { verified: false });
  identity.verified = true;
  const properties = setupProperties(harness.regionState(row.region).cognito.addPool(), developer.properties);
  const message = await expectFailure(harness, row.region, { action: 'CREATE', properties }, 'NotStabilized');
  Object.assign(harness.aws.behaviours, { verificationVisibleAfterMs: 0, unverifiedIdentityError: 'not-verified' });
  expect(message).toMatch(/verification.*policy|policy.*verification/);
});
