import { addressesIn } from '../../../src/cloudformation/addresses';

const slices = (text: string) => addressesIn(text).map(({ start, end }) => text.slice(start, end));

/** What is hidden of a text is in `redaction.test.ts`; here is where the addresses begin and end. */
test.each([
  ['none', 'no address: a domain example.com, 5 @ 3, @x, x@', []],
  ['an empty text', '', []],
  [
    'several, in order',
    'one@a.example, two@b.example;three@c.example',
    ['one@a.example', 'two@b.example', 'three@c.example'],
  ],
  ['that run into each other', 'a@b@c.example', ['a@b@c.example']],
  ['a quoted local part', 'to "john doe"@a.example', ['"john doe"@a.example']],
  ['an address literal', 'at joe@[10.0.0.1].', ['joe@[10.0.0.1]']],
  ['percent-encoded', 'to=joe%40a.example&x', ['to=joe%40a.example']],
  ['in an ARN', 'arn:aws:ses:eu-west-1:111122223333:identity/joe@a.example', ['joe@a.example']],
  ['after an escaped line break', 'first\\njoe@a.example', ['joe@a.example']],
  ['between quotation marks', "'joe@a.example'", ['joe@a.example']],
  ['before the end of a sentence', 'Ask joe@a.example.', ['joe@a.example']],
])('%s', (_what, text, expected) => {
  expect(slices(text)).toEqual(expected);
});

test('stretches do not overlap and hold something', () => {
  const text = 'a@b%40c.example "x y"@[10.0.0.1]z@d.example, e@f';
  let last = 0;
  for (const { start, end } of addressesIn(text)) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    last = end;
  }
  expect(last).toBe(text.length);
});
