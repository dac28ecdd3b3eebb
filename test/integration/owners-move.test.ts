import { type DeclaredResource, replaceResource } from '../../emulator/cloudformation/stack-resources';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, isGone, type PoolFixture, setupKindsIn } from '../support/owners';
import type { SetupKind } from '../support/setup-kinds';

/*
 * A logical id is renamed, or a setup moves to another stack: CloudFormation creates the new one and deletes the old one,
 * or, where the stack rolls back after the Create, the new one. Nothing on the pool may change on the way.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [altDeveloper, , altStandard] = setupKindsIn(alternate);
const [developer, domain, standard, , plain] = setupKindsIn(home);
const everyKind: readonly (readonly [string, SetupKind])[] = [
  [home, developer],
  [home, domain],
  [home, standard],
  [home, plain],
  [alternate, altDeveloper],
  [alternate, altStandard],
];
const moves = everyKind.flatMap(([region, kind]) =>
  (['renamed', 'elsewhere', 'third'] as const).map((to) => [region, kind.name, to, kind] as const),
);

/** A setup that its first owner has created, and the one that is to replace it. */
async function moving(region: string, kind: SetupKind, to: 'renamed' | 'elsewhere' | 'third', more = {}) {
  const fixture = createPoolFixture(harness, region);
  const empty = fixture.rest();
  const old: DeclaredResource = { owner: fixture.owners.first, properties: fixture.setupProperties(kind) };
  const next: DeclaredResource = {
    owner: fixture.owners[to],
    properties: fixture.setupProperties(kind, { TakeOver: true, ...more }),
  };
  await fixture.succeed({ action: 'CREATE', ...old });
  const [before] = fixture.setupTags;
  if (!before) throw new Error('the Create wrote no tag');
  expect(before).toMatchObject({ owner: expect.not.stringMatching('-'), before: undefined });
  fixture.writes();
  return { fixture, empty, old, next, before, rest: fixture.rest() };
}

/** The setup is this owner's, whose Delete takes it away whole. */
async function expectItsOwn(fixture: PoolFixture, { owner, properties }: DeclaredResource, empty: unknown) {
  await fixture.succeed({ action: 'DELETE', owner, properties });
  expect(fixture.rest()).toEqual(empty);
  expect(fixture.setupTag()).toBeUndefined();
}

test.each(moves)('%s, %s, %s: moves whole, and nothing but the tag changes', async (region, _name, to, kind) => {
  const { fixture, empty, old, next, before, rest } = await moving(region, kind, to);
  const { create, cleanUp } = await replaceResource(fixture.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  expect(fixture.writes()).toEqual(['TagResource', 'TagResource']);
  expect(fixture.rest()).toEqual(rest);
  const [, moved, cleaned] = fixture.setupTags;
  expect(moved).toMatchObject({ sender: before.sender, before: before.owner });
  expect(moved?.owner).not.toBe(before.owner);
  expect(moved?.token).not.toBe(before.token);
  expect(cleaned).toEqual({ ...moved, before: undefined });
  await expectItsOwn(fixture, next, empty);
});

test.each(moves)(
  '%s, %s, %s: rolled back after the Create, it is the old owner’s again',
  async (region, _name, to, kind) => {
    const { fixture, empty, old, next, before, rest } = await moving(region, kind, to);
    const { create, rollback } = await replaceResource(fixture.run, old, next, { rollsBack: true });
    expect(create).toMatchObject({ status: 'SUCCESS' });
    expect(rollback && isGone(rollback)).toBe(true);
    expect(fixture.writes()).toEqual(['TagResource', 'TagResource']);
    expect(fixture.rest()).toEqual(rest);
    expect(fixture.setupTag()).toMatchObject({ owner: before.owner, sender: before.sender, before: undefined });
    expect(fixture.sends()).toBe(true);
    // A Delete that comes once more finds somebody else's setup.
    await fixture.notFound({ action: 'DELETE', ...next });
    expect(fixture.rest()).toEqual(rest);
    await fixture.succeed({ action: 'UPDATE', ...old, previous: old.properties });
    expect(fixture.rest()).toEqual(rest);
    await expectItsOwn(fixture, old, empty);
  },
);

test.each(moves)('%s, %s, %s: an Update makes the move final', async (region, _name, to, kind) => {
  const { fixture, empty, old, next, before, rest } = await moving(region, kind, to);
  await fixture.succeed({ action: 'CREATE', ...next });
  const properties = { ...next.properties, Revision: '2' };
  await fixture.succeed({ action: 'UPDATE', owner: next.owner, properties, previous: next.properties });
  const [, moved, final] = fixture.setupTags;
  expect(final).toEqual({ ...moved, before: undefined });
  expect(final?.owner).not.toBe(before.owner);
  expect(fixture.rest()).toEqual(rest);
  fixture.writes();
  await fixture.notFound({ action: 'DELETE', ...old });
  expect(fixture.writes()).toEqual([]);
  expect(fixture.setupTag()).toEqual(final);
  expect(fixture.rest()).toEqual(rest);
  await expectItsOwn(fixture, next, empty);
});

test('a move that writes another From under the same sender is given back, From and all that was written stays', async () => {
  const From = 'Hello <hello@example.org>';
  const { fixture, empty, old, next, before } = await moving(home, domain, 'elsewhere', { From });
  const { create, rollback } = await replaceResource(fixture.run, old, next, { rollsBack: true });
  expect(create).toMatchObject({ status: 'SUCCESS', resourceModel: { From } });
  expect(fixture.setupTags[1]).toMatchObject({ sender: before.sender, before: before.owner });
  expect(rollback && isGone(rollback)).toBe(true);
  expect(fixture.setupTag()).toMatchObject({ owner: before.owner, sender: before.sender, before: undefined });
  expect(fixture.email()).toMatchObject({ From });
  await fixture.succeed({ action: 'UPDATE', ...old, previous: old.properties });
  expect(fixture.email()).toMatchObject({ From: domain.properties['From'] });
  await expectItsOwn(fixture, old, empty);
});

test('a move that puts back a policy that was missing keeps it when it is given back', async () => {
  const { fixture, empty, old, next, before, rest } = await moving(home, standard, 'elsewhere');
  fixture.testAccount
    .regionState(home)
    .ses.identities.get('no-reply@example.com')
    ?.policies.delete(`EmailSetup-${home}-${fixture.poolId}`);
  expect(fixture.sends()).toBe(false);
  await replaceResource(fixture.run, old, next, { rollsBack: true });
  expect(fixture.setupTag()).toMatchObject({ owner: before.owner, before: undefined });
  expect(fixture.rest()).toEqual(rest);
  await expectItsOwn(fixture, old, empty);
});

test('a TakeOver that changes the sender has no note: the old owner’s Delete harms nothing, its own resets', async () => {
  const { fixture, empty, old, before } = await moving(home, standard, 'elsewhere');
  const next = { owner: fixture.owners.elsewhere, properties: fixture.setupProperties(developer, { TakeOver: true }) };
  const { create, cleanUp } = await replaceResource(fixture.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  const [, moved, cleaned] = fixture.setupTags;
  expect(moved).toMatchObject({ before: undefined });
  expect(moved?.sender).not.toBe(before.sender);
  expect(cleaned).toEqual(moved);
  expect(fixture.email()).toMatchObject({ EmailSendingAccount: 'DEVELOPER' });
  expect(fixture.sends()).toBe(true);
  await expectItsOwn(fixture, next, empty);
});

test('e-mail MFA does not stop a move, nor its way back', async () => {
  const { fixture, old, next, before, rest } = await moving(home, developer, 'renamed');
  const pool = fixture.testAccount.regionState(home).cognito.pools.get(fixture.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const { create, rollback } = await replaceResource(fixture.run, old, next, { rollsBack: true });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(rollback && isGone(rollback)).toBe(true);
  expect(fixture.rest()).toEqual(rest);
  expect(fixture.setupTag()).toMatchObject({ owner: before.owner, before: undefined });
});

test.each([
  ['sandbox', { productionAccess: false }],
  ['a pause', { sendingEnabled: false }],
])('%s does not stop a move: preflight does not refuse it', async (_name, account) => {
  const { fixture, old, next, rest } = await moving(home, developer, 'renamed');
  Object.assign(fixture.testAccount.regionState(home).ses.account, account);
  const { create, cleanUp } = await replaceResource(fixture.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  expect(fixture.rest()).toEqual(rest);
});
