import { timeoutsFrom } from '../../../src/domain/timeouts';

const derived = {
  deadline: 40_000,
  forwardDeadline: 25_000,
  readDeadline: 20_000,
  logDelivery: 2_000,
  requestTimeout: 5_000,
  backoffBase: 250,
  backoffMax: 5_000,
  sesInterval: 1_000,
  stabilizationTimeout: 900_000,
  policyPropagation: 120_000,
  cacheTtl: 180_000,
};

/** What the environment does not set. */
const fixed = {
  verifyingDelay: 30_000,
  verifyingDelayLater: 120_000,
  verifyingDelayLaterAfter: 600_000,
  idleConnectionTimeout: 2_000,
};
const usual = { ...derived, ...fixed };

test('the usual times', () => expect(timeoutsFrom({})).toEqual(usual));

test('every time is a part of one of the two that the environment sets', () => {
  const { stabilizationTimeout, policyPropagation, cacheTtl, ...ofDeadline } = derived;
  const tenth = Object.fromEntries(Object.entries(ofDeadline).map(([name, time]) => [name, time / 10]));
  expect(timeoutsFrom({ EMAILSETUP_DEADLINE_MS: '4000' })).toEqual({ ...usual, ...tenth });
  expect(timeoutsFrom({ EMAILSETUP_PATIENCE_MS: '90000' })).toEqual({
    ...usual,
    stabilizationTimeout: stabilizationTimeout / 10,
    policyPropagation: policyPropagation / 10,
    cacheTtl: cacheTtl / 10,
  });
});

test.each(['', '0', '-1', 'soon', 'Infinity', 'NaN'])('%j sets no time', (text) =>
  expect(timeoutsFrom({ EMAILSETUP_DEADLINE_MS: text, EMAILSETUP_PATIENCE_MS: text })).toEqual(usual),
);
