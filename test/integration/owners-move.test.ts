import { type Declared, replaced } from '../../emulator/cloudformation/stacks';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { isGone, kindsAt, type Scene, sceneIn } from '../support/owners';

/*
 * A logical id is renamed, or a setup moves to another stack: CloudFormation creates the new one and deletes the old one,
 * or, where the stack rolls back after the Create, the new one. Nothing on the pool may change on the way.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [altDeveloper, , altStandard] = kindsAt(alternate);
const [developer, domain, standard, , plain] = kindsAt(home);
const everyKind: readonly (readonly [string, Kind])[] = [
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
async function moving(region: string, kind: Kind, to: 'renamed' | 'elsewhere' | 'third', more = {}) {
  const scene = sceneIn(arena, region);
  const empty = scene.rest();
  const old: Declared = { owner: scene.owners.first, properties: scene.declaring(kind) };
  const next: Declared = {
    owner: scene.owners[to],
    properties: scene.declaring(kind, { TakeOver: true, ...more }),
  };
  await scene.succeed({ action: 'CREATE', ...old });
  const [before] = scene.marks;
  if (!before) throw new Error('the Create wrote no tag');
  expect(before).toMatchObject({ owner: expect.not.stringMatching('-'), before: undefined });
  scene.writes();
  return { scene, empty, old, next, before, rest: scene.rest() };
}

/** The setup is this owner's, whose Delete takes it away whole. */
async function expectItsOwn(scene: Scene, { owner, properties }: Declared, empty: unknown) {
  await scene.succeed({ action: 'DELETE', owner, properties });
  expect(scene.rest()).toEqual(empty);
  expect(scene.mark()).toBeUndefined();
}

test.each(moves)('%s, %s, %s: moves whole, and nothing but the tag changes', async (region, _name, to, kind) => {
  const { scene, empty, old, next, before, rest } = await moving(region, kind, to);
  const { create, cleanUp } = await replaced(scene.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  expect(scene.writes()).toEqual(['TagResource', 'TagResource']);
  expect(scene.rest()).toEqual(rest);
  const [, moved, cleaned] = scene.marks;
  expect(moved).toMatchObject({ sender: before.sender, before: before.owner });
  expect(moved?.owner).not.toBe(before.owner);
  expect(moved?.token).not.toBe(before.token);
  expect(cleaned).toEqual({ ...moved, before: undefined });
  await expectItsOwn(scene, next, empty);
});

test.each(moves)(
  '%s, %s, %s: rolled back after the Create, it is the old owner’s again',
  async (region, _name, to, kind) => {
    const { scene, empty, old, next, before, rest } = await moving(region, kind, to);
    const { create, rollback } = await replaced(scene.run, old, next, { rollsBack: true });
    expect(create).toMatchObject({ status: 'SUCCESS' });
    expect(rollback && isGone(rollback)).toBe(true);
    expect(scene.writes()).toEqual(['TagResource', 'TagResource']);
    expect(scene.rest()).toEqual(rest);
    expect(scene.mark()).toMatchObject({ owner: before.owner, sender: before.sender, before: undefined });
    expect(scene.sends()).toBe(true);
    // A Delete that comes once more finds somebody else's setup.
    await scene.notFound({ action: 'DELETE', ...next });
    expect(scene.rest()).toEqual(rest);
    await scene.succeed({ action: 'UPDATE', ...old, previous: old.properties });
    expect(scene.rest()).toEqual(rest);
    await expectItsOwn(scene, old, empty);
  },
);

test.each(moves)('%s, %s, %s: an Update makes the move final', async (region, _name, to, kind) => {
  const { scene, empty, old, next, before, rest } = await moving(region, kind, to);
  await scene.succeed({ action: 'CREATE', ...next });
  const properties = { ...next.properties, Revision: '2' };
  await scene.succeed({ action: 'UPDATE', owner: next.owner, properties, previous: next.properties });
  const [, moved, final] = scene.marks;
  expect(final).toEqual({ ...moved, before: undefined });
  expect(final?.owner).not.toBe(before.owner);
  expect(scene.rest()).toEqual(rest);
  scene.writes();
  await scene.notFound({ action: 'DELETE', ...old });
  expect(scene.writes()).toEqual([]);
  expect(scene.mark()).toEqual(final);
  expect(scene.rest()).toEqual(rest);
  await expectItsOwn(scene, next, empty);
});

test('a move that writes another From under the same sender is given back, From and all that was written stays', async () => {
  const From = 'Hello <hello@example.org>';
  const { scene, empty, old, next, before } = await moving(home, domain, 'elsewhere', { From });
  const { create, rollback } = await replaced(scene.run, old, next, { rollsBack: true });
  expect(create).toMatchObject({ status: 'SUCCESS', resourceModel: { From } });
  expect(scene.marks[1]).toMatchObject({ sender: before.sender, before: before.owner });
  expect(rollback && isGone(rollback)).toBe(true);
  expect(scene.mark()).toMatchObject({ owner: before.owner, sender: before.sender, before: undefined });
  expect(scene.email()).toMatchObject({ From });
  await scene.succeed({ action: 'UPDATE', ...old, previous: old.properties });
  expect(scene.email()).toMatchObject({ From: domain.properties['From'] });
  await expectItsOwn(scene, old, empty);
});

test('a move that puts back a policy that was missing keeps it when it is given back', async () => {
  const { scene, empty, old, next, before, rest } = await moving(home, standard, 'elsewhere');
  scene.tenant
    .world(home)
    .ses.identities.get('no-reply@example.com')
    ?.policies.delete(`EmailSetup-${home}-${scene.poolId}`);
  expect(scene.sends()).toBe(false);
  await replaced(scene.run, old, next, { rollsBack: true });
  expect(scene.mark()).toMatchObject({ owner: before.owner, before: undefined });
  expect(scene.rest()).toEqual(rest);
  await expectItsOwn(scene, old, empty);
});

test('a TakeOver that changes the sender has no note: the old owner’s Delete harms nothing, its own resets', async () => {
  const { scene, empty, old, before } = await moving(home, standard, 'elsewhere');
  const next = { owner: scene.owners.elsewhere, properties: scene.declaring(developer, { TakeOver: true }) };
  const { create, cleanUp } = await replaced(scene.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  const [, moved, cleaned] = scene.marks;
  expect(moved).toMatchObject({ before: undefined });
  expect(moved?.sender).not.toBe(before.sender);
  expect(cleaned).toEqual(moved);
  expect(scene.email()).toMatchObject({ EmailSendingAccount: 'DEVELOPER' });
  expect(scene.sends()).toBe(true);
  await expectItsOwn(scene, next, empty);
});

test('e-mail MFA does not stop a move, nor its way back', async () => {
  const { scene, old, next, before, rest } = await moving(home, developer, 'renamed');
  const pool = scene.tenant.world(home).cognito.pools.get(scene.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const { create, rollback } = await replaced(scene.run, old, next, { rollsBack: true });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(rollback && isGone(rollback)).toBe(true);
  expect(scene.rest()).toEqual(rest);
  expect(scene.mark()).toMatchObject({ owner: before.owner, before: undefined });
});

test.each([
  ['sandbox', { productionAccess: false }],
  ['a pause', { sendingEnabled: false }],
])('%s does not stop a move: nothing of the world refuses it', async (_name, account) => {
  const { scene, old, next, rest } = await moving(home, developer, 'renamed');
  Object.assign(scene.tenant.world(home).ses.account, account);
  const { create, cleanUp } = await replaced(scene.run, old, next, { rollsBack: false });
  expect(create).toMatchObject({ status: 'SUCCESS' });
  expect(cleanUp).toMatchObject({ errorCode: 'NotFound' });
  expect(scene.rest()).toEqual(rest);
});
