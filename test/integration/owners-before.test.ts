import type { Operation, StackResource } from '../../emulator/cloudformation/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, isGone, type PoolFixture, setupKindsIn } from '../support/owners';

/*
 * The note in the tag, of the owner before: who has it written, who takes it out, and whom it gives the setup back to.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const region = 'eu-west-2';
const [developer, domain, standard] = setupKindsIn(region);
const withoutStack = 'Cloud Control' as const;
type By = StackResource | typeof withoutStack;

const fixtures = [domain, standard] as const;

/** Creates a setup, and lets others take it over one after another. Returns each one's hash. */
async function takenOver(
  kind: (typeof fixtures)[number],
  ...others: readonly ((owners: PoolFixture['owners']) => By)[]
) {
  const fixture = createPoolFixture(harness, region);
  const empty = fixture.rest();
  const [first, ...rest] = others.map((by) => by(fixture.owners)) as [By, ...By[]];
  const properties = fixture.setupProperties(kind);
  const takeOver = { ...properties, TakeOver: true };
  await fixture.succeed({ action: 'CREATE', owner: first, properties });
  for (const owner of rest) await fixture.succeed({ action: 'CREATE', owner, properties: takeOver });
  const hashes = fixture.setupTags.map((setupTag) => setupTag?.owner ?? '');
  const live = fixture.rest();
  const by = (action: Operation['action'], owner: By, more = {}): Operation =>
    action === 'UPDATE'
      ? { action, owner, properties: { ...properties, ...more }, previous: properties }
      : { action, owner, properties: takeOver };
  return { fixture, empty, live, hashes, by, owners: fixture.owners };
}

const [first, renamed, elsewhere] = (['first', 'renamed', 'elsewhere'] as const).map(
  (name) => (owners: PoolFixture['owners']) => owners[name],
) as [
  (owners: PoolFixture['owners']) => By,
  (owners: PoolFixture['owners']) => By,
  (owners: PoolFixture['owners']) => By,
];
const cloudControl = () => withoutStack;

test.each(fixtures)('a take-over while a note stands keeps the oldest owner before ($name)', async (kind) => {
  const { fixture, live, hashes, by, owners } = await takenOver(kind, first, renamed, elsewhere);
  expect(new Set(hashes).size).toBe(3);
  expect(fixture.setupTags.map((setupTag) => setupTag?.before)).toEqual([undefined, hashes[0], hashes[0]]);
  // The one in the middle owns nothing, and is not in the note.
  await fixture.notFound(by('DELETE', owners.renamed));
  expect(fixture.setupTag()).toEqual(fixture.setupTags[2]);
  expect(isGone(await fixture.last(by('DELETE', owners.elsewhere)))).toBe(true);
  expect(fixture.setupTag()).toMatchObject({ owner: hashes[0], before: undefined });
  expect(fixture.rest()).toEqual(live);
});

test('the owner before takes over again: there is no note of oneself', async () => {
  const { fixture, empty, hashes, by, owners } = await takenOver(domain, first, renamed, first);
  expect(hashes[2]).toBe(hashes[0]);
  expect(fixture.setupTags.map((setupTag) => setupTag?.before)).toEqual([undefined, hashes[0], undefined]);
  await fixture.notFound(by('DELETE', owners.renamed));
  await fixture.succeed(by('DELETE', owners.first));
  expect(fixture.rest()).toEqual(empty);
});

test('the owner takes over its own setup: no note, and its Delete resets', async () => {
  const { fixture, empty, hashes, by, owners } = await takenOver(standard, first, first);
  expect(hashes[1]).toBe(hashes[0]);
  expect(fixture.setupTag()).toMatchObject({ before: undefined });
  await fixture.succeed(by('DELETE', owners.first));
  expect(fixture.rest()).toEqual(empty);
});

test('an owner without a stack is noted as -, and gets the setup back', async () => {
  const { fixture, live, empty, by, owners } = await takenOver(standard, cloudControl, first);
  expect(fixture.setupTag()).toMatchObject({ before: '-' });
  expect(isGone(await fixture.last(by('DELETE', owners.first)))).toBe(true);
  expect(fixture.setupTag()).toMatchObject({ owner: '-', before: undefined });
  expect(fixture.rest()).toEqual(live);
  await fixture.notFound(by('DELETE', owners.first));
  await fixture.succeed(by('DELETE', withoutStack));
  expect(fixture.rest()).toEqual(empty);
});

test('Cloud Control takes over from a stack: the stack is noted, a Delete without a stack resets all the same', async () => {
  const { fixture, empty, hashes, by } = await takenOver(standard, first, cloudControl);
  expect(fixture.setupTag()).toMatchObject({ owner: '-', before: hashes[0] });
  await fixture.succeed(by('DELETE', withoutStack));
  expect(fixture.rest()).toEqual(empty);
  expect(fixture.setupTag()).toBeUndefined();
});

test('Cloud Control takes over what it has created: no note', async () => {
  const { fixture } = await takenOver(developer as typeof domain, cloudControl, cloudControl);
  expect(fixture.setupTag()).toMatchObject({ owner: '-', before: undefined });
});

test('an Update by the owner before, while the note stands, leaves owner and note', async () => {
  const { fixture, hashes, by, owners } = await takenOver(domain, first, renamed);
  const noted = fixture.setupTag();
  const From = 'Hello <hello@example.org>';
  await fixture.succeed(by('UPDATE', owners.first, { From }));
  expect(fixture.email()).toMatchObject({ From });
  expect(fixture.setupTag()).toMatchObject({ owner: noted?.owner, sender: noted?.sender, before: hashes[0] });
  expect(isGone(await fixture.last(by('DELETE', owners.renamed)))).toBe(true);
  expect(fixture.setupTag()).toMatchObject({ owner: hashes[0], before: undefined });
  expect(fixture.email()).toMatchObject({ From });
});

test('an Update by the owner takes the note out, and one by a third makes it the owner', async () => {
  const { fixture, live, hashes, by, owners } = await takenOver(standard, first, renamed);
  await fixture.succeed(by('UPDATE', owners.renamed, { Revision: '2' }));
  expect(fixture.setupTag()).toMatchObject({ owner: hashes[1], before: undefined });
  await fixture.succeed(by('UPDATE', owners.elsewhere, { Revision: '3' }));
  expect(fixture.setupTag()).toMatchObject({ before: undefined });
  expect(hashes).not.toContain(fixture.setupTag()?.owner);
  expect(fixture.rest()).toEqual(live);
  for (const owner of [owners.first, owners.renamed]) {
    await fixture.notFound(by('DELETE', owner));
    expect(fixture.rest()).toEqual(live);
  }
});

test('nobody, noted over a hand-made sender, stays the oldest through a chain', async () => {
  const fixture = createPoolFixture(harness, region);
  const SourceArn = `arn:aws:ses:${region}:${fixture.testAccount.account}:identity/no-reply@example.com`;
  fixture.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn } });
  const byHand = fixture.rest();
  const properties = fixture.setupProperties(developer, { TakeOver: true });
  await fixture.succeed({ action: 'CREATE', owner: fixture.owners.first, properties });
  await fixture.succeed({ action: 'CREATE', owner: fixture.owners.renamed, properties });
  expect(fixture.setupTags.map((setupTag) => setupTag?.before)).toEqual(['.', '.']);
  await fixture.notFound({ action: 'DELETE', owner: fixture.owners.first, properties });
  expect(fixture.setupTag()).toMatchObject({ before: '.' });
  expect(isGone(await fixture.last({ action: 'DELETE', owner: fixture.owners.renamed, properties }))).toBe(true);
  expect(fixture.setupTag()).toBeUndefined();
  expect(fixture.rest()).toEqual(byHand);
});

test('a take-over that changes the sender has no note, whatever note stood', async () => {
  const { fixture, empty, by, owners } = await takenOver(standard, first, renamed);
  await fixture.succeed({
    action: 'CREATE',
    owner: owners.elsewhere,
    properties: fixture.setupProperties(domain, { TakeOver: true }),
  });
  expect(fixture.setupTag()).toMatchObject({ before: undefined });
  await fixture.notFound(by('DELETE', owners.first));
  await fixture.notFound(by('DELETE', owners.renamed));
  expect(fixture.sends()).toBe(true);
  await fixture.succeed({ action: 'DELETE', owner: owners.elsewhere, properties: fixture.setupProperties(domain) });
  expect(fixture.rest()).toEqual(empty);
});
