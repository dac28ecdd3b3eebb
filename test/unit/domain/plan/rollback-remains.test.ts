import { HandlerError } from '../../../../src/domain/errors';
import type { JsonObject } from '../../../../src/domain/json';
import { isLostByDelete, isOwnedBy, remainsMessage } from '../../../../src/domain/plan/rollback-remains';
import { formatSetupTag, senderHash } from '../../../../src/domain/tags';

const source = 'arn:aws:ses:eu-west-1:111122223333:identity/example.com';
const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source };
const other = { EmailSendingAccount: 'DEVELOPER', SourceArn: `${source}.au` };
const [mine, theirs, token] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [string, string, string];
const tagOf = (owner: string) => formatSetupTag({ token, owner, sender: senderHash(live) });
const setup = (emailConfiguration: JsonObject, tag?: string) => ({ emailConfiguration, tag, policies: [] });

test('the tag tells whose a setup is', () => {
  expect(isOwnedBy(mine, setup(live, tagOf(mine)))).toBe(true);
  expect(isOwnedBy(mine, setup(live, tagOf(theirs)))).toBe(false);
  expect(isOwnedBy(mine, setup(live))).toBe(false);
});

test.each([
  ['nothing was configured', setup({}), setup(live, tagOf(mine)), false],
  ['the sender stays, and its tag names another owner', setup(live, tagOf(theirs)), setup(live, tagOf(mine)), false],
  ['the sender was replaced', setup(other, tagOf(theirs)), setup(live, tagOf(mine)), true],
  ['the sender stays, and no tag named it', setup(live), setup(live, tagOf(mine)), true],
  ['the sender stays, and the same resource had set it', setup(live, tagOf(mine)), setup(live, tagOf(mine)), true],
])('what a Create has written over would be lost by its Delete: %s', (_name, from, to, isLost) =>
  expect(isLostByDelete({ from, to }, mine)).toBe(isLost),
);

test('what remains is told with what to do next', () => {
  const error = new HandlerError('AccessDenied', 'Denied.');
  expect(remainsMessage(error, { isGivenBack: false })).toBe(
    'What was written could not all be undone (Denied.): the next Update or Delete finishes it.',
  );
  expect(remainsMessage(error, { isGivenBack: true })).toBe(
    'What was written could not all be undone (Denied.): what the pool sends with now works, and the next Update of the setup that was there before repairs it.',
  );
});
