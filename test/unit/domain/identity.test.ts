import { coveringDomains, covers, isDomainName, isMailAddress } from '../../../src/domain/identity';

test.each([
  ['example.com', 'a@example.com', true],
  ['example.com', 'a@EXAMPLE.com', true],
  ['example.com', 'a@mail.eu.example.com', true],
  ['example.com', 'a@notexample.com', false],
  ['example.com', 'a@example.com.evil.example', false],
  ['mail.example.com', 'a@example.com', false],
  ['a@example.com', 'a@example.com', true],
  ['a@example.com', 'a@EXAMPLE.COM', true],
  ['a@example.com', 'A@example.com', false],
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
