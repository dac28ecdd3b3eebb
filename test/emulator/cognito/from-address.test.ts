import { addressIn, coversFrom } from '../../../emulator/cognito/from-address';

test.each([
  'a@example.com',
  'Acme <a@example.com>',
  'SHOP.Example Sign In <a@example.com>',
  'Acme, Inc. <a@example.com>',
  '"Acme, Inc." <a@example.com>',
  '"Say \\"a@b\\"" <a@example.com>',
  '  Acme   Shop<a@example.com> ',
  '=?UTF-8?B?5bGx?= <a@example.com>',
  'Acme (shop) <a@example.com>',
  '<a@example.com>',
])('Cognito takes %j', (from) => {
  expect(addressIn(from)).toBe('a@example.com');
});

test.each([
  'Acme @ home <a@example.com>',
  'a@example.com, b@example.com',
  'A <a@example.com>, B <b@example.com>',
  'All: a@example.com;',
  '"unclosed <a@example.com>',
  'A <a@b@example.com>',
  'A <a b@example.com>',
  'A\r\nBcc: b <a@example.com>',
  'Acme',
  '',
])('Cognito does not take %j', (from) => {
  expect(addressIn(from)).toBeUndefined();
});

test.each<[string, string | undefined, boolean]>([
  ['a@example.com', undefined, true],
  ['a@example.com', 'Acme <a@example.com>', true],
  ['a@example.com', 'A@example.com', false],
  ['a@example.com', 'a@Example.com', false],
  ['A.b@Example.com', 'A.b@Example.com', true],
  ['a@example.com', 'Acme <a+sign-up@example.com>', true],
  ['a+sign-up@example.com', 'a+sign-up@example.com', true],
  ['a+sign-up@example.com', 'a@example.com', false],
  ['a@example.com', 'b+a@example.com', false],
  ['example.com', undefined, false],
  ['example.com', 'A@EXAMPLE.com', true],
  ['Example.com', 'a@mail.example.com', true],
  ['example.com', 'a@notexample.com', false],
])('%s covers %s: %s', (identity, from, covered) => {
  expect(coversFrom(identity, from)).toBe(covered);
});
