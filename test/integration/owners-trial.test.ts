import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { isGone, kindsAt, type Scene, sceneIn } from '../support/owners';
import { handMadeIn } from '../support/scenarios';

/*
 * Somebody tries the type with TakeOver over what was made by hand, and deletes the trial again. What changed nothing
 * is given back to nobody.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, domain, , , plain] = kindsAt(home);
const [, , altStandard] = kindsAt(alternate);
const empty = { EmailSendingAccount: 'COGNITO_DEFAULT' };

const arnOf = (scene: Scene, region: string, identity: string) =>
  `arn:aws:ses:${region}:${scene.tenant.account}:identity/${identity}`;

describe('a trial TakeOver over what somebody has made by hand, deleted again', () => {
  test.each([true, false])(
    'DEVELOPER, with the very same values: there to the letter, no tag (From: %s)',
    async (from) => {
      const scene = sceneIn(arena, home);
      const SourceArn = arnOf(scene, home, from ? 'example.org' : 'no-reply@example.com');
      const From = 'Sign-up <no-reply@mail.example.org>';
      scene.change({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn, ...(from && { From }) } });
      const before = scene.rest();
      const declared = {
        owner: scene.owners.first,
        properties: scene.declaring(from ? domain : developer, { TakeOver: true }),
      };
      await scene.succeed({ action: 'CREATE', ...declared });
      expect(scene.mark()).toMatchObject({ before: '.' });
      expect(scene.rest()).toEqual(before);
      expect(isGone(await scene.last({ action: 'DELETE', ...declared }))).toBe(true);
      expect(scene.rest()).toEqual(before);
      expect(scene.mark()).toBeUndefined();
      expect(scene.writes().filter((call) => !call.endsWith('tagResource') && call !== 'TagResource')).toEqual([]);
    },
  );

  test('COGNITO_DEFAULT with an identity that somebody else’s policy lets send: it still sends', async () => {
    const scene = sceneIn(arena, alternate);
    const SourceArn = arnOf(scene, '*', 'no-reply@example.com');
    const EmailConfiguration = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn };
    scene.change({ EmailConfiguration });
    const declared = { owner: scene.owners.first, properties: scene.declaring(altStandard, { TakeOver: true }) };
    await scene.succeed({ action: 'CREATE', ...declared });
    expect(scene.mark()).toMatchObject({ before: '.' });
    expect(isGone(await scene.last({ action: 'DELETE', ...declared }))).toBe(true);
    expect(scene.email()).toEqual(EmailConfiguration);
    expect(scene.mark()).toBeUndefined();
    expect(scene.sends()).toBe(true);
  });

  test('a reply address on the default sender: there to the letter, no tag', async () => {
    const scene = sceneIn(arena, home);
    scene.change({ EmailConfiguration: { ...empty, ReplyToEmailAddress: 'help@example.com' } });
    const before = scene.rest();
    const properties = scene.declaring(plain, { TakeOver: true });
    const declared = { owner: scene.owners.first, properties };
    const refused = await scene.last({ action: 'CREATE', ...declared, properties: scene.declaring(plain) });
    expect(refused).toMatchObject({ errorCode: 'AlreadyExists' });
    await scene.succeed({ action: 'CREATE', ...declared });
    expect(scene.mark()).toMatchObject({ before: '.' });
    expect(isGone(await scene.last({ action: 'DELETE', ...declared }))).toBe(true);
    expect(scene.rest()).toEqual(before);
    expect(scene.mark()).toBeUndefined();
  });

  test('with another sender, which nothing can give back: the default sender', async () => {
    const scene = sceneIn(arena, alternate);
    scene.change({ EmailConfiguration: handMadeIn(scene.tenant.account) });
    const declared = { owner: scene.owners.first, properties: scene.declaring(altStandard, { TakeOver: true }) };
    await scene.succeed({ action: 'CREATE', ...declared });
    expect(scene.mark()).toMatchObject({ before: undefined });
    await scene.succeed({ action: 'DELETE', ...declared });
    expect(scene.email()).toEqual(empty);
    expect(scene.mark()).toBeUndefined();
  });
});
