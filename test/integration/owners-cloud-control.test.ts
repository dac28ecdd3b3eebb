import type { JsonObject } from '../../emulator/types';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, setupKindsIn } from '../support/owners';
import { manualConfiguration } from '../support/scenarios';

/*
 * Cloud Control's requests name no stack: who sends them names the pool itself, and is obeyed. What a stack owns stays
 * its own.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const home = 'eu-west-2';
const [developer, domain, standard] = setupKindsIn(home);
const withoutStack = 'Cloud Control' as const;

describe('Cloud Control between a stack’s operations', () => {
  const From = 'Hello <hello@example.org>';
  const created = async () => {
    const fixture = createPoolFixture(harness, home);
    const before = fixture.rest();
    const properties: JsonObject = fixture.setupProperties(domain);
    const owner = fixture.owners.first;
    await fixture.succeed({ action: 'CREATE', owner, properties });
    return { fixture, before, properties, owner, setupTag: fixture.setupTag() };
  };

  test('an Update without a stack keeps the owner, whose Update and Delete go on', async () => {
    const { fixture, before, properties, owner, setupTag } = await created();
    const changed = { ...properties, From };
    await fixture.succeed({ action: 'UPDATE', owner: withoutStack, properties: changed, previous: properties });
    expect(fixture.email()).toMatchObject({ From });
    expect(fixture.setupTag()).toEqual(setupTag);
    await fixture.notFound({ action: 'DELETE', owner: fixture.owners.elsewhere, properties });
    await fixture.succeed({ action: 'UPDATE', owner, properties, previous: properties });
    expect(fixture.email()).toMatchObject({ From: properties['From'] });
    expect(fixture.setupTag()).toEqual(setupTag);
    await fixture.succeed({ action: 'DELETE', owner, properties });
    expect(fixture.rest()).toEqual(before);
  });

  test('an Update without a stack to another sender writes that sender, and the stack’s Delete resets', async () => {
    const { fixture, before, properties, owner, setupTag } = await created();
    const changed = fixture.setupProperties(standard);
    await fixture.succeed({ action: 'UPDATE', owner: withoutStack, properties: changed, previous: properties });
    expect(fixture.setupTag()).toMatchObject({ token: setupTag?.token, owner: setupTag?.owner, before: undefined });
    expect(fixture.setupTag()?.sender).not.toBe(setupTag?.sender);
    await fixture.succeed({ action: 'DELETE', owner, properties });
    expect(fixture.rest()).toEqual(before);
    expect(fixture.setupTag()).toBeUndefined();
  });

  test('a Delete without a stack is obeyed; the stack’s Update then finds nothing', async () => {
    const { fixture, before, properties, owner } = await created();
    await fixture.succeed({ action: 'DELETE', owner: withoutStack, properties: { UserPoolId: fixture.poolId } });
    expect(fixture.rest()).toEqual(before);
    expect(fixture.setupTag()).toBeUndefined();
    await fixture.notFound({ action: 'UPDATE', owner, properties, previous: properties });
    await fixture.notFound({ action: 'DELETE', owner, properties });
    expect(fixture.rest()).toEqual(before);
  });

  test('a Delete without a stack leaves a sender that is not the tag’s', async () => {
    const { fixture, properties } = await created();
    const EmailConfiguration = manualConfiguration(fixture.testAccount.account);
    fixture.change({ EmailConfiguration });
    await fixture.notFound({ action: 'DELETE', owner: withoutStack, properties });
    expect(fixture.email()).toEqual(EmailConfiguration);
    expect(fixture.setupTag()).toBeUndefined();
  });

  test('a setup that Cloud Control has created is no stack’s, until one updates it', async () => {
    const fixture = createPoolFixture(harness, home);
    const before = fixture.rest();
    const properties = fixture.setupProperties(standard);
    await fixture.succeed({ action: 'CREATE', owner: withoutStack, properties });
    const { owner: nobody } = fixture.setupTag() ?? {};
    expect(nobody).toBe('-');
    const live = fixture.rest();
    await fixture.notFound({ action: 'DELETE', owner: fixture.owners.first, properties });
    expect(fixture.rest()).toEqual(live);
    await fixture.succeed({ action: 'UPDATE', owner: fixture.owners.first, properties, previous: properties });
    expect(fixture.setupTag()?.owner).toMatch(/^[0-9a-f]{16}$/);
    await fixture.succeed({ action: 'DELETE', owner: fixture.owners.first, properties });
    expect(fixture.rest()).toEqual(before);
  });

  test('a logical id without a stack, as contract tests send one, is no owner', async () => {
    const fixture = createPoolFixture(harness, home);
    const { logicalResourceId } = fixture.owners.first;
    const owner = { logicalResourceId } as typeof fixture.owners.first;
    const properties = fixture.setupProperties(developer);
    await fixture.succeed({ action: 'CREATE', owner, properties });
    expect(fixture.setupTag()).toMatchObject({ owner: '-', before: undefined });
    await fixture.succeed({ action: 'DELETE', owner: { logicalResourceId: 'other' } as typeof owner, properties });
    expect(fixture.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});
