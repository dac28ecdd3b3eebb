import type { Operation, Owner } from '../../emulator/cloudformation/drive';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { isGone, kindsAt, type Scene, sceneIn } from '../support/owners';

/*
 * The note in the tag, of the owner before: who has it written, who takes it out, and whom it gives the setup back to.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const region = 'eu-west-2';
const [developer, domain, standard] = kindsAt(region);
const withoutStack = 'Cloud Control' as const;
type By = Owner | typeof withoutStack;

const scenes = [domain, standard] as const;

/** Creates a setup, and lets others take it over one after another. Answers each one's hash. */
async function takenOver(kind: (typeof scenes)[number], ...others: readonly ((owners: Scene['owners']) => By)[]) {
  const scene = sceneIn(arena, region);
  const empty = scene.rest();
  const [first, ...rest] = others.map((by) => by(scene.owners)) as [By, ...By[]];
  const properties = scene.declaring(kind);
  const takeOver = { ...properties, TakeOver: true };
  await scene.succeed({ action: 'CREATE', owner: first, properties });
  for (const owner of rest) await scene.succeed({ action: 'CREATE', owner, properties: takeOver });
  const hashes = scene.marks.map((mark) => mark?.owner ?? '');
  const live = scene.rest();
  const by = (action: Operation['action'], owner: By, more = {}): Operation =>
    action === 'UPDATE'
      ? { action, owner, properties: { ...properties, ...more }, previous: properties }
      : { action, owner, properties: takeOver };
  return { scene, empty, live, hashes, by, owners: scene.owners };
}

const [first, renamed, elsewhere] = (['first', 'renamed', 'elsewhere'] as const).map(
  (name) => (owners: Scene['owners']) => owners[name],
) as [(owners: Scene['owners']) => By, (owners: Scene['owners']) => By, (owners: Scene['owners']) => By];
const cloudControl = () => withoutStack;

test.each(scenes)('a take-over while a note stands keeps the oldest owner before ($name)', async (kind) => {
  const { scene, live, hashes, by, owners } = await takenOver(kind, first, renamed, elsewhere);
  expect(new Set(hashes).size).toBe(3);
  expect(scene.marks.map((mark) => mark?.before)).toEqual([undefined, hashes[0], hashes[0]]);
  // The one in the middle owns nothing, and is not in the note.
  await scene.notFound(by('DELETE', owners.renamed));
  expect(scene.mark()).toEqual(scene.marks[2]);
  expect(isGone(await scene.last(by('DELETE', owners.elsewhere)))).toBe(true);
  expect(scene.mark()).toMatchObject({ owner: hashes[0], before: undefined });
  expect(scene.rest()).toEqual(live);
});

test('the owner before takes over again: there is no note of oneself', async () => {
  const { scene, empty, hashes, by, owners } = await takenOver(domain, first, renamed, first);
  expect(hashes[2]).toBe(hashes[0]);
  expect(scene.marks.map((mark) => mark?.before)).toEqual([undefined, hashes[0], undefined]);
  await scene.notFound(by('DELETE', owners.renamed));
  await scene.succeed(by('DELETE', owners.first));
  expect(scene.rest()).toEqual(empty);
});

test('the owner takes over its own setup: no note, and its Delete resets', async () => {
  const { scene, empty, hashes, by, owners } = await takenOver(standard, first, first);
  expect(hashes[1]).toBe(hashes[0]);
  expect(scene.mark()).toMatchObject({ before: undefined });
  await scene.succeed(by('DELETE', owners.first));
  expect(scene.rest()).toEqual(empty);
});

test('an owner without a stack is noted as -, and gets the setup back', async () => {
  const { scene, live, empty, by, owners } = await takenOver(standard, cloudControl, first);
  expect(scene.mark()).toMatchObject({ before: '-' });
  expect(isGone(await scene.last(by('DELETE', owners.first)))).toBe(true);
  expect(scene.mark()).toMatchObject({ owner: '-', before: undefined });
  expect(scene.rest()).toEqual(live);
  await scene.notFound(by('DELETE', owners.first));
  await scene.succeed(by('DELETE', withoutStack));
  expect(scene.rest()).toEqual(empty);
});

test('Cloud Control takes over from a stack: the stack is noted, a Delete without a stack resets all the same', async () => {
  const { scene, empty, hashes, by } = await takenOver(standard, first, cloudControl);
  expect(scene.mark()).toMatchObject({ owner: '-', before: hashes[0] });
  await scene.succeed(by('DELETE', withoutStack));
  expect(scene.rest()).toEqual(empty);
  expect(scene.mark()).toBeUndefined();
});

test('Cloud Control takes over what it has created: no note', async () => {
  const { scene } = await takenOver(developer as typeof domain, cloudControl, cloudControl);
  expect(scene.mark()).toMatchObject({ owner: '-', before: undefined });
});

test('an Update by the owner before, while the note stands, leaves owner and note', async () => {
  const { scene, hashes, by, owners } = await takenOver(domain, first, renamed);
  const noted = scene.mark();
  const From = 'Hello <hello@example.org>';
  await scene.succeed(by('UPDATE', owners.first, { From }));
  expect(scene.email()).toMatchObject({ From });
  expect(scene.mark()).toMatchObject({ owner: noted?.owner, sender: noted?.sender, before: hashes[0] });
  expect(isGone(await scene.last(by('DELETE', owners.renamed)))).toBe(true);
  expect(scene.mark()).toMatchObject({ owner: hashes[0], before: undefined });
  expect(scene.email()).toMatchObject({ From });
});

test('an Update by the owner takes the note out, and one by a third makes it the owner', async () => {
  const { scene, live, hashes, by, owners } = await takenOver(standard, first, renamed);
  await scene.succeed(by('UPDATE', owners.renamed, { Revision: '2' }));
  expect(scene.mark()).toMatchObject({ owner: hashes[1], before: undefined });
  await scene.succeed(by('UPDATE', owners.elsewhere, { Revision: '3' }));
  expect(scene.mark()).toMatchObject({ before: undefined });
  expect(hashes).not.toContain(scene.mark()?.owner);
  expect(scene.rest()).toEqual(live);
  for (const owner of [owners.first, owners.renamed]) {
    await scene.notFound(by('DELETE', owner));
    expect(scene.rest()).toEqual(live);
  }
});

test('nobody, noted over a hand-made sender, stays the oldest through a chain', async () => {
  const scene = sceneIn(arena, region);
  const SourceArn = `arn:aws:ses:${region}:${scene.tenant.account}:identity/no-reply@example.com`;
  scene.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn } });
  const byHand = scene.rest();
  const properties = scene.declaring(developer, { TakeOver: true });
  await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties });
  await scene.succeed({ action: 'CREATE', owner: scene.owners.renamed, properties });
  expect(scene.marks.map((mark) => mark?.before)).toEqual(['.', '.']);
  await scene.notFound({ action: 'DELETE', owner: scene.owners.first, properties });
  expect(scene.mark()).toMatchObject({ before: '.' });
  expect(isGone(await scene.last({ action: 'DELETE', owner: scene.owners.renamed, properties }))).toBe(true);
  expect(scene.mark()).toBeUndefined();
  expect(scene.rest()).toEqual(byHand);
});

test('a take-over that changes the sender has no note, whatever note stood', async () => {
  const { scene, empty, by, owners } = await takenOver(standard, first, renamed);
  await scene.succeed({
    action: 'CREATE',
    owner: owners.elsewhere,
    properties: scene.declaring(domain, { TakeOver: true }),
  });
  expect(scene.mark()).toMatchObject({ before: undefined });
  await scene.notFound(by('DELETE', owners.first));
  await scene.notFound(by('DELETE', owners.renamed));
  expect(scene.sends()).toBe(true);
  await scene.succeed({ action: 'DELETE', owner: owners.elsewhere, properties: scene.declaring(domain) });
  expect(scene.rest()).toEqual(empty);
});
