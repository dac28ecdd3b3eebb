import { afterFailures } from '../../../scripts/machine-load';

const file = 'test/integration/sequences.test.ts';

test.each([
  ['from the begin', { cores: 2, begin: 10.04, most: 10.04 }, 'load 10.0 at the begin, 10.0 at most, on 2 cores'],
  ['later on', { cores: 2, begin: 0.2, most: 4.1 }, 'load 0.2 at the begin, 4.1 at most, on 2 cores'],
])('a machine that was busy %s is named beside what failed', (_when, load, text) => {
  expect(afterFailures(load, [file])).toEqual([
    `The machine was busy with other work (${text}): what failed may have failed for that.`,
    `When it is quiet, run what failed alone: npx jest ${file}`,
  ]);
});

test('the load of the tests themselves is no excuse', () => {
  expect(afterFailures({ cores: 2, begin: 1.9, most: 3.9 }, [file])).toEqual([
    `Run what failed alone: npx jest ${file}`,
  ]);
  expect(afterFailures({ cores: 2, begin: 0, most: 3 }, [])).toEqual([]);
});
