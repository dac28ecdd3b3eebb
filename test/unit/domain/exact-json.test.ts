import fc from 'fast-check';
import { isSameNumber, numberOf, parseExactly, stringifyExactly } from '../../../src/domain/exact-json';
import type { JsonObject } from '../../../src/domain/json';

const numbers = `0 -0 7 0.5 -1 1.0 1.10 1E5 1e5 1e400 -1e-400 9007199254740993 -9223372036854775808
  123456789012345678901234567890.123456789012345678901234567890 1.700000000123E9`.split(/\s+/);

test.each(numbers)('%s comes and goes to the digit', (number) => {
  const text = `{"A":${number},"B":[{"C":[${number}]}]}`;
  const read = parseExactly(text) ?? {};
  expect(stringifyExactly(read)).toBe(text);
  // A callback context is JSON too.
  expect(stringifyExactly(JSON.parse(JSON.stringify(read)))).toBe(text);
  expect(numberOf(read['A'])).toBe(Number(number));
});

test('numbers that JavaScript says as AWS does are numbers', () => {
  expect(parseExactly('{"A":8,"B":[0.5]}')).toEqual({ A: 8, B: [0.5] });
});

test.each([
  '{"A":"\uE000","B":"\uE0001","C":"\uE000\uE0001e400","\uE0002":{}}',
  '{"__proto__":{"a":1e400},"constructor":{"prototype":1.10},"toString":null}',
  '{"A":"\\u0000\\\\\\"/","B":"\u2028","C":"\\ud800","D":"😀","E":[null,[],{}]}',
])('what is no number stays as it is: %s', (text) => expect(stringifyExactly(parseExactly(text) ?? {})).toBe(text));

test('whatever JSON.parse reads is read alike, and written again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (json) => {
      const text = JSON.stringify(json);
      expect(JSON.parse(stringifyExactly(parseExactly(text) ?? {}))).toEqual(JSON.parse(text));
    }),
  );
});

test('of a member that comes twice the last one counts, as for JSON.parse', () => {
  expect(parseExactly('{"A":1,"A":2}')).toEqual({ A: 2 });
});

test.each(['', '[]', 'null', '"x"', '1', '<html>', '{"A":01}', '{"A":1,}', '{"A":NaN}'])('no JSON object: %s', (text) =>
  expect(parseExactly(text)).toBeUndefined(),
);

test.each([
  ['1.0', '1.00', true],
  ['1e2', '100', true],
  ['-0', '0', true],
  ['9007199254740993', '9007199254740992', false],
  ['1e400', '1e401', false],
  ['1', '"1"', false],
  ['1.10', '"1.10"', false],
])('%s and %s are the same number: %s', (one, other, same) => {
  const { A = null, B = null }: JsonObject = parseExactly(`{"A":${one},"B":${other}}`) ?? {};
  expect(isSameNumber(A, B)).toBe(same);
});
