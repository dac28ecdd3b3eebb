import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, isGone, type PoolFixture, setupKindsIn } from '../support/owners';
import { manualConfiguration } from '../support/scenarios';

/*
 * Somebody tries the type with TakeOver on a sender made by hand, and deletes the setup again. A take-over that changed
 * nothing leaves the sender in place, without an owner.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, , , plain] = setupKindsIn(home);
const [, , altStandard] = setupKindsIn(alternate);
const empty = { EmailSendingAccount: 'COGNITO_DEFAULT' };

const arnOf = (fixture: PoolFixture, region: string, identity: string) =>
  `arn:aws:ses:${region}:${fixture.testAccount.account}:identity/${identity}`;

describe('a TakeOver of a sender made by hand, deleted again', () => {
  test.each([true, false])('DEVELOPER, with the same values: unchanged, no tag (From: %s)', async (from) => {
    const fixture = createPoolFixture(harness, home);
    const SourceArn = arnOf(fixture, home, from ? 'example.org' : 'no-reply@example.com');
    const From = 'Sign-up <no-reply@mail.example.org>';
    fixture.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn, ...(from && { From }) } });
    const before = fixture.rest();
    const declared = {
      owner: fixture.owners.first,
      properties: fixture.setupProperties(from ? domain : developer, { TakeOver: true }),
    };
    await fixture.succeed({ action: 'CREATE', ...declared });
    expect(fixture.setupTag()).toMatchObject({ before: '.' });
    expect(fixture.rest()).toEqual(before);
    expect(isGone(await fixture.last({ action: 'DELETE', ...declared }))).toBe(true);
    expect(fixture.rest()).toEqual(before);
    expect(fixture.setupTag()).toBeUndefined();
    expect(fixture.writes().filter((call) => !call.endsWith('tagResource') && call !== 'TagResource')).toEqual([]);
  });

  test('COGNITO_DEFAULT with an identity that somebody else’s policy lets send: it still sends', async () => {
    const fixture = createPoolFixture(harness, alternate);
    const SourceArn = arnOf(fixture, '*', 'no-reply@example.com');
    const EmailConfiguration = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn };
    fixture.change({ EmailConfiguration });
    const declared = {
      owner: fixture.owners.first,
      properties: fixture.setupProperties(altStandard, { TakeOver: true }),
    };
    await fixture.succeed({ action: 'CREATE', ...declared });
    expect(fixture.setupTag()).toMatchObject({ before: '.' });
    expect(isGone(await fixture.last({ action: 'DELETE', ...declared }))).toBe(true);
    expect(fixture.email()).toEqual(EmailConfiguration);
    expect(fixture.setupTag()).toBeUndefined();
    expect(fixture.sends()).toBe(true);
  });

  test('a reply address on the default sender: unchanged, no tag', async () => {
    const fixture = createPoolFixture(harness, home);
    fixture.change({ EmailConfiguration: { ...empty, ReplyToEmailAddress: 'help@example.com' } });
    const before = fixture.rest();
    const properties = fixture.setupProperties(plain, { TakeOver: true });
    const declared = { owner: fixture.owners.first, properties };
    const refused = await fixture.last({ action: 'CREATE', ...declared, properties: fixture.setupProperties(plain) });
    expect(refused).toMatchObject({ errorCode: 'AlreadyExists' });
    await fixture.succeed({ action: 'CREATE', ...declared });
    expect(fixture.setupTag()).toMatchObject({ before: '.' });
    expect(isGone(await fixture.last({ action: 'DELETE', ...declared }))).toBe(true);
    expect(fixture.rest()).toEqual(before);
    expect(fixture.setupTag()).toBeUndefined();
  });

  test('with another sender, which cannot be restored: the default sender', async () => {
    const fixture = createPoolFixture(harness, alternate);
    fixture.change({ EmailConfiguration: manualConfiguration(fixture.testAccount.account) });
    const declared = {
      owner: fixture.owners.first,
      properties: fixture.setupProperties(altStandard, { TakeOver: true }),
    };
    await fixture.succeed({ action: 'CREATE', ...declared });
    expect(fixture.setupTag()).toMatchObject({ before: undefined });
    await fixture.succeed({ action: 'DELETE', ...declared });
    expect(fixture.email()).toEqual(empty);
    expect(fixture.setupTag()).toBeUndefined();
  });
});
