import { createInStack, type HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Created } from '../../emulator/cloudformation/stacks';
import type { Fault, JsonObject } from '../../emulator/types';
import type { Kind } from '../support/kinds';
import { type FaultPlan, type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { isGone, kindsAt, type Scene, sceneIn } from '../support/owners';
import { handMadeIn } from '../support/scenarios';

/*
 * A Create with TakeOver that fails once an answer has named the pool is followed by a Delete. What was live before it
 * stays live.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness();
});
afterAll(() => arena.close());

const region = 'me-central-1';
const [developer, domain, standard, , plain] = kindsAt(region);

const fault = (status: number, name: string, message: string): Fault => ({ kind: 'error', status, name, message });
const slow = fault(429, 'TooManyRequestsException', 'Rate exceeded');
const denied = fault(403, 'AccessDeniedException', 'User is not authorized to perform: test');
const refused = fault(400, 'InvalidParameterException', 'Invalid SourceArn');

/** What is on the pool before the Create. */
const grounds: readonly { readonly name: string; readonly kind?: Kind; readonly byHand?: boolean }[] = [
  { name: 'the live setup of another stack, DEVELOPER', kind: developer },
  { name: 'the live setup of another stack, COGNITO_DEFAULT', kind: standard },
  { name: 'the live setup of another stack, the plain default sender', kind: plain },
  { name: 'a hand-made sender', byHand: true },
  { name: 'a plain pool' },
];
type Ground = (typeof grounds)[number];
const owned = grounds.filter(({ kind, byHand }) => kind || byHand);

async function on({ kind, byHand }: Ground): Promise<Scene> {
  const scene = sceneIn(arena, region);
  if (byHand) scene.change({ EmailConfiguration: handMadeIn(scene.tenant.account) });
  if (kind) await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties: scene.declaring(kind) });
  return scene;
}

/** The owner of what was there before can still do all that it could. */
async function expectStillTheFirsts(scene: Scene, { kind }: Ground, before: unknown) {
  expect(scene.rest()).toEqual(before);
  expect(scene.sends()).toBe(true);
  if (!kind) return expect(scene.mark()).toBeUndefined();
  expect(scene.mark()).toEqual(scene.marks[0]);
  const owner = scene.owners.first;
  const properties = scene.declaring(kind);
  await scene.succeed({ action: 'UPDATE', owner, properties, previous: properties });
  expect(scene.rest()).toEqual(before);
  await scene.succeed({ action: 'DELETE', owner, properties });
}

/** Throttles SES through the first round, which begins with the first look at the pool. */
function throttledRound(then?: FaultPlan): FaultPlan {
  let rounds = 0;
  return (call, index) => {
    if (call.operation === 'DescribeUserPool') rounds += 1;
    return call.operation === 'GetEmailIdentity' && rounds < 2 ? slow : then?.(call, index);
  };
}

const typo = { EmailSendingAccount: 'DEVELOPER', Identity: 'typo@example.com', TakeOver: true };

test.each(grounds)('a typo in a TakeOver Create, after a throttled round, leaves $name as it is', async (ground) => {
  const scene = await on(ground);
  const before = scene.rest();
  const properties = { UserPoolId: scene.poolId, ...typo };
  const { create, rollback } = await scene.create({ owner: scene.owners.elsewhere, properties }, throttledRound());
  expect(create).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  expect(rollback).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
  await expectStillTheFirsts(scene, ground, before);
});

/** Times in a callback context, so many milliseconds ago. */
const aged = (context: JsonObject, by: number) =>
  JSON.parse(JSON.stringify(context), (_key, value: unknown) =>
    typeof value === 'number' && value > 1_600_000_000_000 ? value - by : value,
  ) as JsonObject;

/** Creates a setup; between its rounds 40 seconds pass. */
function createSlowly({ caller, owners }: Scene, properties: JsonObject): Promise<Created> {
  const invoke = (payload: JsonObject) => {
    const { callbackContext: context } = payload;
    return caller.invoke(context ? { ...payload, callbackContext: aged(context as JsonObject, 40_000) } : payload);
  };
  return createInStack({ ...caller, invoke }, properties, owners.elsewhere);
}

test.each(grounds)(
  'an identity that nobody verifies, waited for by a TakeOver Create, leaves $name as it is',
  async (ground) => {
    const scene = await on(ground);
    for (const ses of standard.regions) {
      scene.tenant.world(ses).ses.addIdentity('never@example.net', { verified: false });
    }
    const before = scene.rest();
    const { create, rollback } = await createSlowly(scene, {
      UserPoolId: scene.poolId,
      EmailSendingAccount: 'DEVELOPER',
      Identity: 'never@example.net',
      TakeOver: true,
      VerificationTimeoutMinutes: 1,
    });
    expect(create).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(rollback).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
    await expectStillTheFirsts(scene, ground, before);
  },
);

/** Cognito refuses the switch, and SES denies taking off again what was granted for it. */
const grantStays: FaultPlan = ({ operation }) =>
  operation === 'UpdateUserPool' ? refused : operation === 'DeleteEmailIdentityPolicy' ? denied : undefined;

test.each(
  grounds.flatMap((ground) => [
    { ...ground, round: 'after a throttled round', fate: throttledRound },
    { ...ground, round: 'at once', fate: (then: FaultPlan) => then },
  ]),
)('a grant that cannot be taken off again, $round: $name stays, and the grant beside it', async (ground) => {
  const scene = await on(ground);
  const before = scene.rest();
  const mark = scene.mark();
  const properties = scene.declaring(domain, { TakeOver: true });
  const { create, rollback } = await scene.create(
    { owner: scene.owners.elsewhere, properties },
    ground.fate(grantStays),
  );
  expect(create).toMatchObject({ status: 'FAILED' });
  expect(scene.mark()).toEqual(mark);
  expect(scene.sends()).toBe(true);
  if (!ground.kind && !ground.byHand) {
    // Nothing was there: the answer names the pool, and the Delete takes the grant off.
    expect(rollback && isGone(rollback)).toBe(true);
    return expect(scene.rest()).toEqual(before);
  }
  expect(create.resourceModel).toBeUndefined();
  if (ground.round === 'at once') expect(rollback).toBeUndefined();
  else expect(rollback).toMatchObject({ errorCode: 'NotFound' });
  const policies = scene.tenant.world('eu-central-1').ses.identities.get('example.org')?.policies;
  policies?.delete(`EmailSetup-${region}-${scene.poolId}`);
  await expectStillTheFirsts(scene, { ...ground }, before);
});

/** The switch succeeds; after it Cognito denies everything. */
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
    const scene = await on(ground);
    const properties = scene.declaring(domain, { TakeOver: true });
    const { create, rollback } = await scene.create({ owner: scene.owners.elsewhere, properties }, switchedForGood());
    expect(create).toMatchObject({ status: 'FAILED' });
    expect(create.message).toMatch(/could not all be undone/);
    expect(create.resourceModel).toBeUndefined();
    expect(rollback).toBeUndefined();
    expect(scene.email()).toMatchObject({ From: domain.properties['From'] });
    expect(scene.sends()).toBe(true);
    const { kind } = ground;
    if (!kind) return;
    const owner = scene.owners.first;
    const repaired = { owner, properties: scene.declaring(kind) };
    await scene.succeed({ action: 'UPDATE', ...repaired, previous: repaired.properties });
    expect(scene.mark()).toMatchObject({
      owner: scene.marks[0]?.owner,
      sender: scene.marks[0]?.sender,
      before: undefined,
    });
    expect(scene.sends()).toBe(true);
    await scene.succeed({ action: 'DELETE', ...repaired });
    expect(scene.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  },
);

test('a switch of a plain pool that cannot be undone names the pool, and the Delete finishes', async () => {
  const scene = await on({ name: 'a plain pool' });
  const before = scene.rest();
  const properties = scene.declaring(domain, { TakeOver: true });
  const { create, rollback } = await scene.create({ owner: scene.owners.elsewhere, properties }, switchedForGood());
  expect(create).toMatchObject({ status: 'FAILED', resourceModel: { UserPoolId: scene.poolId } });
  expect(rollback).toMatchObject({ status: 'SUCCESS' });
  expect(scene.rest()).toEqual(before);
  expect(scene.mark()).toBeUndefined();
});

test('a TakeOver that kept the sender and cannot be undone names the pool, and its Delete gives the owner back', async () => {
  const scene = await on({ name: '', kind: domain });
  const [before] = scene.marks;
  const From = 'Hello <hello@example.org>';
  const properties = scene.declaring(domain, { TakeOver: true, From });
  const declared = { owner: scene.owners.elsewhere, properties };
  const { create, rollback } = await scene.create(declared, switchedForGood());
  expect(create).toMatchObject({ status: 'FAILED', resourceModel: { UserPoolId: scene.poolId } });
  expect(rollback && isGone(rollback as HandlerAnswer)).toBe(true);
  expect(scene.mark()).toMatchObject({ owner: before?.owner, sender: before?.sender, before: undefined });
  expect(scene.sends()).toBe(true);
});
