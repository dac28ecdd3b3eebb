import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, rowsIn, summed, type Tried } from '../../../scripts/reliability';

const row = (count: number, how = 'killed after each call'): Tried => ({ what: 'deaths', count, how });

test('what several tests have tried of one thing is summed, in whatever order they ran', () => {
  const lines = [
    { what: 'races', count: 2, how: 'two Creates' },
    { what: 'deaths', count: 1, how: 'killed' },
    { what: 'races', count: 3, how: 'a Create and a Delete' },
    { what: 'races', count: 4, how: 'two Creates' },
  ];
  const text = (tried: readonly Tried[]) => `${tried.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const rows = [
    { what: 'deaths', count: 1, how: 'killed' },
    { what: 'races', count: 9, how: 'a Create and a Delete; two Creates' },
  ];
  expect(summed(text(lines))).toEqual(rows);
  expect(summed(text([...lines].reverse()))).toEqual(rows);
});

test('every row of the page is read', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'reliability.md'), 'utf8');
  const rows = rowsIn(page);
  expect(rows.length).toBe([...page.matchAll(/^\| .*\|$/gm)].length - 1);
  expect(rows.every(({ what, count, how }) => what && count > 0 && how)).toBe(true);
});

test.each([
  ['as many', row(100), row(100)],
  ['some more, for cases that were repeated', row(100), row(110)],
])('the page holds where the tests tried %s', (_name, page, run) => {
  expect(differences([page], [run])).toEqual([]);
});

test.each<[string, readonly Tried[], readonly Tried[], string]>([
  ['fewer', [row(100)], [row(99)], 'deaths: tried 99 times, and the page says 100'],
  ['many more', [row(100)], [row(111)], 'deaths: tried 111 times, and the page says 100'],
  ['none', [row(100)], [], 'deaths: the page has it, and no test has tried it'],
  ['something new', [], [row(100)], 'deaths: tried 100 times, and the page does not have it'],
  [
    'something else',
    [row(100)],
    [row(100, 'throttled')],
    'deaths: the page says "killed after each call", the test "throttled"',
  ],
])('the page does not hold where the tests tried %s', (_name, page, run, difference) => {
  expect(differences(page, run)).toEqual([difference]);
});
