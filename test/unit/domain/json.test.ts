import {
  filtered,
  isObject,
  type JsonObject,
  objectAt,
  parseObject,
  stringAt,
  valueAt,
} from '../../../src/domain/json';

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['{}', false],
  [1, false],
])('%j is an object: %s', (value, answer) => expect(isObject(value)).toBe(answer));

const json: JsonObject = { text: 'a', empty: '', number: 0, none: null, list: [1], inner: { b: 2 } };

test.each(['constructor', 'toString', '__proto__', 'absent'])('what every object has does not count: %s', (member) => {
  expect(valueAt(json, member)).toBeUndefined();
  expect(objectAt(json, member)).toEqual({});
  expect(stringAt(json, member)).toBeUndefined();
});

test('a value is told as it is, null and nothing included', () => {
  expect(Object.keys(json).map((member) => valueAt(json, member))).toEqual(['a', '', 0, null, [1], { b: 2 }]);
});

test('where there is no object, there is an empty one', () => {
  expect(Object.keys(json).map((member) => objectAt(json, member))).toEqual([{}, {}, {}, {}, {}, { b: 2 }]);
});

test('an empty text is none', () => {
  const texts = Object.keys(json).map((member) => stringAt(json, member));
  expect(texts).toEqual(['a', undefined, undefined, undefined, undefined, undefined]);
});

test('members are kept by name', () => {
  expect(filtered(json, (member) => member.endsWith('r'))).toEqual({ number: 0, inner: { b: 2 } });
});

test.each([
  ['{"a":[1]}', { a: [1] }],
  ['[1]', undefined],
  ['null', undefined],
  ['"a"', undefined],
  ['', undefined],
  ['{', undefined],
])('the text %j spells %j', (text, value) => expect(parseObject(text)).toEqual(value));
