import { limitsFrom } from '../../../src/domain/limits';

const usual = {
  deadline: 40_000,
  forward: 25_000,
  reading: 20_000,
  delivery: 2_000,
  request: 5_000,
  firstPause: 250,
  longestPause: 5_000,
  sesInterval: 1_000,
  patience: 900_000,
  freshGrant: 120_000,
  memory: 180_000,
};

test('the usual times', () => expect(limitsFrom({})).toEqual(usual));

test('every time is a part of one of the two that the environment sets', () => {
  const { patience, freshGrant, memory, ...ofDeadline } = usual;
  const tenth = Object.fromEntries(Object.entries(ofDeadline).map(([name, time]) => [name, time / 10]));
  expect(limitsFrom({ EMAILSETUP_DEADLINE_MS: '4000' })).toEqual({ ...usual, ...tenth });
  expect(limitsFrom({ EMAILSETUP_PATIENCE_MS: '90000' })).toEqual({
    ...usual,
    patience: patience / 10,
    freshGrant: freshGrant / 10,
    memory: memory / 10,
  });
});

test.each(['', '0', '-1', 'soon', 'Infinity', 'NaN'])('%j sets no time', (text) =>
  expect(limitsFrom({ EMAILSETUP_DEADLINE_MS: text, EMAILSETUP_PATIENCE_MS: text })).toEqual(usual),
);
