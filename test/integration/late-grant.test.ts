import { operate } from '../../emulator/cloudformation/drive';
import type { Fault } from '../../emulator/types';
import { expectSetup } from '../support/expect-setup';
import { addIdentities, type Kind, kindsFor, type Row, table } from '../support/kinds';
import { declaring, refused, type Stage, setStage, succeed } from '../support/stage';

const row = table.find(({ region }) => region === 'eu-west-2') as Row;
const [, , standard] = kindsFor(row) as [Kind, Kind, Kind];

let stage: Stage;
beforeAll(async () => {
  // A round ends after 3.75 s, and Cognito may take 2 s to see a grant.
  stage = await setStage({ times: { EMAILSETUP_DEADLINE_MS: '6000', EMAILSETUP_PATIENCE_MS: '15000' } });
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
  let [rounds, began, refusedInThird] = [0, Date.now(), false];
  // SES refuses for all of the first round and most of the second, Cognito from then until once in the third.
  stage.aws.intercept = ({ operation }) => {
    const early = rounds === 0 || (rounds === 1 && Date.now() - began < 2500);
    if (operation.endsWith('EmailIdentityPolicy') && early) return throttle;
    if (operation !== 'UpdateUserPool' || refusedInThird) return undefined;
    refusedInThird = rounds === 2;
    return unseen;
  };
  const onAnswer = () => {
    rounds += 1;
    began = Date.now();
  };
  const caller = { ...stage.caller('eu-west-2'), onAnswer };
  const answers = await operate(caller, { action: 'CREATE', properties: declaring(poolId, standard.properties) });
  stage.aws.intercept = undefined;
  expect(answers.map(({ status, message }) => [status, message])).toEqual([
    ['IN_PROGRESS', expect.stringContaining('CreateEmailIdentityPolicy')],
    ['IN_PROGRESS', expect.stringContaining('InvalidEmailRoleAccessPolicyException')],
    ['SUCCESS', expect.anything()],
  ]);
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
