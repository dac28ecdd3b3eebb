import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { identityName, replyToEmailAddress } from '../../../../src/domain/declaration/names';

const declared: Declaration = { userPoolId: 'p', emailSendingAccount: 'DEVELOPER' };
type Operation = 'create' | 'update';
const ofIdentity = (identity: string | undefined, operation: Operation = 'create') =>
  identityName({ ...declared, identity }, { poolRegion: 'eu-west-1', operation });
const ofReply = (replyTo: string | undefined, operation: Operation = 'create') =>
  replyToEmailAddress({ ...declared, replyToEmailAddress: replyTo }, { poolRegion: 'eu-west-1', operation });

describe.each<Operation>(['create', 'update'])('to %s', (operation) => {
  test.each([undefined, 'example.com', 'Sales@Example.com'])('an identity may be %s', (name) =>
    expect(ofIdentity(name, operation)).toBeUndefined(),
  );
  test.each([
    ['arn:aws:ses:eu-west-1:111122223333:identity/a@example.org', 'a@example.org'],
    ['arn:aws:ses', 'example.com'],
  ])('an identity is not named by its ARN %s', (arn, inside) =>
    expect(ofIdentity(arn, operation)).toBe(
      `Identity is an ARN: write the identity's name alone, ${inside}, and its Region as SesRegion.`,
    ),
  );
  test.each(['*', '*.example.com', 'a?@example.com', '$'.concat('{aws:username}@example.com')])(
    'no wildcard widens the policy: %s',
    (name) =>
      expect(ofIdentity(name, operation)).toBe(
        'Identity has a wildcard: write the name of one address or domain that SES has verified.',
      ),
  );
  test.each([undefined, 'help@example.com'])('replies may go to %s', (address) =>
    expect(ofReply(address, operation)).toBeUndefined(),
  );
});

test.each(['my_app.example.com', 'Example.com', 'a..b.@example.com'])(
  'what may be in use is taken in an Update only: %s',
  (name) => {
    expect(ofIdentity(name)).toContain(`Identity "${name}" `);
    expect(ofIdentity(name, 'update')).toBeUndefined();
  },
);

test.each([
  ['a$@example.com', undefined],
  ['a{b}@example.com', undefined],
])('a sign of a variable alone is no variable: %s', (name, problem) => expect(ofIdentity(name)).toBe(problem));

test.each([
  ['A <a@example.com>', 'is a sender, which From takes: write the identity alone, a@example.com'],
  ['A <a@example.com> ', 'is a sender, which From takes: write the identity alone, a@example.com'],
  ['Example.com', 'has upper-case letters in its domain: write example.com'],
  ['https://example.com', 'has a colon, which no identity has: write its address or domain alone'],
  ['a.example b.example', 'names 2, where one is meant: write one'],
  ['a.example;b.example, c.example;', 'names 3, where one is meant: write one'],
  ['a.example and b.example', 'is neither an address nor a domain: write such as no-reply@example.com or example.com'],
  [' a@example.com', 'is not an address: write such as no-reply@example.com'],
  ['example.com.', 'ends with a full stop: write it without'],
  ['bücher.example', 'has a domain that is not ASCII: write xn--bcher-kva.example in place of bücher.example'],
  [
    'my_app.example.com',
    'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for',
  ],
  [
    'a@my_app.example.com',
    'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for',
  ],
  ['my_app', 'is neither an address nor a domain: write such as no-reply@example.com or example.com'],
  ['a_b..c@example.com', 'is not an address: write such as no-reply@example.com'],
])('Identity %j is told: it %s', (name, problem) => {
  expect(ofIdentity(name)).toBe(`Identity ${JSON.stringify(name)} ${problem}.`);
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
])('replies to %j that Cognito has taken may be updated: %s', (address, taken) => {
  expect(ofReply(address, 'update') === undefined).toBe(taken);
});
