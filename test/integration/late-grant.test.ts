import { operate } from '../../emulator/cloudformation/drive';
import type { Fault } from '../../emulator/types';
import { expectSetup } from '../support/expect-setup';
import { declaring, type Harness, refused, startHarness, succeed } from '../support/harness';
import { addIdentities, type Kind, kindsFor, type Row, table } from '../support/kinds';

const row = table.find(({ region }) => region === 'eu-west-2') as Row;
const [, , standard] = kindsFor(row) as [Kind, Kind, Kind];

let stage: Harness;
beforeAll(async () => {
  // A round ends after 3.75 s, and Cognito may take 2 s to see a grant.
  stage = await startHarness({ times: { EMAILSETUP_DEADLINE_MS: '6000', EMAILSETUP_PATIENCE_MS: '15000' } });
});
afterAll(() => stage.close());

const throttle: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
const unseen: Fault = {
  kind: 'error',
  status: 400,
  name: 'InvalidEmailRoleAccessPolicyException',
  message: 'Cognito is not allowed to use your email identity',
};

test('where SES accepts a grant rounds later, Cognito has its time to see it from then on', async () => {
  addIdentities(stage.world, row);
  const poolId = stage.world('eu-west-2').cognito.addPool();
  const began = Date.now();
  let acceptedAt = Number.POSITIVE_INFINITY;
  // SES refuses for longer than Cognito may take to see a grant, and Cognito for most of that once SES has accepted it.
  stage.aws.intercept = ({ operation }) => {
    if (operation.endsWith('EmailIdentityPolicy')) {
      if (Date.now() - began < 2500) return throttle;
      acceptedAt = Math.min(acceptedAt, Date.now());
    }
    return operation === 'UpdateUserPool' && Date.now() - acceptedAt < 1200 ? unseen : undefined;
  };
  const caller = stage.caller('eu-west-2');
  const answers = await operate(caller, { action: 'CREATE', properties: declaring(poolId, standard.properties) });
  stage.aws.intercept = undefined;
  expect(answers[0]).toMatchObject({
    status: 'IN_PROGRESS',
    message: expect.stringContaining('CreateEmailIdentityPolicy'),
  });
  expect(answers.slice(-1)[0]).toMatchObject({ status: 'SUCCESS' });
  expect(acceptedAt - began).toBeGreaterThan(2000);
  expectSetup(stage, 'eu-west-2', poolId, standard);
});

test('an undoing that grants anew waits, too, until Cognito sees the grant', async () => {
  const home = table.find(({ region }) => region === 'me-central-1') as Row;
  addIdentities(stage.world, home);
  const [, , declared, , plain] = kindsFor(home) as [Kind, Kind, Kind, Kind, Kind];
  const poolId = stage.world(home.region).cognito.addPool();
  const previous = declaring(poolId, declared.properties);
  await succeed(stage, home.region, { action: 'CREATE', properties: previous });
  const [kept] = home.sesRegions;
  let updates = 0;
  // The policy of one Region is gone already when that of another may not be taken away.
  stage.aws.intercept = ({ operation, region }) => {
    if (operation === 'UpdateUserPool') updates += 1;
    if (operation === 'UpdateUserPool' && updates === 2) return unseen;
    if (operation !== 'DeleteEmailIdentityPolicy' || region !== kept) return undefined;
    return { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'not authorized' };
  };
  const properties = declaring(poolId, plain.properties);
  const message = await refused(stage, home.region, { action: 'UPDATE', properties, previous }, 'AccessDenied');
  stage.aws.intercept = undefined;
  expect(message).not.toContain('could not all be undone');
  expect(updates).toBe(3);
  expectSetup(stage, home.region, poolId, declared);
});

test.each(['not-verified', 'sandbox'] as const)(
  'a verification that Cognito sees late is waited out, whatever it says of it (%s)',
  async (unseenVerification) => {
    const [developer] = kindsFor(row) as [Kind];
    addIdentities(stage.world, row);
    Object.assign(stage.aws.modes, { verificationVisibleAfterMs: 1000, unseenVerification });
    const identity = stage.world(row.region).ses.addIdentity('no-reply@example.com', { verified: false });
    identity.verified = true;
    const poolId = stage.world(row.region).cognito.addPool();
    const from = stage.aws.calls.length;
    await succeed(stage, row.region, { action: 'CREATE', properties: declaring(poolId, developer.properties) });
    Object.assign(stage.aws.modes, { verificationVisibleAfterMs: 0 });
    const updates = stage.callsSince(from).filter((call) => call.startsWith('UpdateUserPool'));
    expect(updates.length).toBeGreaterThan(1);
    expectSetup(stage, row.region, poolId, developer);
  },
);

test('a verification that Cognito never sees ends in NotStabilized, which names both causes', async () => {
  const [developer] = kindsFor(row) as [Kind];
  addIdentities(stage.world, row);
  Object.assign(stage.aws.modes, { verificationVisibleAfterMs: 60_000, unseenVerification: 'sandbox' });
  const identity = stage.world(row.region).ses.addIdentity('no-reply@example.com', { verified: false });
  identity.verified = true;
  const properties = declaring(stage.world(row.region).cognito.addPool(), developer.properties);
  const message = await refused(stage, row.region, { action: 'CREATE', properties }, 'NotStabilized');
  Object.assign(stage.aws.modes, { verificationVisibleAfterMs: 0, unseenVerification: 'not-verified' });
  expect(message).toMatch(/verification.*policy|policy.*verification/);
});
