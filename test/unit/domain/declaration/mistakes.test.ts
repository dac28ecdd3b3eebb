import { addressInBrackets, commonMistake } from '../../../../src/domain/declaration/mistakes';

test.each([
  ['A <a@example.com>', 'a@example.com'],
  ['A <a@example.com>  ', 'a@example.com'],
  ['<a@example.com> A', undefined],
  ['A <a b@example.com>', undefined],
  ['A <example.com>', undefined],
  ['a@example.com', undefined],
])('the address in brackets of %j is %s', (text, address) => expect(addressInBrackets(text)).toBe(address));

test.each([
  ['a.example b.example', 'names 2, where one is meant: write one'],
  ['a@a.example;b@b.example, c.example;', 'names 3, where one is meant: write one'],
  ['a.example and b.example', undefined],
  ['a.example,', undefined],
  ['example.com.', 'ends with a full stop: write it without'],
  ['bücher.example', 'has a domain that is not ASCII: write xn--bcher-kva.example in place of bücher.example'],
  [
    'a@my_app.example.com',
    'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for',
  ],
  ['a_b@example.com', undefined],
  ['my_app', undefined],
  ['example.com', undefined],
])('the mistake in %j: %s', (name, problem) => expect(commonMistake(name)).toBe(problem));
