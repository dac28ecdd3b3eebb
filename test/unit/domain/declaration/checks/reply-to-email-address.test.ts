import { replyToEmailAddress } from '../../../../../src/domain/declaration/checks/reply-to-email-address';

type Operation = 'create' | 'update';
const ofReply = (address: string | undefined, operation: Operation = 'create') =>
  replyToEmailAddress.check({ replyToEmailAddress: address }, { operation });

describe.each<Operation>(['create', 'update'])('to %s', (operation) => {
  test.each([undefined, 'help@example.com'])('replies may go to %s', (address) =>
    expect(ofReply(address, operation)).toBeUndefined(),
  );
});

test.each([
  ['A <a@example.com>', 'has a name, which Cognito does not take here: write a@example.com'],
  ['A <a@example.com>  ', 'has a name, which Cognito does not take here: write a@example.com'],
  ['<a@example.com> A', 'is not one address: write it as name@example.com'],
  ['A <a b@example.com>', 'is not one address: write it as name@example.com'],
  ['A <example.com>', 'is not one address: write it as name@example.com'],
  ['example.com', 'is not one address: write it as name@example.com'],
])('ReplyToEmailAddress %j is told: it %s', (address, problem) => {
  expect(ofReply(address)).toBe(`ReplyToEmailAddress ${JSON.stringify(address)} ${problem}.`);
});

test.each([
  ['hilfe@bücher.example', true],
  ['a@b', true],
  ['a@b@c', true],
  ['@b', false],
  ['a@', false],
  ['a b@c', false],
  ['a@b c', false],
  ['a@b\n', false],
])('replies to %j that Cognito has accepted may be updated: %s', (address, accepted) => {
  expect(ofReply(address, 'update') === undefined).toBe(accepted);
});
