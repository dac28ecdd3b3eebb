import type { JsonObject } from '../../emulator/types';
import { held } from '../support/expect-setup';
import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, type Scene, sceneIn } from '../support/owners';

/*
 * The console, or the pool's own stack, sets a sender: it is not the setup's any more. A Delete takes away what is the
 * setup's, and nothing else.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, standard, , plain] = kindsAt(home);
const [altDeveloper, , altStandard] = kindsAt(alternate);
const empty = { EmailSendingAccount: 'COGNITO_DEFAULT' };

async function created(region: string, kind: Kind) {
  const scene = sceneIn(arena, region);
  const before = scene.rest();
  const declared = { owner: scene.owners.first, properties: scene.declaring(kind) };
  await scene.succeed({ action: 'CREATE', ...declared });
  return { scene, before, declared };
}

const arnOf = (scene: Scene, region: string, identity: string) =>
  `arn:aws:ses:${region}:${scene.tenant.account}:identity/${identity}`;
const heldBy = (scene: Scene) => [...held(scene.tenant, scene.region, scene.poolId)].sort();

/** A sender that somebody else sets, which mail goes out with. */
interface Other {
  readonly name: string;
  readonly region: string;
  readonly kind: Kind;
  readonly email: (scene: Scene) => JsonObject;
  /** Policies of the setup that the other sender needs. */
  readonly stays: readonly string[];
}
const others: readonly Other[] = [
  {
    name: 'another identity, DEVELOPER after DEVELOPER',
    region: home,
    kind: developer,
    email: (scene) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(scene, home, 'example.org') }),
    stays: [],
  },
  {
    name: 'another identity, DEVELOPER after COGNITO_DEFAULT',
    region: home,
    kind: standard,
    email: (scene) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(scene, home, 'example.org') }),
    stays: [],
  },
  {
    name: 'the same identity, DEVELOPER after COGNITO_DEFAULT',
    region: alternate,
    kind: altStandard,
    email: (scene) => ({
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: arnOf(scene, 'eu-central-1', 'no-reply@example.com'),
    }),
    stays: ['eu-central-1/no-reply@example.com policy'],
  },
  {
    name: 'the same identity in another Region, COGNITO_DEFAULT after DEVELOPER',
    region: alternate,
    kind: altDeveloper,
    email: (scene) => ({
      EmailSendingAccount: 'COGNITO_DEFAULT',
      SourceArn: arnOf(scene, '*', 'no-reply@example.com'),
    }),
    stays: ['eu-central-1/no-reply@example.com policy'],
  },
  {
    name: 'another identity over the plain default sender',
    region: home,
    kind: plain,
    email: (scene) => ({ EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(scene, home, 'example.org') }),
    stays: [],
  },
];

test.each(others)('another sender is live ($name): it stays, the tag goes, and the answer names it', async (other) => {
  const { scene, declared } = await created(other.region, other.kind);
  const EmailConfiguration = other.email(scene);
  scene.change({ EmailConfiguration });
  const message = await scene.notFound({ action: 'DELETE', ...declared });
  expect(message).toContain(scene.poolId);
  expect(message).toContain(String(EmailConfiguration['SourceArn']));
  expect(scene.email()).toEqual(EmailConfiguration);
  expect(scene.mark()).toBeUndefined();
  expect(heldBy(scene)).toEqual(other.stays);
});

test.each([
  [home, developer],
  [home, standard],
  [alternate, altStandard],
])(
  'the default sender, nothing on it, is live already, in %s: nothing of anybody’s stays, SUCCESS',
  async (region, kind) => {
    const { scene, before, declared } = await created(region, kind);
    scene.change({ EmailConfiguration: empty });
    await scene.succeed({ action: 'DELETE', ...declared });
    expect(scene.rest()).toEqual(before);
    expect(scene.mark()).toBeUndefined();
  },
);

test('a reply address on the default sender, set by somebody else, stays', async () => {
  const { scene, declared } = await created(home, standard);
  const EmailConfiguration = { ...empty, ReplyToEmailAddress: 'theirs@example.com' };
  scene.change({ EmailConfiguration });
  await scene.notFound({ action: 'DELETE', ...declared });
  expect(scene.email()).toEqual(EmailConfiguration);
  expect(scene.mark()).toBeUndefined();
  expect(heldBy(scene)).toEqual([]);
});

test.each([
  ['From', { From: 'console@example.org' }],
  ['a reply address', { ReplyToEmailAddress: 'console@example.org' }],
  ['a configuration set', { ConfigurationSet: 'sign-up' }],
])('%s alone has changed: the sender is still the setup’s, and is reset', async (_name, changed) => {
  const { scene, before, declared } = await created(home, domain);
  scene.change({ EmailConfiguration: { ...scene.email(), ...changed } });
  await scene.succeed({ action: 'DELETE', ...declared });
  expect(scene.rest()).toEqual(before);
  expect(scene.mark()).toBeUndefined();
});

test.each([
  ['the identifier alone', {}],
  ['a stale model', { EmailSendingAccount: 'DEVELOPER', Identity: 'old@example.com' }],
])('a Delete with %s resets what the tag says: a stale model strands nobody', async (_name, model) => {
  const { scene, before, declared } = await created(alternate, altStandard);
  await scene.succeed({ action: 'DELETE', owner: declared.owner, properties: { UserPoolId: scene.poolId, ...model } });
  expect(scene.rest()).toEqual(before);
  expect(scene.mark()).toBeUndefined();
});

describe('the tag is gone, and the policy is there', () => {
  test('the model’s sender is live: reset', async () => {
    const { scene, before, declared } = await created(home, standard);
    scene.untag();
    await scene.succeed({ action: 'DELETE', ...declared });
    expect(scene.rest()).toEqual(before);
  });

  test('another sender is live: it stays, our policies elsewhere go', async () => {
    const { scene, declared } = await created(home, standard);
    scene.untag();
    const SourceArn = arnOf(scene, home, 'example.org');
    scene.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn } });
    const message = await scene.notFound({ action: 'DELETE', ...declared });
    expect(message).toContain(SourceArn);
    expect(scene.email()).toEqual({ EmailSendingAccount: 'DEVELOPER', SourceArn });
    expect(heldBy(scene)).toEqual([]);
  });

  test('the pool was wiped: our policies go, and nothing of anybody’s stays', async () => {
    const { scene, before, declared } = await created(alternate, altStandard);
    scene.untag();
    scene.change({ EmailConfiguration: empty });
    await scene.succeed({ action: 'DELETE', ...declared });
    expect(scene.rest()).toEqual(before);
  });

  test('the model names no sender: the configuration stays', async () => {
    const { scene, declared } = await created(home, standard);
    scene.untag();
    const live = scene.rest();
    await scene.notFound({ action: 'DELETE', owner: declared.owner, properties: { UserPoolId: scene.poolId } });
    expect(scene.rest()).toEqual(live);
    expect(scene.sends()).toBe(true);
  });
});

describe('the plain default sender was set', () => {
  test.each([
    ['as declared', 'help@example.com', []],
    ['by somebody else', 'theirs@example.com', ['theirs@example.com']],
  ])('its Delete takes a reply address off only %s', async (_name, ReplyToEmailAddress, stays) => {
    const { scene, declared } = await created(home, plain);
    scene.change({ EmailConfiguration: { ...empty, ReplyToEmailAddress } });
    await scene.succeed({ action: 'DELETE', ...declared });
    expect(Object.values(scene.email())).toEqual(['COGNITO_DEFAULT', ...stays]);
    expect(scene.mark()).toBeUndefined();
  });
});

test.each([
  [home, standard],
  [alternate, altStandard],
])(
  'the pool is gone, in %s: our policies go, and the answer says that the pool does not exist',
  async (region, kind) => {
    const { scene, declared } = await created(region, kind);
    scene.tenant.world(region).cognito.pools.delete(scene.poolId);
    expect(await scene.notFound({ action: 'DELETE', ...declared })).toMatch(/does not exist/);
    expect(heldBy(scene)).toEqual([]);
  },
);

test('e-mail MFA stops a Delete that ends on the default sender, and no other', async () => {
  const { scene, declared } = await created(home, developer);
  const pool = scene.tenant.world(home).cognito.pools.get(scene.poolId);
  Object.assign(pool ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
  const live = scene.rest();
  expect(await scene.last({ action: 'DELETE', ...declared })).toMatchObject({ errorCode: 'InvalidRequest' });
  expect(scene.rest()).toEqual(live);
  await scene.notFound({ action: 'DELETE', ...declared, owner: scene.owners.elsewhere });
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf(scene, home, 'example.org') };
  scene.change({ EmailConfiguration });
  await scene.notFound({ action: 'DELETE', ...declared });
  expect(scene.email()).toEqual(EmailConfiguration);
});
