import {
  coveringDomains,
  covers,
  isDomainName,
  isMailAddress,
  mayBeInUse,
} from '../../../../src/domain/declaration/identity';

test.each([
  ['example.com', 'a@example.com', true],
  ['example.com', 'a@EXAMPLE.com', true],
  ['example.com', 'a@mail.eu.example.com', true],
  ['example.com', 'a@notexample.com', false],
  ['example.com', 'a@example.com.evil.example', false],
  ['mail.example.com', 'a@example.com', false],
  ['a@example.com', 'a@example.com', true],
  // An address compares to the letter, its domain included; a label is exempt.
  ['a@example.com', 'a@EXAMPLE.COM', false],
  ['a@example.com', 'A@example.com', false],
  ['Sales@Example.com', 'Sales@Example.com', true],
  ['a@example.com', 'a+shop@example.com', true],
  ['a@example.com', 'a+shop+eu@example.com', true],
  ['a@example.com', 'a+shop@EXAMPLE.com', false],
  ['a@example.com', 'b+a@example.com', false],
  ['a+shop@example.com', 'a@example.com', false],
  ['a+shop@example.com', 'a+shop@example.com', true],
  ['Example.com', 'a@mail.example.com', true],
  ['a@example.com', 'b@example.com', false],
])('does %s cover %s? %s', (identity, address, answer) => {
  expect(covers(identity, address)).toBe(answer);
});

test.each([
  ['example.com', true],
  ['xn--exmple-cua.com', true],
  ['a.b.c.example', true],
  ['com', false],
  ['example..com', false],
  ['-a.example', false],
  ['example.com.', false],
  [`${'a'.repeat(64)}.com`, false],
  ['exa mple.com', false],
])('is %s a domain name? %s', (name, answer) => {
  expect(isDomainName(name)).toBe(answer);
});

test.each([
  ['a@example.com', true],
  ['first.last+tag@example.com', true],
  ['.a@example.com', false],
  ['a..b@example.com', false],
  ['@example.com', false],
  [`${'a'.repeat(65)}@example.com`, false],
  ['a@example.com\r\n', false],
])('is %j an address? %s', (name, answer) => {
  expect(isMailAddress(name)).toBe(answer);
});

test('the domains that would cover a name, the nearest first', () => {
  expect(coveringDomains('a@x.example.com')).toEqual(['x.example.com', 'example.com']);
  expect(coveringDomains('x.y.example.com')).toEqual(['y.example.com', 'example.com']);
  expect(coveringDomains('example.com')).toEqual([]);
});

test.each([
  ['example.com', true],
  ['Example.com', true],
  ['my_app.example.com', true],
  ['"john doe"@example.com', true],
  ['a..b.@example.com', true],
  ['example.com.', false],
  ['localhost', false],
  ['a@b@example.com', false],
  ['a b@example.com', false],
  ['A <a@example.com>', false],
  ['bücher.example', false],
])('may %j be in use somewhere? %s', (name, answer) => {
  expect(mayBeInUse(name)).toBe(answer);
});
