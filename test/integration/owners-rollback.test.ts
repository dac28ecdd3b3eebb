import type { CreateResult } from '../../emulator/cloudformation/stack-resources';
import { createInStack } from '../../emulator/cloudformation/stack-resources';
import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { Fault, JsonObject } from '../../emulator/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, isGone, type PoolFixture, setupKindsIn } from '../support/owners';
import { manualConfiguration } from '../support/scenarios';
import type { SetupKind } from '../support/setup-kinds';
import type { FaultPlan } from '../support/test-account';

/*
 * A Create with TakeOver that fails once an answer has named the pool is followed by a Delete. What was live before it
 * stays live.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

const region = 'me-central-1';
const [developer, domain, standard, , plain] = setupKindsIn(region);

const fault = (status: number, name: string, message: string): Fault => ({ kind: 'error', status, name, message });
const slow = fault(429, 'TooManyRequestsException', 'Rate exceeded');
const denied = fault(403, 'AccessDeniedException', 'User is not authorized to perform: test');
const refused = fault(400, 'InvalidParameterException', 'Invalid SourceArn');

/** What is on the pool before the Create. */
const grounds: readonly { readonly name: string; readonly kind?: SetupKind; readonly byHand?: boolean }[] = [
  { name: 'the live setup of another stack, DEVELOPER', kind: developer },
  { name: 'the live setup of another stack, COGNITO_DEFAULT', kind: standard },
  { name: 'the live setup of another stack, the plain default sender', kind: plain },
  { name: 'a hand-made sender', byHand: true },
  { name: 'a plain pool' },
];
type Ground = (typeof grounds)[number];
const owned = grounds.filter(({ kind, byHand }) => kind || byHand);

async function on({ kind, byHand }: Ground): Promise<PoolFixture> {
  const fixture = createPoolFixture(harness, region);
  if (byHand) fixture.change({ EmailConfiguration: manualConfiguration(fixture.testAccount.account) });
  if (kind)
    await fixture.succeed({ action: 'CREATE', owner: fixture.owners.first, properties: fixture.setupProperties(kind) });
  return fixture;
}

/** The owner of what was there before can still do all that it could. */
async function expectStillTheFirsts(fixture: PoolFixture, { kind }: Ground, before: unknown) {
  expect(fixture.rest()).toEqual(before);
  expect(fixture.sends()).toBe(true);
  if (!kind) return expect(fixture.setupTag()).toBeUndefined();
  expect(fixture.setupTag()).toEqual(fixture.setupTags[0]);
  const owner = fixture.owners.first;
  const properties = fixture.setupProperties(kind);
  await fixture.succeed({ action: 'UPDATE', owner, properties, previous: properties });
  expect(fixture.rest()).toEqual(before);
  await fixture.succeed({ action: 'DELETE', owner, properties });
}

/** Throttles SES during the first invocation, which begins with the first DescribeUserPool. */
function throttledRound(then?: FaultPlan): FaultPlan {
  let rounds = 0;
  return (call, index) => {
    if (call.operation === 'DescribeUserPool') rounds += 1;
    return call.operation === 'GetEmailIdentity' && rounds < 2 ? slow : then?.(call, index);
  };
}

const typo = { EmailSendingAccount: 'DEVELOPER', Identity: 'typo@example.com', TakeOver: true };

test.each(grounds)(
  'a typo in a TakeOver Create, after a throttled invocation, leaves $name as it is',
  async (ground) => {
    const fixture = await on(ground);
    const before = fixture.rest();
    const properties = { UserPoolId: fixture.poolId, ...typo };
    const { create, rollback } = await fixture.create(
      { owner: fixture.owners.elsewhere, properties },
      { faultPlan: throttledRound() },
    );
    expect(create).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(rollback).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
    await expectStillTheFirsts(fixture, ground, before);
  },
);

/** Times in a callback context, so many milliseconds ago. */
const aged = (context: JsonObject, by: number) =>
  JSON.parse(JSON.stringify(context), (_key, value: unknown) =>
    typeof value === 'number' && value > 1_600_000_000_000 ? value - by : value,
  ) as JsonObject;

/** Creates a setup; between its invocations 40 seconds pass. */
function createSlowly({ caller, owners }: PoolFixture, properties: JsonObject): Promise<CreateResult> {
  const invoke = (payload: JsonObject) => {
    const { callbackContext: context } = payload;
    return caller.invoke(context ? { ...payload, callbackContext: aged(context as JsonObject, 40_000) } : payload);
  };
  return createInStack({ ...caller, invoke }, properties, owners.elsewhere);
}

test.each(grounds)(
  'an identity that nobody verifies, waited for by a TakeOver Create, leaves $name as it is',
  async (ground) => {
    const fixture = await on(ground);
    for (const ses of standard.regions) {
      fixture.testAccount.regionState(ses).ses.addIdentity('never@example.net', { verified: false });
    }
    const before = fixture.rest();
    const { create, rollback } = await createSlowly(fixture, {
      UserPoolId: fixture.poolId,
      EmailSendingAccount: 'DEVELOPER',
      Identity: 'never@example.net',
      TakeOver: true,
      VerificationTimeoutMinutes: 1,
    });
    expect(create).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(rollback).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
    await expectStillTheFirsts(fixture, ground, before);
  },
);

/** Cognito refuses the update, and SES refuses to delete the policy that was put for it. */
const grantStays: FaultPlan = ({ operation }) =>
  operation === 'UpdateUserPool' ? refused : operation === 'DeleteEmailIdentityPolicy' ? denied : undefined;

test.each(
  grounds.flatMap((ground) => [
    { ...ground, round: 'after a throttled round', faultPlan: throttledRound },
    { ...ground, round: 'at once', faultPlan: (then: FaultPlan) => then },
  ]),
)('a grant that cannot be taken off again, $round: $name stays, and the grant beside it', async (ground) => {
  const fixture = await on(ground);
  const before = fixture.rest();
  const setupTag = fixture.setupTag();
  const properties = fixture.setupProperties(domain, { TakeOver: true });
  const { create, rollback } = await fixture.create(
    { owner: fixture.owners.elsewhere, properties },
    { faultPlan: ground.faultPlan(grantStays) },
  );
  expect(create).toMatchObject({ status: 'FAILED' });
  expect(fixture.setupTag()).toEqual(setupTag);
  expect(fixture.sends()).toBe(true);
  if (!ground.kind && !ground.byHand) {
    // Nothing was there: the answer names the pool, and the Delete deletes the policy.
    expect(rollback && isGone(rollback)).toBe(true);
    return expect(fixture.rest()).toEqual(before);
  }
  expect(create.resourceModel).toBeUndefined();
  if (ground.round === 'at once') expect(rollback).toBeUndefined();
  else expect(rollback).toMatchObject({ errorCode: 'NotFound' });
  const policies = fixture.testAccount.regionState('eu-central-1').ses.identities.get('example.org')?.policies;
  policies?.delete(`EmailSetup-${region}-${fixture.poolId}`);
  await expectStillTheFirsts(fixture, { ...ground }, before);
});

/** The update succeeds; after it Cognito denies everything. */
function switchedForGood(): FaultPlan {
  let switched = false;
  return ({ operation, service }) => {
    if (service !== 'cognito-idp') return undefined;
    if (switched) return denied;
    switched = operation === 'UpdateUserPool';
    return undefined;
  };
}

test.each(owned)(
  'a changed sender that cannot be changed back, over $name: it works, and the next Update repairs it',
  async (ground) => {
    const fixture = await on(ground);
    const properties = fixture.setupProperties(domain, { TakeOver: true });
    const { create, rollback } = await fixture.create(
      { owner: fixture.owners.elsewhere, properties },
      { faultPlan: switchedForGood() },
    );
    expect(create).toMatchObject({ status: 'FAILED' });
    expect(create.message).toMatch(/could not all be undone/);
    expect(create.resourceModel).toBeUndefined();
    expect(rollback).toBeUndefined();
    expect(fixture.email()).toMatchObject({ From: domain.properties['From'] });
    expect(fixture.sends()).toBe(true);
    const { kind } = ground;
    if (!kind) return;
    const owner = fixture.owners.first;
    const repaired = { owner, properties: fixture.setupProperties(kind) };
    await fixture.succeed({ action: 'UPDATE', ...repaired, previous: repaired.properties });
    expect(fixture.setupTag()).toMatchObject({
      owner: fixture.setupTags[0]?.owner,
      sender: fixture.setupTags[0]?.sender,
      before: undefined,
    });
    expect(fixture.sends()).toBe(true);
    await fixture.succeed({ action: 'DELETE', ...repaired });
    expect(fixture.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  },
);

/** The update succeeds and cannot be confirmed; after it SES denies everything, so that nothing can be rolled back but the tag. */
function unconfirmed(): FaultPlan {
  let [isUpdated, isDenied] = [false, false];
  return ({ operation, service }) => {
    if (service === 'ses') return isUpdated ? denied : undefined;
    if (isUpdated && !isDenied && operation === 'DescribeUserPool') {
      isDenied = true;
      return denied;
    }
    isUpdated ||= operation === 'UpdateUserPool';
    return undefined;
  };
}

test.each(owned)(
  'a sender that cannot be changed back, over $name: the tag is given back all the same',
  async (ground) => {
    const fixture = await on(ground);
    const before = fixture.setupTag();
    const properties = fixture.setupProperties(domain, { TakeOver: true });
    const { create } = await fixture.create(
      { owner: fixture.owners.elsewhere, properties },
      { faultPlan: unconfirmed() },
    );
    expect(create).toMatchObject({ status: 'FAILED', errorCode: 'AccessDenied' });
    expect(create.message).toMatch(/could not all be undone/);
    expect(create.resourceModel).toBeUndefined();
    expect(fixture.setupTag()).toEqual(before);
    expect(fixture.email()).toMatchObject({ From: domain.properties['From'] });
  },
);

test('an update of a plain pool that cannot be rolled back names the pool, and the Delete finishes', async () => {
  const fixture = await on({ name: 'a plain pool' });
  const before = fixture.rest();
  const properties = fixture.setupProperties(domain, { TakeOver: true });
  const { create, rollback } = await fixture.create(
    { owner: fixture.owners.elsewhere, properties },
    { faultPlan: switchedForGood() },
  );
  expect(create).toMatchObject({ status: 'FAILED', resourceModel: { UserPoolId: fixture.poolId } });
  expect(rollback).toMatchObject({ status: 'SUCCESS' });
  expect(fixture.rest()).toEqual(before);
  expect(fixture.setupTag()).toBeUndefined();
});

test('a TakeOver that kept the sender and cannot be rolled back names the pool, and its Delete gives the owner back', async () => {
  const fixture = await on({ name: '', kind: domain });
  const [before] = fixture.setupTags;
  const From = 'Hello <hello@example.org>';
  const properties = fixture.setupProperties(domain, { TakeOver: true, From });
  const declared = { owner: fixture.owners.elsewhere, properties };
  const { create, rollback } = await fixture.create(declared, { faultPlan: switchedForGood() });
  expect(create).toMatchObject({ status: 'FAILED', resourceModel: { UserPoolId: fixture.poolId } });
  expect(rollback && isGone(rollback as ProgressEvent)).toBe(true);
  expect(fixture.setupTag()).toMatchObject({ owner: before?.owner, sender: before?.sender, before: undefined });
  expect(fixture.sends()).toBe(true);
});
