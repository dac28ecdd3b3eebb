import { changedMeanwhile, changedRightAfter, deletedMeanwhile } from '../../../../src/domain/plan/concurrent-changes';

const pool = { id: 'eu-west-1_A', region: 'eu-west-1' };

test.each([
  [
    'while an operation is running',
    changedMeanwhile(pool),
    'The e-mail of user pool eu-west-1_A in eu-west-1 was changed by somebody else meanwhile.',
  ],
  [
    'right after our own change',
    changedRightAfter(pool, 'its tag was set'),
    'The e-mail of user pool eu-west-1_A in eu-west-1 was changed by somebody else right after its tag was set: see who else configures it.',
  ],
])('a change by another writer %s is a conflict that another look may settle', (_when, error, message) => {
  expect([error.code, error.retryable, error.message]).toEqual(['ResourceConflict', true, message]);
});

test('a pool that is deleted while an operation is running is no conflict, and no retry helps', () => {
  const { code, retryable, message } = deletedMeanwhile(pool);
  expect([code, retryable]).toEqual(['InvalidRequest', false]);
  expect(message).toBe('User pool eu-west-1_A in eu-west-1 was deleted meanwhile: take the setup from the template.');
});
