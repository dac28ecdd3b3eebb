import type { JsonObject } from '../../emulator/types';
import { attachments } from '../support/expect-setup';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, type PoolFixture, setupKindsIn } from '../support/owners';
import type { SetupKind } from '../support/setup-kinds';

/*
 * The console, or the pool's own stack, sets a sender: it is not the setup's any more. A Delete takes away what is the
 * setup's, and nothing else.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, standard, , plain] = setupKindsIn(home);
const [altDeveloper, , altStandard] = setupKindsIn(alternate);
const empty = { EmailSendingAccount: 'COGNITO_DEFAULT' };

async function created(region: string, kind: SetupKind) {
  const fixture = createPoolFixture(harness, region);
  const before = fixture.rest();
  const declared = { owner: fixture.owners.first, properties: fixture.setupProperties(kind) };
  await fixture.succeed({ action: 'CREATE', ...declared });
  return { fixture, before, declared };
}

const arnOf = (fixture: PoolFixture, region: string, identity: string) =>
  `arn:aws:ses:${region}:${fixture.testAccount.account}:identity/${identity}`;
const heldBy = (fixture: PoolFixture) => [...attachments(fixture.testAccount, fixture.region, fixture.poolId)].sort();

/** A sender that somebody else sets, which mail goes out with. */
interface Other {
  readonly name: string;
  readonly region: string;
  readonly kind: SetupKind;
  readonly email: (fixture: PoolFixture) => JsonObject;
  /** Policies of the setup that the other sender needs. */
  readonly stays: readonly string[];
}
const others: readonly Other[] = [
  {
    name: 'another identity, DEVELOPER after DEVELOPER',
    region: home,
    kind: developer,
    email: (fixture) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(fixture, home, 'example.org') }),
    stays: [],
  },
  {
    name: 'another identity, DEVELOPER after COGNITO_DEFAULT',
    region: home,
    kind: standard,
    email: (fixture) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(fixture, home, 'example.org') }),
    stays: [],
  },
  {
    name: 'the same identity, DEVELOPER after COGNITO_DEFAULT',
    region: alternate,
    kind: altStandard,
    email: (fixture) => ({
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: arnOf(fixture, 'eu-central-1', 'no-reply@example.com'),
    }),
    stays: ['eu-central-1/no-reply@example.com policy'],
  },
  {
    name: 'the same identity in another Region, COGNITO_DEFAULT after DEVELOPER',
    region: alternate,
    kind: altDeveloper,
    email: (fixture) => ({
      EmailSendingAccount: 'COGNITO_DEFAULT',
      SourceArn: arnOf(fixture, '*', 'no-reply@example.com'),
    }),
    stays: ['eu-central-1/no-reply@example.com policy'],
  },
  {
    name: 'another identity over the plain default sender',
    region: home,
    kind: plain,
    email: (fixture) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(fixture, home, 'example.org') }),
    stays: [],
  },
];

test.each(others)('another sender is live ($name): it stays, the tag goes, and the answer names it', async (other) => {
  const { fixture, declared } = await created(other.region, other.kind);
  const EmailConfiguration = other.email(fixture);
  fixture.change({ EmailConfiguration });
  const message = await fixture.notFound({ action: 'DELETE', ...declared });
  expect(message).toContain(fixture.poolId);
  expect(message).toContain(String(EmailConfiguration['SourceArn']));
  expect(fixture.email()).toEqual(EmailConfiguration);
  expect(fixture.setupTag()).toBeUndefined();
  expect(heldBy(fixture)).toEqual(other.stays);
});

test.each([
  [home, developer],
  [home, standard],
  [alternate, altStandard],
])(
  'the default sender, nothing on it, is live already, in %s: nothing of anybody’s stays, SUCCESS',
  async (region, kind) => {
    const { fixture, before, declared } = await created(region, kind);
    fixture.change({ EmailConfiguration: empty });
    await fixture.succeed({ action: 'DELETE', ...declared });
    expect(fixture.rest()).toEqual(before);
    expect(fixture.setupTag()).toBeUndefined();
  },
);

test('a reply address on the default sender, set by somebody else, stays', async () => {
  const { fixture, declared } = await created(home, standard);
  const EmailConfiguration = { ...empty, ReplyToEmailAddress: 'theirs@example.com' };
  fixture.change({ EmailConfiguration });
  await fixture.notFound({ action: 'DELETE', ...declared });
  expect(fixture.email()).toEqual(EmailConfiguration);
  expect(fixture.setupTag()).toBeUndefined();
  expect(heldBy(fixture)).toEqual([]);
});

test.each([
  ['From', { From: 'console@example.org' }],
  ['a reply address', { ReplyToEmailAddress: 'console@example.org' }],
  ['a configuration set', { ConfigurationSet: 'sign-up' }],
])('%s alone has changed: the sender is still the setup’s, and is reset', async (_name, changed) => {
  const { fixture, before, declared } = await created(home, domain);
  fixture.change({ EmailConfiguration: { ...fixture.email(), ...changed } });
  await fixture.succeed({ action: 'DELETE', ...declared });
  expect(fixture.rest()).toEqual(before);
  expect(fixture.setupTag()).toBeUndefined();
});

test.each([
  ['the identifier alone', {}],
  ['a stale model', { EmailSendingAccount: 'DEVELOPER', Identity: 'old@example.com' }],
])('a Delete with %s resets what the tag says: a stale model leaves nothing behind', async (_name, model) => {
  const { fixture, before, declared } = await created(alternate, altStandard);
  await fixture.succeed({
    action: 'DELETE',
    owner: declared.owner,
    properties: { UserPoolId: fixture.poolId, ...model },
  });
  expect(fixture.rest()).toEqual(before);
  expect(fixture.setupTag()).toBeUndefined();
});

describe('the tag is gone, and the policy is there', () => {
  test('the model’s sender is live: reset', async () => {
    const { fixture, before, declared } = await created(home, standard);
    fixture.untag();
    await fixture.succeed({ action: 'DELETE', ...declared });
    expect(fixture.rest()).toEqual(before);
  });

  test('another sender is live: it stays, our policies elsewhere go', async () => {
    const { fixture, declared } = await created(home, standard);
    fixture.untag();
    const SourceArn = arnOf(fixture, home, 'example.org');
    fixture.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn } });
    const message = await fixture.notFound({ action: 'DELETE', ...declared });
    expect(message).toContain(SourceArn);
    expect(fixture.email()).toEqual({ EmailSendingAccount: 'DEVELOPER', SourceArn });
    expect(heldBy(fixture)).toEqual([]);
  });

  test('the pool was wiped: our policies go, and nothing of anybody’s stays', async () => {
    const { fixture, before, declared } = await created(alternate, altStandard);
    fixture.untag();
    fixture.change({ EmailConfiguration: empty });
    await fixture.succeed({ action: 'DELETE', ...declared });
    expect(fixture.rest()).toEqual(before);
  });

  test('the model names no sender: the configuration stays', async () => {
    const { fixture, declared } = await created(home, standard);
    fixture.untag();
    const live = fixture.rest();
    await fixture.notFound({ action: 'DELETE', owner: declared.owner, properties: { UserPoolId: fixture.poolId } });
    expect(fixture.rest()).toEqual(live);
    expect(fixture.sends()).toBe(true);
  });
});

describe('the plain default sender was set', () => {
  test.each([
    ['as declared', 'help@example.com', []],
    ['by somebody else', 'theirs@example.com', ['theirs@example.com']],
  ])('its Delete takes a reply address off only %s', async (_name, ReplyToEmailAddress, stays) => {
    const { fixture, declared } = await created(home, plain);
    fixture.change({ EmailConfiguration: { ...empty, ReplyToEmailAddress } });
    await fixture.succeed({ action: 'DELETE', ...declared });
    expect(Object.values(fixture.email())).toEqual(['COGNITO_DEFAULT', ...stays]);
    expect(fixture.setupTag()).toBeUndefined();
  });
});

test.each([
  [home, standard],
  [alternate, altStandard],
])(
  'the pool is gone, in %s: our policies go, and the answer says that the pool does not exist',
  async (region, kind) => {
    const { fixture, declared } = await created(region, kind);
    fixture.testAccount.regionState(region).cognito.pools.delete(fixture.poolId);
    expect(await fixture.notFound({ action: 'DELETE', ...declared })).toMatch(/does not exist/);
    expect(heldBy(fixture)).toEqual([]);
  },
);

test('e-mail MFA stops a Delete that ends on the default sender, and no other', async () => {
  const { fixture, declared } = await created(home, developer);
  const pool = fixture.testAccount.regionState(home).cognito.pools.get(fixture.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const live = fixture.rest();
  expect(await fixture.last({ action: 'DELETE', ...declared })).toMatchObject({ errorCode: 'InvalidRequest' });
  expect(fixture.rest()).toEqual(live);
  await fixture.notFound({ action: 'DELETE', ...declared, owner: fixture.owners.elsewhere });
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(fixture, home, 'example.org') };
  fixture.change({ EmailConfiguration });
  await fixture.notFound({ action: 'DELETE', ...declared });
  expect(fixture.email()).toEqual(EmailConfiguration);
});
