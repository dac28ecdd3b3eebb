import { randomUUID } from 'node:crypto';
import { type HandlerAnswer, type Operation, payloadOf } from '../../emulator/cloudformation/drive';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { inForce } from '../support/in-force';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { isGone, kindsAt, type Scene, sceneIn } from '../support/owners';

/*
 * Deletes that would reset what somebody relies on: where the pool's tag does not tell whose the sender is, or where
 * the pool changes while an operation goes on.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
});
afterAll(() => arena.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [altDeveloper] = kindsAt(alternate);
const [developer, , standard] = kindsAt(home);
const typo = { ...developer, properties: { ...developer.properties, Identity: 'typo@example.com' } };
const throttle: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow' };
const denied: Fault = { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'not authorized' };

/** A pool that sends as a kind of setup says, by somebody's hand, with a policy of theirs. */
function handMade(region: string, kind: Kind): Scene {
  const scene = sceneIn(arena, region);
  const { account } = scene.tenant;
  const SourceArn = `arn:aws:ses:${kind.arnRegion}:${account}:identity/${kind.identity}`;
  const EmailSendingAccount = String(kind.properties['EmailSendingAccount']);
  scene.change({ EmailConfiguration: { EmailSendingAccount, SourceArn } });
  for (const ses of kind.principal === undefined ? [] : kind.regions) {
    const Resource = `arn:aws:ses:${ses}:${account}:identity/${kind.identity}`;
    const Principal = { Service: [kind.principal] };
    const Statement = [{ Effect: 'Allow', Principal, Action: ['ses:SendEmail', 'ses:SendRawEmail'], Resource }];
    const identity = scene.tenant.world(ses).ses.identities.get(kind.identity ?? '');
    identity?.policies.set('by-hand', JSON.stringify({ Version: '2012-10-17', Statement }));
  }
  return scene;
}

/** A fault for the calls of one operation, in the first round alone: later rounds begin with a look at the pool. */
function inFirstRound(operation: string, fault: Fault) {
  let [looks, isOver] = [0, false];
  return (call: Call): Fault | undefined => {
    if (call.operation === 'DescribeUserPool') looks += 1;
    isOver ||= looks > 1;
    return !isOver && call.operation === operation ? fault : undefined;
  };
}

test('a trial over a sender made by hand can be deleted twice', async () => {
  const scene = handMade(home, standard);
  const live = scene.email();
  const trial = { owner: scene.owners.first, properties: scene.declaring(standard, { TakeOver: true }) };
  await scene.succeed({ action: 'CREATE', ...trial });
  const token = randomUUID();
  for (let time = 0; time < 2; time += 1) {
    expect(isGone(await scene.last({ action: 'DELETE', token, ...trial }))).toBe(true);
    expect([scene.email(), scene.sends(), scene.mark()]).toEqual([live, true, undefined]);
  }
});

test('a take-over that fails on a setup whose tag was lost leaves it', async () => {
  const scene = sceneIn(arena, home);
  await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties: scene.declaring(standard) });
  scene.untag();
  const live = scene.rest();
  const first = inFirstRound('GetEmailIdentity', throttle);
  const taker = { owner: scene.owners.elsewhere, properties: scene.declaring(standard, { TakeOver: true }) };
  const { create, rollback } = await scene.create(taker, (call) =>
    call.operation === 'TagResource' ? denied : first(call),
  );
  expect([create.errorCode, rollback?.errorCode]).toEqual(['AccessDenied', 'NotFound']);
  expect([scene.rest(), scene.sends()]).toEqual([live, true]);
});

describe('a retained setup that its own resource takes over again', () => {
  const retained = async () => {
    const scene = sceneIn(arena, home);
    await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties: scene.declaring(standard) });
    return { scene, live: scene.rest(), mark: scene.mark() };
  };
  test('is left by a Create that fails, also where SES has throttled it', async () => {
    const { scene, live, mark } = await retained();
    const again = { owner: scene.owners.first, properties: scene.declaring(typo, { TakeOver: true }) };
    const { create, rollback } = await scene.create(again, inFirstRound('GetEmailIdentity', throttle));
    expect([create.status, rollback]).toEqual(['FAILED', undefined]);
    expect([scene.rest(), scene.mark()]).toEqual([live, mark]);
  });
  test('is left by a Create whose undoing cannot finish', async () => {
    const { scene } = await retained();
    let updates = 0;
    const again = { owner: scene.owners.first, properties: scene.declaring(developer, { TakeOver: true }) };
    const { create, rollback } = await scene.create(again, ({ operation }) => {
      if (operation === 'DeleteEmailIdentityPolicy') return denied;
      if (operation !== 'UpdateUserPool') return undefined;
      updates += 1;
      return updates > 1 ? { kind: 'error', status: 500, name: 'InternalErrorException', message: 'x' } : undefined;
    });
    expect(create.message).toContain('could not all be undone');
    expect([create.resourceModel, rollback]).toEqual([undefined, undefined]);
    expect([scene.sends(), scene.email()['EmailSendingAccount']]).toEqual([true, 'DEVELOPER']);
  });
  test('is not waited over', async () => {
    const { scene, mark } = await retained();
    scene.tenant.world(home).ses.addIdentity('typo@example.com', { verified: false });
    const live = scene.rest();
    const waiting = { TakeOver: true, VerificationTimeoutMinutes: 1 };
    const again = { owner: scene.owners.first, properties: scene.declaring(typo, waiting) };
    const { create, rollback } = await scene.create(again);
    expect([create.errorCode, rollback]).toEqual(['InvalidRequest', undefined]);
    expect([scene.rest(), scene.mark()]).toEqual([live, mark]);
  });
});

test('a policy that goes away between two rounds of a move is granted anew', async () => {
  const scene = sceneIn(arena, alternate);
  const old = { owner: scene.owners.first, properties: scene.declaring(altDeveloper) };
  await scene.succeed({ action: 'CREATE', ...old });
  const next: Operation = {
    action: 'CREATE',
    owner: scene.owners.elsewhere,
    properties: scene.declaring(altDeveloper, { TakeOver: true }),
  };
  const token = randomUUID();
  const invoke = async (operation: Operation) =>
    (await scene.caller.invoke(payloadOf(scene.caller, operation, token))) as unknown as HandlerAnswer;
  // The first round sees the policy, and ends before it has seen the account.
  const usual = arena.aws.intercept;
  arena.aws.intercept = (call) => (call.operation === 'GetAccount' ? throttle : usual?.(call));
  const first = await invoke(next);
  arena.aws.intercept = usual;
  expect([first.status, first.message]).toEqual(['IN_PROGRESS', expect.stringContaining('GetAccount')]);
  await scene.succeed({ action: 'DELETE', ...old });
  const callbackContext = first.callbackContext as JsonObject;
  expect(await invoke({ ...next, callbackContext })).toMatchObject({ status: 'SUCCESS' });
  expect(inForce(scene, altDeveloper, true)).toEqual([]);
});

test('a take-over that cannot be undone, over rounds, is not deleted', async () => {
  const scene = sceneIn(arena, home);
  await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties: scene.declaring(standard) });
  let updates = 0;
  const taker = { owner: scene.owners.elsewhere, properties: scene.declaring(developer, { TakeOver: true }) };
  const { create, rollback } = await scene.create(taker, ({ operation }) => {
    if (operation === 'DeleteEmailIdentityPolicy') return denied;
    if (operation !== 'UpdateUserPool') return undefined;
    updates += 1;
    return updates > 1 ? { kind: 'error', status: 500, name: 'InternalErrorException', message: 'x' } : undefined;
  });
  expect(create.message).toContain('could not all be undone');
  expect([undefined, 'NotFound']).toContain(rollback?.errorCode);
  expect([scene.sends(), scene.email()['EmailSendingAccount']]).toEqual([true, 'DEVELOPER']);
});

test('a sender that somebody sets between two rounds of a Delete stays', async () => {
  const scene = sceneIn(arena, home);
  const declared = { owner: scene.owners.first, properties: scene.declaring(standard) };
  await scene.succeed({ action: 'CREATE', ...declared });
  const byHand = { ...scene.email(), ReplyToEmailAddress: 'theirs@example.com' };
  let isSet = false;
  const answers = await scene.tenant.run(home, { action: 'DELETE', ...declared }, ({ operation }) => {
    if (operation !== 'DeleteEmailIdentityPolicy' || isSet) return undefined;
    isSet = true;
    scene.change({ EmailConfiguration: byHand });
    return throttle;
  });
  expect(answers.slice(-1)[0]).toMatchObject({
    errorCode: 'NotFound',
    message: expect.stringContaining('keeps its sender'),
  });
  expect([scene.email(), scene.sends()]).toEqual([byHand, true]);
});

test('a sender that somebody sets while a Delete is trying to reset the pool stays', async () => {
  const scene = sceneIn(arena, home);
  const declared = { owner: scene.owners.first, properties: scene.declaring(standard) };
  await scene.succeed({ action: 'CREATE', ...declared });
  const theirs = {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: `arn:aws:ses:${home}:${scene.tenant.account}:identity/example.org`,
    From: 'a@example.org',
  };
  let isSet = false;
  const answers = await scene.tenant.run(home, { action: 'DELETE', ...declared }, ({ operation }) => {
    if (operation !== 'UpdateUserPool' || isSet) return undefined;
    isSet = true;
    scene.change({ EmailConfiguration: theirs });
    return throttle;
  });
  expect(answers.slice(-1)[0]).toMatchObject({ errorCode: 'NotFound' });
  expect([scene.email(), scene.sends(), scene.mark()]).toEqual([theirs, true, undefined]);
});

test('a Create that finds its own tag without knowing what was there before undoes nothing, and names the pool', async () => {
  const scene = sceneIn(arena, home);
  const token = randomUUID();
  const declared = { owner: scene.owners.first, properties: scene.declaring(standard) };
  await scene.succeed({ action: 'CREATE', token, ...declared });
  // The rest of what it had to do is missing, and cannot be done any more.
  const identity = scene.tenant.world(home).ses.identities.get('no-reply@example.com');
  identity?.policies.delete(`EmailSetup-${home}-${scene.poolId}`);
  const [answer] = await scene.tenant.run(home, { action: 'CREATE', token, ...declared }, ({ operation }) =>
    operation === 'CreateEmailIdentityPolicy' ? denied : undefined,
  );
  expect(answer).toMatchObject({
    status: 'FAILED',
    errorCode: 'AccessDenied',
    resourceModel: { UserPoolId: scene.poolId },
  });
  expect(scene.mark()).toBeDefined();
  await scene.succeed({ action: 'DELETE', ...declared });
  expect([scene.email(), scene.mark()]).toEqual([{ EmailSendingAccount: 'COGNITO_DEFAULT' }, undefined]);
});
