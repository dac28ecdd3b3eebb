import fc from 'fast-check';
import { decodeFrom, encodeFrom, parseMailbox } from '../../../src/domain/mailbox';

const accepted = [
  'a@example.com',
  'Acme <a@example.com>',
  '"Acme" <a@example.com>',
  '"Acme, Inc." <a@example.com>',
  '"Say \\"hi\\"" <a@example.com>',
  '山田 <a@example.com>',
  '"山田, Inc." <a@example.com>',
  'Jane Doe <first.last+tag@mail.example.com>',
];

test.each(accepted)('accepts %s, and reads it back as it was declared', (declared) => {
  expect(parseMailbox(declared)).not.toHaveProperty('problem');
  expect(decodeFrom(encodeFrom(declared))).toBe(declared);
});

test.each([
  ['Acme, Inc. <a@example.com>', /write "Acme, Inc\." <a@example\.com>/],
  ['Acme Inc. <a@example.com>', /write "Acme Inc\." <a@example\.com>/],
  ['"山田" <a@example.com>', /write 山田 <a@example\.com>/],
  ['<a@example.com>', /write a@example\.com/],
  ['Acme<a@example.com>', /write Acme <a@example\.com>/],
  ['Acme <a@example.com> ', /write Acme <a@example\.com>/],
  ['Acme (shop) <a@example.com>', /write "Acme \(shop\)" <a@example\.com>/],
  ['=?UTF-8?B?5bGx?= <a@example.com>', /encoded word/],
  ['A <a@exämple.com>', /write xn--exmple-cua\.com in place of exämple\.com/],
  ['A <ä@example.com>', /before the @/],
  ['A\r\nBcc: b@evil.example <a@example.com>', /line break/],
  ['A\u0000 <a@example.com>', /control character/],
  ['All: a@example.com;', /group/],
  ['a@example.com, b@example.com', /several/],
  ['A <a@example.com>, B <b@example.com>', /several/],
  ['Acme', /not an address/],
  ['a@localhost', /not an address/],
  ['A <a@b@example.com>', /not an address/],
  ['A <a b@example.com>', /not an address/],
  ['\ud800 <a@example.com>', /Unicode/],
])('refuses %j, with what to write', (declared, says) => {
  expect(parseMailbox(declared)).toEqual({ problem: expect.stringMatching(says) });
});

const names = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...' aZ9.,"\\()<>@:;é山田😀=?_'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});

test('whatever is accepted is sent as ASCII in short words, and reads back as it was declared', () => {
  fc.assert(
    fc.property(names, fc.boolean(), (name, quoted) => {
      const written = quoted ? `"${name.replace(/["\\]/g, '\\$&')}" <a@example.com>` : `${name} <a@example.com>`;
      const mailbox = parseMailbox(written);
      if ('problem' in mailbox) return;
      const sent = encodeFrom(written);
      expect(sent).toMatch(/^[ -~]*$/);
      for (const word of sent.match(/=\?\S*\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
      expect(decodeFrom(sent)).toBe(written);
    }),
    { numRuns: 2000 },
  );
});

test('a refused name can be written as the refusal says', () => {
  fc.assert(
    fc.property(names, (name) => {
      const refusal = parseMailbox(`${name} <a@example.com>`);
      const right = 'problem' in refusal ? /: write (.* <a@example\.com>)$/s.exec(refusal.problem)?.[1] : undefined;
      if (right !== undefined) expect(parseMailbox(right)).not.toHaveProperty('problem');
    }),
    { numRuns: 2000 },
  );
});

test('what others have encoded is decoded', () => {
  expect(decodeFrom('=?UTF-8?Q?Andr=C3=A9?= <a@example.com>')).toBe('André <a@example.com>');
  expect(decodeFrom('=?ISO-8859-1?Q?Andr=E9=2C_Co?= <a@example.com>')).toBe('"André, Co" <a@example.com>');
});
