import fc from 'fast-check';
import { decodeFrom, encodeFrom, parseMailbox } from '../../../../src/domain/declaration/mailbox';

const declarable = [
  'a@example.com',
  '<a@example.com>',
  'Acme <a@example.com>',
  'Acme<a@example.com>',
  'Acme  Shop   <a@example.com> ',
  'SHOP.Example Sign In <a@example.com>',
  'Acme Inc. <a@example.com>',
  '"Acme" <a@example.com>',
  '"Acme, Inc." <a@example.com>',
  '"Acme" "Shop" <a@example.com>',
  '"a@b: c" <a@example.com>',
  '"Say \\"hi\\"" <a@example.com>',
  // As aws-cdk-lib writes a name that is not ASCII.
  '=?UTF-8?B?5bGx55Sw?= <a@example.com>',
  '=?ISO-8859-1?Q?Andr=E9?= <a@example.com>',
  '山田 <a@example.com>',
  '"山田, Inc." <a@example.com>',
  'Jane Doe <first.last+tag@mail.example.com>',
  'a@EXAMPLE.com',
];

test.each(declarable)('accepts %s, and reads it back as it was declared', (declared) => {
  for (const operation of ['create', 'update'] as const) {
    expect(parseMailbox(declared, operation)).not.toHaveProperty('problem');
  }
  expect(decodeFrom(encodeFrom(declared))).toBe(declared);
});

test('a name that is not ASCII is sent in words that no other writer spells so', () => {
  expect(encodeFrom('山田 <a@example.com>')).toBe('=?utf-8?B?5bGx55Sw?= <a@example.com>');
});

test.each([
  ['Acme, Inc. <a@example.com>', '"Acme, Inc." <a@example.com>'],
  ['Team: Acme <a@example.com>', '"Team: Acme" <a@example.com>'],
  ['Acme; Co <a@example.com>', '"Acme; Co" <a@example.com>'],
  ['Acme (shop) <a@example.com>', '"Acme (shop)" <a@example.com>'],
  ['Say "hi <a@example.com>', '"Say \\"hi" <a@example.com>'],
  ['"Acme", "Shop" <a@example.com>', '"Acme, Shop" <a@example.com>'],
  ['=?UTF-8?Q?Andr=C3=A9,_Co?= <a@example.com>', '"André, Co" <a@example.com>'],
  ['=?utf-8?B?5bGx55Sw?= <a@example.com>', '山田 <a@example.com>'],
])('a new setup does not take %s, with what to write; an update does, for it may be live', (text, right) => {
  expect(parseMailbox(text, 'create')).toEqual({ problem: expect.stringMatching(/: write ./) });
  expect(JSON.stringify(parseMailbox(text, 'create'))).toContain(JSON.stringify(`: write ${right}`).slice(1, -1));
  expect(parseMailbox(right, 'create')).not.toHaveProperty('problem');
  expect(parseMailbox(text, 'update')).not.toHaveProperty('problem');
  expect(encodeFrom(text)).toBe(text);
});

test.each([
  ['"山田" <a@example.com>', /write 山田 <a@example\.com>/],
  ['山田, Inc. <a@example.com>', /write "山田, Inc\." <a@example\.com>/],
  ['Acme @ home <a@example.com>', /write "Acme @ home" <a@example\.com>/],
  ['A <a@exämple.com>', /write xn--exmple-cua\.com in place of exämple\.com/],
  ['A <ä@example.com>', /before the @/],
  ['A\r\nBcc: b@evil.example <a@example.com>', /line break/],
  ['A\u0000 <a@example.com>', /control character/],
  ['All: a@example.com;', /group/],
  ['All: A <a@example.com>, B <b@example.com>;', /group/],
  ['a@example.com, b@example.com', /several/],
  ['A <a@example.com>, B <b@example.com>', /several/],
  ['Ä <a@example.com>, B <b@example.com>', /several/],
  ['Acme', /not an address/],
  ['example.com', /not an address/],
  ['a@localhost', /not an address/],
  ['A <a@b@example.com>', /not an address/],
  ['A <a b@example.com>', /not an address/],
  ['A <a@example.com> B', /not an address/],
  ['\ud800 <a@example.com>', /Unicode/],
])('refuses %j in both operations, with what to write', (text, says) => {
  for (const operation of ['create', 'update'] as const) {
    expect(parseMailbox(text, operation)).toEqual({ problem: expect.stringMatching(says) });
  }
});

test.each(['"john doe"@example.com', 'A <a..b.@example.com>', 'a@my_app.example.com'])(
  'an update takes the odd address that somebody has set: %s',
  (text) => {
    expect(parseMailbox(text, 'create')).toHaveProperty('problem');
    expect(parseMailbox(text, 'update')).not.toHaveProperty('problem');
  },
);

const unit = fc.oneof(
  fc.constantFrom(...' aZ9.,"\\()<>@:;é山田😀=?_'),
  fc.constantFrom('=?UTF-8?B?', '=?utf-8?B?', '5bGx', '?=', '=?utf-8?Q?=C3=A9?='),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const names = fc.string({ unit, maxLength: 60 });
/** Names as they may be live: all spellings, those included that no declaration has. */
const spellings = fc.tuple(names, fc.constantFrom('bare', 'quoted', 'encoded', 'ours')).map(([name, how]) => {
  const address = '<a@example.com>';
  if (how === 'quoted') return `"${name.replace(/["\\]/g, '\\$&')}" ${address}`;
  if (how === 'encoded') return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?= ${address}`;
  if (how === 'ours') return `=?utf-8?B?${Buffer.from(name).toString('base64')}?= ${address}`;
  return `${name} ${address}`;
});
const accepted = (text: string, operation: 'create' | 'update') => !('problem' in parseMailbox(text, operation));

test('whatever a new setup may declare is sent as ASCII in short words, and reads back as it was declared', () => {
  fc.assert(
    fc.property(spellings, (declared) => {
      if (!accepted(declared, 'create')) return;
      const sent = encodeFrom(declared);
      expect(sent).toMatch(/^[ -~]*$/);
      if (sent !== declared) {
        for (const word of sent.match(/=\?\S*\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
      }
      expect(decodeFrom(sent)).toBe(declared);
      expect(accepted(declared, 'update')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

/** An @ that no quotes hold together, after which nobody can tell the address. */
const astray = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/g, '').split('@').length > 2;

test('whatever is live in ASCII is read, and can be declared by an update that changes nothing', () => {
  fc.assert(
    fc.property(spellings, (live) => {
      if (!/^[ -~]*$/.test(live) || astray(live)) return;
      expect([live, parseMailbox(live, 'update')]).toEqual([
        live,
        expect.objectContaining({ address: 'a@example.com' }),
      ]);
      expect(encodeFrom(live)).toBe(live);
      const read = decodeFrom(live);
      expect([read, accepted(read, 'update')]).toEqual([read, true]);
      expect(encodeFrom(read)).toBe(live);
    }),
    { numRuns: 2000 },
  );
});

test('a name that somebody has set unencoded is read as it would be declared', () => {
  expect(decodeFrom('"山田" <a@example.com>')).toBe('山田 <a@example.com>');
  fc.assert(
    fc.property(spellings, (live) => {
      // What AWS answers is valid Unicode, and no name has control characters.
      if (/[\p{Cc}\p{Cs}]/u.test(live) || astray(live)) return;
      const read = decodeFrom(live);
      expect([read, accepted(read, 'update')]).toEqual([read, true]);
    }),
    { numRuns: 2000 },
  );
});

test('a refused name can be written as the refusal says', () => {
  let refused = 0;
  fc.assert(
    fc.property(spellings, (text) => {
      const refusal = parseMailbox(text, 'create');
      const right = 'problem' in refusal ? /: write (.* <a@example\.com>)$/s.exec(refusal.problem)?.[1] : undefined;
      if (right === undefined) return;
      refused += 1;
      expect([right, accepted(right, 'create')]).toEqual([right, true]);
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(200);
});

test('what others have encoded is read as it is, and so is what hides a line break', () => {
  const live = [
    '=?UTF-8?Q?Andr=C3=A9?= <a@example.com>',
    '=?UTF-8?B?5bGx?= <a@example.com>',
    `=?utf-8?B?${Buffer.from('é\r\nBcc: b@evil.example').toString('base64')}?= <a@example.com>`,
  ];
  for (const sent of live) expect(decodeFrom(sent)).toBe(sent);
});
