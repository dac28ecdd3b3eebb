import { identityName, identityRequired } from '../../../../../src/domain/declaration/checks/identity';

type Operation = 'create' | 'update';
const ofIdentity = (identity: string | undefined, operation: Operation = 'create') =>
  identityName.check({ identity }, { operation });

test('DEVELOPER needs an identity', () => {
  const required = (emailSendingAccount: 'DEVELOPER' | 'COGNITO_DEFAULT', identity?: string) =>
    identityRequired.check({ emailSendingAccount, identity }, { operation: 'create' });
  expect(required('DEVELOPER')).toBe(
    'Identity is missing: EmailSendingAccount DEVELOPER sends with an SES identity of yours, so write its address or domain.',
  );
  expect(required('DEVELOPER', 'example.com')).toBeUndefined();
  expect(required('COGNITO_DEFAULT')).toBeUndefined();
});

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
});

test.each(['my_app.example.com', 'Example.com', 'a..b.@example.com'])(
  'what may be in use is accepted in an Update only: %s',
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
