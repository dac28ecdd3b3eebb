import type { JsonObject } from '../../../../src/domain/json';
import type { Setup } from '../../../../src/domain/plan/plan';
import { rollbackTarget } from '../../../../src/domain/plan/rollback-target';

const source = (name: string) => `arn:aws:ses:eu-west-1:111122223333:identity/${name}`;
const sending = (name: string): JsonObject => ({ EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: source(name) });
const setup = (emailConfiguration: JsonObject, tag: string | undefined, ...granted: readonly string[]): Setup => ({
  emailConfiguration,
  tag,
  policies: ['a', 'b', 'c'].map((identity) => ({
    region: 'eu-west-1',
    identity,
    policy: granted.includes(identity) ? `policy of ${identity}` : undefined,
  })),
});
const before = setup(sending('a'), 'found', 'a');
const target = setup(sending('b'), 'written', 'b');
const undone = (current: Setup) => rollbackTarget(current, { from: before, to: target }, 'eu-west-1');

test('what was written goes back as it was', () =>
  expect(undone(setup(sending('b'), 'written', 'a', 'b'))).toEqual(before));
test('what Cognito has added to the e-mail does not matter', () =>
  expect(undone(setup({ ...sending('b'), Future: 1 }, 'written', 'b'))).toEqual(before));
test('what Cognito has kept of the e-mail before does not matter', () => {
  const replying = { ...before, emailConfiguration: { ...sending('a'), ReplyToEmailAddress: 'r@example.com' } };
  const current = setup({ ...sending('b'), ReplyToEmailAddress: 'r@example.com' }, 'written', 'b');
  expect(rollbackTarget(current, { from: replying, to: target }, 'eu-west-1')).toEqual(replying);
});
test('where nothing was switched yet, the policies go back', () =>
  expect(undone(setup(sending('a'), 'found', 'a', 'b'))).toEqual(before));
test('a policy that was revoked comes back', () => expect(undone(setup(sending('b'), 'written', 'b'))).toEqual(before));
test('an identity that is gone stays out', () =>
  expect(undone({ ...setup(sending('b'), 'written'), policies: [] }).policies).toEqual([]));

describe('another owner’s tag is on the pool', () => {
  test('its e-mail and tag stay, and the policy that it sends with', () =>
    expect(undone(setup(sending('b'), 'theirs', 'b'))).toEqual(setup(sending('b'), 'theirs', 'b')));
  test('an equal e-mail is theirs all the same', () =>
    expect(undone(setup(sending('b'), 'theirs', 'a', 'b')).emailConfiguration).toEqual(sending('b')));
  test('our policy elsewhere goes, and nothing is granted', () =>
    expect(undone(setup(sending('c'), 'theirs', 'b', 'c'))).toEqual(setup(sending('c'), 'theirs', 'c')));
  test('a tag that was taken off is another’s', () =>
    expect(undone(setup(sending('b'), undefined, 'b'))).toEqual(setup(sending('b'), undefined, 'b')));
});

describe('somebody has changed the e-mail under our tag', () => {
  test('it stays, and the tag goes back', () =>
    expect(undone(setup(sending('c'), 'written', 'b', 'c'))).toEqual(setup(sending('c'), 'found', 'a', 'c')));
  test('so with a reply address that is new', () => {
    const theirs = { ...sending('b'), ReplyToEmailAddress: 'r@example.com' };
    expect(undone(setup(theirs, 'written', 'b'))).toMatchObject({ emailConfiguration: theirs, tag: 'found' });
  });
});
