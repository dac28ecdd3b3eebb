import type { JsonObject } from '../../emulator/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, sceneIn } from '../support/owners';
import { handMadeIn } from '../support/scenarios';

/*
 * Cloud Control's requests name no stack: who sends them names the pool itself, and is obeyed. What a stack owns stays
 * its own.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const home = 'eu-west-2';
const [developer, domain, standard] = kindsAt(home);
const withoutStack = 'Cloud Control' as const;

describe('Cloud Control between a stack’s operations', () => {
  const From = 'Hello <hello@example.org>';
  const created = async () => {
    const scene = sceneIn(arena, home);
    const before = scene.rest();
    const properties: JsonObject = scene.declaring(domain);
    const owner = scene.owners.first;
    await scene.succeed({ action: 'CREATE', owner, properties });
    return { scene, before, properties, owner, mark: scene.mark() };
  };

  test('an Update without a stack keeps the owner, whose Update and Delete go on', async () => {
    const { scene, before, properties, owner, mark } = await created();
    const changed = { ...properties, From };
    await scene.succeed({ action: 'UPDATE', owner: withoutStack, properties: changed, previous: properties });
    expect(scene.email()).toMatchObject({ From });
    expect(scene.mark()).toEqual(mark);
    await scene.notFound({ action: 'DELETE', owner: scene.owners.elsewhere, properties });
    await scene.succeed({ action: 'UPDATE', owner, properties, previous: properties });
    expect(scene.email()).toMatchObject({ From: properties['From'] });
    expect(scene.mark()).toEqual(mark);
    await scene.succeed({ action: 'DELETE', owner, properties });
    expect(scene.rest()).toEqual(before);
  });

  test('an Update without a stack to another sender writes that sender, and the stack’s Delete resets', async () => {
    const { scene, before, properties, owner, mark } = await created();
    const changed = scene.declaring(standard);
    await scene.succeed({ action: 'UPDATE', owner: withoutStack, properties: changed, previous: properties });
    expect(scene.mark()).toMatchObject({ token: mark?.token, owner: mark?.owner, before: undefined });
    expect(scene.mark()?.sender).not.toBe(mark?.sender);
    await scene.succeed({ action: 'DELETE', owner, properties });
    expect(scene.rest()).toEqual(before);
    expect(scene.mark()).toBeUndefined();
  });

  test('a Delete without a stack is obeyed; the stack’s Update then finds nothing', async () => {
    const { scene, before, properties, owner } = await created();
    await scene.succeed({ action: 'DELETE', owner: withoutStack, properties: { UserPoolId: scene.poolId } });
    expect(scene.rest()).toEqual(before);
    expect(scene.mark()).toBeUndefined();
    await scene.notFound({ action: 'UPDATE', owner, properties, previous: properties });
    await scene.notFound({ action: 'DELETE', owner, properties });
    expect(scene.rest()).toEqual(before);
  });

  test('a Delete without a stack leaves a sender that is not the tag’s', async () => {
    const { scene, properties } = await created();
    const EmailConfiguration = handMadeIn(scene.tenant.account);
    scene.change({ EmailConfiguration });
    await scene.notFound({ action: 'DELETE', owner: withoutStack, properties });
    expect(scene.email()).toEqual(EmailConfiguration);
    expect(scene.mark()).toBeUndefined();
  });

  test('a setup that Cloud Control has created is no stack’s, until one updates it', async () => {
    const scene = sceneIn(arena, home);
    const before = scene.rest();
    const properties = scene.declaring(standard);
    await scene.succeed({ action: 'CREATE', owner: withoutStack, properties });
    const { owner: nobody } = scene.mark() ?? {};
    expect(nobody).toBe('-');
    const live = scene.rest();
    await scene.notFound({ action: 'DELETE', owner: scene.owners.first, properties });
    expect(scene.rest()).toEqual(live);
    await scene.succeed({ action: 'UPDATE', owner: scene.owners.first, properties, previous: properties });
    expect(scene.mark()?.owner).toMatch(/^[0-9a-f]{16}$/);
    await scene.succeed({ action: 'DELETE', owner: scene.owners.first, properties });
    expect(scene.rest()).toEqual(before);
  });

  test('a logical id without a stack, as contract tests send one, is no owner', async () => {
    const scene = sceneIn(arena, home);
    const { logicalResourceId } = scene.owners.first;
    const owner = { logicalResourceId } as typeof scene.owners.first;
    const properties = scene.declaring(developer);
    await scene.succeed({ action: 'CREATE', owner, properties });
    expect(scene.mark()).toMatchObject({ owner: '-', before: undefined });
    await scene.succeed({ action: 'DELETE', owner: { logicalResourceId: 'other' } as typeof owner, properties });
    expect(scene.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});
