import fc from 'fast-check';
import { nobody, noStack } from '../../../src/domain/owners';
import { cognitoDefaultSender, formatSetupTag, parseSetupTag, senderHash } from '../../../src/domain/tags';

const hash = fc.stringMatching(/^[0-9a-f]{16}$/);

test('a tag reads back as it was written', () => {
  const owner = fc.oneof(hash, fc.constant(noStack));
  const before = fc.oneof(fc.constant(undefined), owner, fc.constant(nobody));
  fc.assert(
    fc.property(hash, owner, hash, before, (token, whose, sender, was) => {
      const tag = { token, owner: whose, sender, before: was };
      expect(parseSetupTag(formatSetupTag(tag))).toEqual(tag);
    }),
  );
});

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(16));
test.each([
  undefined,
  '',
  'v1 aaaaaaaaaaaaaaaa',
  `v2 ${a} ${b}`,
  `v2 ${a} . ${c}`,
  `v2 ${a} ${b} ${c} ${a} ${b}`,
  `v2 ${a} ${b} ${c} ?`,
  `v2 ${a} ${b} ${c}\n`,
  `v3 ${a} ${b} ${c}`,
])('%j names no owner', (value) => expect(parseSetupTag(value)).toBeUndefined());

test('a sender is who sends and with which identity, and nothing else', () => {
  const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:a', From: 'a@example.com' };
  expect(senderHash(live)).toBe(senderHash({ ...live, From: 'b@example.com', ReplyToEmailAddress: 'c@example.com' }));
  expect(senderHash(live)).not.toBe(senderHash({ ...live, SourceArn: 'arn:b' }));
  expect(senderHash(live)).not.toBe(senderHash({ ...live, EmailSendingAccount: 'COGNITO_DEFAULT' }));
  expect(senderHash({ EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@b.example' })).toBe(
    cognitoDefaultSender,
  );
});
