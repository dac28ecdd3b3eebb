import fc from 'fast-check';
import { redaction } from '../../../src/cloudformation/redaction';

const declared = {
  Identity: 'joann@example.com',
  From: '"Example, Inc." <no-reply@example.com>',
  ReplyToEmailAddress: '"the desk"@example.com',
};
const shown = (text: string) => redaction([], declared)(text);

test.each([
  ['an address', 'mail to ceo@private.example now', 'mail to <address> now'],
  ['at the end of a sentence', 'mail to ceo@private.example.', 'mail to <address>.'],
  ['a quoted local part', 'to "john doe"@private.example', 'to <address>'],
  ['with escapes', 'to "a \\"b\\" @ c\\\\"@private.example', 'to <address>'],
  ['with its quotes escaped', 'to \\"john \\\\\\"doe\\"@private.example', 'to \\<address>'],
  ['in words', 'to "john"."doe".x@private.example', 'to <address>'],
  ['with a quotation mark that nothing opens', 'doe"@private.example', 'doe"<address>'],
  ['a comment', 'ceo(me)@private.example', 'ceo(me)<address>'],
  ['an apostrophe', "to o'brien@private.example's", "to <address>'s"],
  ['percent-encoded', '/identities?to=ceo%40private.example', '<address>'],
  ['twice', 'ceo%2540private.example', '<address>'],
  ['as a whole', '%22john%20doe%22%40private.example', '<address>'],
  ['an address literal', 'ceo@[10.0.0.1], ceo@[IPv6:2001:db8::1]', '<address>, <address>'],
  ['that does not end', 'ceo@[10.0.0.1', '<address>'],
  ['several that run into each other', 'a@b@private.example', '<address>'],
  ['in two ways', 'a@[10.0.0.1]b@c%40private.example', '<address><address>'],
  ['Devanagari', 'to प्रमुख@उदाहरण.भारत.', 'to <address>.'],
  ['a script without spaces', '王@例え。テスト', '<address>'],
  ['an emoji', 'ceo@💩.example', '<address>'],
  ['escaped as in JSON', 'j\\u00fcrgen\\u0040m\\\\u00fcller.example\\nnext', '<address>\\nnext'],
  ['a wide at sign', 'ceo＠private.example', '<address>'],
  ['as in HTML', 'ceo&#64;private.example', '<address>'],
  ['a part of a declared one', 'ann@example.com, joann@example.co, n@example.com', '<address>, <address>, <address>'],
  ['more than a declared one', 'a.joann@example.com joann@example.com.evil', '<address> <address>'],
  ['a domain alone is none', 'at example.com, 5 @ 3, @ x', 'at example.com, 5 @ 3, @ x'],
])('%s: %s', (_what, text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  'joann@example.com',
  'JoAnn@Example.com.',
  "Value 'joann@example.com' at 'emailIdentity'",
  '“joann@example.com”, (joann@example.com); joann@example.com: no',
  '<no-reply@example.com>',
  '"Example, Inc." <no-reply@example.com>',
  '{"From":"no-reply@example.com","a":[1]}',
  '{\\"From\\":\\"no-reply@example.com\\"}\\nno-reply@example.com\\r\\n',
  'arn:aws:ses:eu-west-1:111122223333:identity/no-reply@example.com',
  'no-reply%40example.com',
  '%3Cno-reply%40example.com%3E',
  'to "the desk"@example.com.',
])('what is declared stays: %s', (text) => {
  expect(shown(text)).toBe(text);
});

describe('any text', () => {
  // No word is a part of an address, so that what is left of one is seen.
  const word = fc.stringMatching(/^[A-Z0-9]{1,6}$/);
  const atom = fc.stringMatching(/^[a-z!#$%&'*+/=?^_`{|}~-]{0,3}[a-z]{3,8}$/).filter((text) => !/%40/.test(text));
  const script = fc.constantFrom('प्रमुख', 'ஐக்கிய', 'поддержка', '王秀英', 'ผู้ใช้', 'مدير', 'jürgen');
  const dotted = fc.array(fc.oneof(atom, script), { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join('.'));
  const quoted = fc
    .array(fc.oneof(fc.stringMatching(/^[a-z @.,:;<>()[\]]{1,4}$/), fc.constantFrom('\\"', '\\\\', '\\@')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => `"abc${parts.join('')}xyz${parts.join('')}"`);
  const label = fc.oneof(fc.stringMatching(/^[a-z]{3,8}$/), script);
  const domain = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
    fc.constantFrom('उदाहरण.भारत', '[10.0.0.1]', '[IPv6:2001:db8::1]'),
  );
  const local = fc.oneof(dotted, quoted);
  const parts = fc.record({ local, tail: fc.constantFrom('', '', '@tail', '@त'), domain });
  const address = parts.map(({ local: one, tail, domain: two }) => `${one}${tail}@${two}`);
  // As AWS's clients do it: `encodeURIComponent` leaves brackets as they are.
  const percentEncoded = (text: string) => encodeURIComponent(text).replaceAll('(', '%28').replaceAll(')', '%29');
  const encoded = fc.tuple(address, fc.constantFrom(1, 2)).map(([one, times]) => {
    let text = one;
    for (let count = 0; count < times; count += 1) text = percentEncoded(text);
    return text;
  });
  const around = fc.constantFrom(' ', '"', " '", '<', '>', '(', ')', ', ', '; ', ': ', ' [', '] ', '\n');
  const identity = 'arn:aws:ses:eu-west-1:111122223333:identity/';
  /** A text with these in it, and what stands between them. */
  const texts = (ones: readonly string[]) =>
    fc
      .array(fc.tuple(word, around, fc.constantFrom(...ones), around), { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.map(([one, before, two, after]) => `${one}${before}${two}${after}`).join(''));
  /** What may not be seen of an address: all runs of it that no delimiter can be taken for. */
  const traces = (one: string) => one.split(/[^\p{L}\p{M}]+/u).filter((part) => part.length > 2 && part !== 'IPv');

  test('shows nothing of an address that is not declared, as it is or within JSON', () => {
    const given = fc
      .array(fc.oneof(address, encoded), { minLength: 1, maxLength: 4 })
      .chain((ones) => fc.tuple(fc.constant(ones), texts([...ones, ...ones.map((one) => identity + one)])));
    fc.assert(
      fc.property(given, ([ones, text]) => {
        const own = `${identity} tail`;
        for (const form of [text, JSON.stringify(text).slice(1, -1)]) {
          const left = shown(form).replaceAll('<address>', '');
          for (const trace of ones.flatMap(traces)) if (!own.includes(trace)) expect(left).not.toContain(trace);
          expect(left).not.toMatch(/10\.0\.0\.1|2001:db8/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('shows the declared ones, and none that is a part of one or has one as a part', () => {
    const sameAs = (other: string, one: string) => other.replace(/^['`]+/, '') === one.replace(/^['`]+/, '');
    const plain = fc.tuple(dotted, domain).map(([one, two]) => `${one}@${two}`);
    const given = plain.chain((one) => {
      const others = [`q${one}`, one.slice(1), `q.${one}`, `${one}.evil`, `x@${one}`].filter(
        (other) => !sameAs(other, one),
      );
      return fc.tuple(fc.constant(one), fc.constantFrom(...others), texts([one, identity + one]));
    });
    fc.assert(
      fc.property(given, ([one, other, text]) => {
        const harmless = redaction([], { Identity: one });
        expect(harmless(text)).toBe(text);
        expect(harmless(` ${other} `)).not.toContain(other);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('secrets', () => {
  const secret = 'FwoGZX/abc+def==';
  const harmless = redaction([secret, 'FwoGZX'], {});

  test.each([
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    encodeURIComponent(secret).toLowerCase().replace('fwogzx', 'FwoGZX'),
    secret.replaceAll('/', '\\/'),
    secret.replaceAll('+', '\\u002B').replaceAll('=', '\\\\u003d'),
    'FwoGZX',
  ])('in any form: %s', (form) => {
    expect(harmless(`token=${form}&next`)).toBe('token=<secret>&next');
  });

  test('any, as JSON and in a URL', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'grapheme-ascii' }), (one) => {
        const withoutOne = redaction([one], {});
        for (const form of [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)]) {
          expect(withoutOne(`<${form}>`)).toBe('<<secret>>');
        }
      }),
    );
  });

  test('none at all', () => {
    expect(redaction(['', ''], {})('a text')).toBe('a text');
  });
});

/** Seconds that a text of this many times a piece takes, the best of three. */
function seconds(piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length));
  const harmless = redaction(['a-secret-token', '////\\\\\\\\', '%%%%%%%%b'], declared);
  const runs = [1, 2, 3].map(() => {
    const began = performance.now();
    harmless(text);
    return performance.now() - began;
  });
  return Math.min(...runs) / 1000;
}

test.each([
  ...['x', '@', 'a@', '.', '"', '"@', '\\"@', '\\"', '"@x\\', '\\', '%', '%25', '%40', '%40[', '@[a', '[', '\\u0040'],
  ...[
    '\\u0061',
    'a."',
    '"."',
    '@"."',
    ')@',
    'a@b.',
    'य@',
    "'",
    '/',
    ':identity/',
    '&#64;',
    'é',
    '\\\\\\"@a',
    '@a ',
    '-.',
  ],
])('the time grows with the text, not with its square: %s', (piece) => {
  const [short, long] = [seconds(piece, 10_000), seconds(piece, 80_000)];
  // With the square it would be 64 times as long. Below a quarter of a second the clock says little.
  expect(long).toBeLessThan(1);
  expect(long).toBeLessThan(Math.max(0.25, short * 24));
});
