import { randomUUID } from 'node:crypto';
import { payloadOf } from '../../emulator/cloudformation/payload';
import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, isGone, type PoolFixture, setupKindsIn } from '../support/owners';
import type { SetupKind } from '../support/setup-kinds';
import { setupProblems } from '../support/setup-problems';

/*
 * Deletes that would reset what somebody relies on: where the pool's tag does not tell whose the sender is, or where
 * the pool changes while an operation goes on.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [altDeveloper] = setupKindsIn(alternate);
const [developer, , standard] = setupKindsIn(home);
const typo = { ...developer, properties: { ...developer.properties, Identity: 'typo@example.com' } };
const throttle: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow' };
const denied: Fault = { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'not authorized' };

/** A pool that was made by hand to send as a kind of setup does, with a policy that is not ours. */
function handMade(region: string, kind: SetupKind): PoolFixture {
  const fixture = createPoolFixture(harness, region);
  const { account } = fixture.testAccount;
  const SourceArn = `arn:aws:ses:${kind.arnRegion}:${account}:identity/${kind.identity}`;
  const EmailSendingAccount = String(kind.properties['EmailSendingAccount']);
  fixture.change({ EmailConfiguration: { EmailSendingAccount, SourceArn } });
  for (const ses of kind.principal === undefined ? [] : kind.regions) {
    const Resource = `arn:aws:ses:${ses}:${account}:identity/${kind.identity}`;
    const Principal = { Service: [kind.principal] };
    const Statement = [{ Effect: 'Allow', Principal, Action: ['ses:SendEmail', 'ses:SendRawEmail'], Resource }];
    const identity = fixture.testAccount.regionState(ses).ses.identities.get(kind.identity ?? '');
    identity?.policies.set('by-hand', JSON.stringify({ Version: '2012-10-17', Statement }));
  }
  return fixture;
}

/** A fault for the calls of one operation, in the first invocation alone: later ones begin with DescribeUserPool. */
function inFirstRound(operation: string, fault: Fault) {
  let [looks, isOver] = [0, false];
  return (call: Call): Fault | undefined => {
    if (call.operation === 'DescribeUserPool') looks += 1;
    isOver ||= looks > 1;
    return !isOver && call.operation === operation ? fault : undefined;
  };
}

test('a take-over of a sender made by hand can be deleted twice', async () => {
  const fixture = handMade(home, standard);
  const live = fixture.email();
  const testCase = { owner: fixture.owners.first, properties: fixture.setupProperties(standard, { TakeOver: true }) };
  await fixture.succeed({ action: 'CREATE', ...testCase });
  const token = randomUUID();
  for (let time = 0; time < 2; time += 1) {
    expect(isGone(await fixture.last({ action: 'DELETE', token, ...testCase }))).toBe(true);
    expect([fixture.email(), fixture.sends(), fixture.setupTag()]).toEqual([live, true, undefined]);
  }
});

test('a take-over that fails on a setup whose tag was lost leaves it', async () => {
  const fixture = createPoolFixture(harness, home);
  await fixture.succeed({
    action: 'CREATE',
    owner: fixture.owners.first,
    properties: fixture.setupProperties(standard),
  });
  fixture.untag();
  const live = fixture.rest();
  const first = inFirstRound('GetEmailIdentity', throttle);
  const taker = { owner: fixture.owners.elsewhere, properties: fixture.setupProperties(standard, { TakeOver: true }) };
  const { create, rollback } = await fixture.create(taker, {
    faultPlan: (call) => (call.operation === 'TagResource' ? denied : first(call)),
  });
  expect([create.errorCode, rollback?.errorCode]).toEqual(['AccessDenied', 'NotFound']);
  expect([fixture.rest(), fixture.sends()]).toEqual([live, true]);
});

describe('a retained setup that its own resource takes over again', () => {
  const retained = async () => {
    const fixture = createPoolFixture(harness, home);
    await fixture.succeed({
      action: 'CREATE',
      owner: fixture.owners.first,
      properties: fixture.setupProperties(standard),
    });
    return { fixture, live: fixture.rest(), setupTag: fixture.setupTag() };
  };
  test('is left by a Create that fails, also where SES has throttled it', async () => {
    const { fixture, live, setupTag } = await retained();
    const again = { owner: fixture.owners.first, properties: fixture.setupProperties(typo, { TakeOver: true }) };
    const { create, rollback } = await fixture.create(again, { faultPlan: inFirstRound('GetEmailIdentity', throttle) });
    expect([create.status, rollback]).toEqual(['FAILED', undefined]);
    expect([fixture.rest(), fixture.setupTag()]).toEqual([live, setupTag]);
  });
  test('is left by a Create whose roll-back cannot finish', async () => {
    const { fixture } = await retained();
    let updates = 0;
    const again = { owner: fixture.owners.first, properties: fixture.setupProperties(developer, { TakeOver: true }) };
    const { create, rollback } = await fixture.create(again, {
      faultPlan: ({ operation }) => {
        if (operation === 'DeleteEmailIdentityPolicy') return denied;
        if (operation !== 'UpdateUserPool') return undefined;
        updates += 1;
        return updates > 1 ? { kind: 'error', status: 500, name: 'InternalErrorException', message: 'x' } : undefined;
      },
    });
    expect(create.message).toContain('could not all be undone');
    expect([create.resourceModel, rollback]).toEqual([undefined, undefined]);
    expect([fixture.sends(), fixture.email()['EmailSendingAccount']]).toEqual([true, 'DEVELOPER']);
  });
  test('is not waited over', async () => {
    const { fixture, setupTag } = await retained();
    fixture.testAccount.regionState(home).ses.addIdentity('typo@example.com', { verified: false });
    const live = fixture.rest();
    const waiting = { TakeOver: true, VerificationTimeoutMinutes: 1 };
    const again = { owner: fixture.owners.first, properties: fixture.setupProperties(typo, waiting) };
    const { create, rollback } = await fixture.create(again);
    expect([create.errorCode, rollback]).toEqual(['InvalidRequest', undefined]);
    expect([fixture.rest(), fixture.setupTag()]).toEqual([live, setupTag]);
  });
});

test('a policy that goes away between two invocations of a move is put again', async () => {
  const fixture = createPoolFixture(harness, alternate);
  const old = { owner: fixture.owners.first, properties: fixture.setupProperties(altDeveloper) };
  await fixture.succeed({ action: 'CREATE', ...old });
  const next: Operation = {
    action: 'CREATE',
    owner: fixture.owners.elsewhere,
    properties: fixture.setupProperties(altDeveloper, { TakeOver: true }),
  };
  const token = randomUUID();
  const invoke = async (operation: Operation) =>
    (await fixture.caller.invoke(payloadOf(fixture.caller, operation, token))) as unknown as ProgressEvent;
  // The first invocation sees the policy, and ends before it has seen the account.
  const usual = harness.aws.intercept;
  harness.aws.intercept = (call) => (call.operation === 'GetAccount' ? throttle : usual?.(call));
  const first = await invoke(next);
  harness.aws.intercept = usual;
  expect([first.status, first.message]).toEqual(['IN_PROGRESS', expect.stringContaining('GetAccount')]);
  await fixture.succeed({ action: 'DELETE', ...old });
  const callbackContext = first.callbackContext as JsonObject;
  expect(await invoke({ ...next, callbackContext })).toMatchObject({ status: 'SUCCESS' });
  expect(setupProblems(fixture, altDeveloper)).toEqual([]);
});

test('a take-over that cannot be rolled back, over several invocations, is not deleted', async () => {
  const fixture = createPoolFixture(harness, home);
  await fixture.succeed({
    action: 'CREATE',
    owner: fixture.owners.first,
    properties: fixture.setupProperties(standard),
  });
  let updates = 0;
  const taker = { owner: fixture.owners.elsewhere, properties: fixture.setupProperties(developer, { TakeOver: true }) };
  const { create, rollback } = await fixture.create(taker, {
    faultPlan: ({ operation }) => {
      if (operation === 'DeleteEmailIdentityPolicy') return denied;
      if (operation !== 'UpdateUserPool') return undefined;
      updates += 1;
      return updates > 1 ? { kind: 'error', status: 500, name: 'InternalErrorException', message: 'x' } : undefined;
    },
  });
  expect(create.message).toContain('could not all be undone');
  expect([undefined, 'NotFound']).toContain(rollback?.errorCode);
  expect([fixture.sends(), fixture.email()['EmailSendingAccount']]).toEqual([true, 'DEVELOPER']);
});

test('a sender that somebody sets between two invocations of a Delete stays', async () => {
  const fixture = createPoolFixture(harness, home);
  const declared = { owner: fixture.owners.first, properties: fixture.setupProperties(standard) };
  await fixture.succeed({ action: 'CREATE', ...declared });
  const byHand = { ...fixture.email(), ReplyToEmailAddress: 'theirs@example.com' };
  let isSet = false;
  const answers = await fixture.testAccount.run(
    home,
    { action: 'DELETE', ...declared },
    {
      faultPlan: ({ operation }) => {
        if (operation !== 'DeleteEmailIdentityPolicy' || isSet) return undefined;
        isSet = true;
        fixture.change({ EmailConfiguration: byHand });
        return throttle;
      },
    },
  );
  expect(answers.slice(-1)[0]).toMatchObject({
    errorCode: 'NotFound',
    message: expect.stringContaining('keeps its sender'),
  });
  expect([fixture.email(), fixture.sends()]).toEqual([byHand, true]);
});

test('a sender that somebody sets while a Delete is trying to reset the pool stays', async () => {
  const fixture = createPoolFixture(harness, home);
  const declared = { owner: fixture.owners.first, properties: fixture.setupProperties(standard) };
  await fixture.succeed({ action: 'CREATE', ...declared });
  const theirs = {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: `arn:aws:ses:${home}:${fixture.testAccount.account}:identity/example.org`,
    From: 'a@example.org',
  };
  let isSet = false;
  const answers = await fixture.testAccount.run(
    home,
    { action: 'DELETE', ...declared },
    {
      faultPlan: ({ operation }) => {
        if (operation !== 'UpdateUserPool' || isSet) return undefined;
        isSet = true;
        fixture.change({ EmailConfiguration: theirs });
        return throttle;
      },
    },
  );
  expect(answers.slice(-1)[0]).toMatchObject({ errorCode: 'NotFound' });
  expect([fixture.email(), fixture.sends(), fixture.setupTag()]).toEqual([theirs, true, undefined]);
});

test('a Create that finds its own tag without knowing what was there before rolls nothing back, and names the pool', async () => {
  const fixture = createPoolFixture(harness, home);
  const token = randomUUID();
  const declared = { owner: fixture.owners.first, properties: fixture.setupProperties(standard) };
  await fixture.succeed({ action: 'CREATE', token, ...declared });
  // The rest of what it had to do is missing, and cannot be done any more.
  const identity = fixture.testAccount.regionState(home).ses.identities.get('no-reply@example.com');
  identity?.policies.delete(`EmailSetup-${home}-${fixture.poolId}`);
  const [answer] = await fixture.testAccount.run(
    home,
    { action: 'CREATE', token, ...declared },
    { faultPlan: ({ operation }) => (operation === 'CreateEmailIdentityPolicy' ? denied : undefined) },
  );
  expect(answer).toMatchObject({
    status: 'FAILED',
    errorCode: 'AccessDenied',
    resourceModel: { UserPoolId: fixture.poolId },
  });
  expect(fixture.setupTag()).toBeDefined();
  await fixture.succeed({ action: 'DELETE', ...declared });
  expect([fixture.email(), fixture.setupTag()]).toEqual([{ EmailSendingAccount: 'COGNITO_DEFAULT' }, undefined]);
});
