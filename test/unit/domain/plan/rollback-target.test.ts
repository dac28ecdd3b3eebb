import type { JsonObject } from '../../../../src/domain/json';
import type { Setup } from '../../../../src/domain/plan/plan';
import { rollbackTarget } from '../../../../src/domain/plan/rollback-target';

const source = (name: string) => `arn:aws:ses:eu-west-1:111122223333:identity/${name}`;
const sending = (name: string): JsonObject => ({ EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: source(name) });
const setup = (emailConfiguration: JsonObject, tag: string | undefined, ...allowed: readonly string[]): Setup => ({
  emailConfiguration,
  tag,
  policies: ['a', 'b', 'c'].map((identity) => ({
    region: 'eu-west-1',
    identity,
    policy: allowed.includes(identity) ? `policy of ${identity}` : undefined,
  })),
});
const from = setup(sending('a'), 'original', 'a');
const to = setup(sending('b'), 'written', 'b');
const rolledBack = (current: Setup) => rollbackTarget(current, { from, to }, 'eu-west-1');

test('what was written goes back as it was', () =>
  expect(rolledBack(setup(sending('b'), 'written', 'a', 'b'))).toEqual(from));
test('what Cognito has added to the e-mail does not matter', () =>
  expect(rolledBack(setup({ ...sending('b'), Future: 1 }, 'written', 'b'))).toEqual(from));
test('what Cognito has kept of the e-mail before does not matter', () => {
  const replying = { ...from, emailConfiguration: { ...sending('a'), ReplyToEmailAddress: 'r@example.com' } };
  const current = setup({ ...sending('b'), ReplyToEmailAddress: 'r@example.com' }, 'written', 'b');
  expect(rollbackTarget(current, { from: replying, to }, 'eu-west-1')).toEqual(replying);
});
test('where the pool was not updated yet, the policies go back', () =>
  expect(rolledBack(setup(sending('a'), 'original', 'a', 'b'))).toEqual(from));
test('a policy that was deleted is put back', () =>
  expect(rolledBack(setup(sending('b'), 'written', 'b'))).toEqual(from));
test('an identity that is gone stays out', () =>
  expect(rolledBack({ ...setup(sending('b'), 'written'), policies: [] }).policies).toEqual([]));

describe('another owner’s tag is on the pool', () => {
  test('its e-mail and tag stay, and the policy that it sends with', () =>
    expect(rolledBack(setup(sending('b'), 'theirs', 'b'))).toEqual(setup(sending('b'), 'theirs', 'b')));
  test('an equal e-mail is theirs all the same', () =>
    expect(rolledBack(setup(sending('b'), 'theirs', 'a', 'b')).emailConfiguration).toEqual(sending('b')));
  test('our policy elsewhere goes, and no policy is put', () =>
    expect(rolledBack(setup(sending('c'), 'theirs', 'b', 'c'))).toEqual(setup(sending('c'), 'theirs', 'c')));
  test('a tag that was taken off is another’s', () =>
    expect(rolledBack(setup(sending('b'), undefined, 'b'))).toEqual(setup(sending('b'), undefined, 'b')));
});

describe('somebody has changed the e-mail under our tag', () => {
  test('it stays, and the tag goes back', () =>
    expect(rolledBack(setup(sending('c'), 'written', 'b', 'c'))).toEqual(setup(sending('c'), 'original', 'a', 'c')));
  test('so with a reply address that is new', () => {
    const theirs = { ...sending('b'), ReplyToEmailAddress: 'r@example.com' };
    expect(rolledBack(setup(theirs, 'written', 'b'))).toMatchObject({ emailConfiguration: theirs, tag: 'original' });
  });
});
