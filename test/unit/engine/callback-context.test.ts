import {
  isFirstInvocation,
  newCallbackContext,
  parseCallbackContext,
  startPhase,
} from '../../../src/engine/callback-context';

const context = newCallbackContext('applying');

test('a context comes back as it went out, through JSON', () => {
  const wire = JSON.parse(JSON.stringify({ ...context, change: { from: 1, to: 2 }, firstRefusedAt: 7 }));
  expect(parseCallbackContext(wire)).toEqual(wire);
});

test('what comes frozen can be written to', () => {
  const parsed = parseCallbackContext(Object.freeze({ ...context, answers: Object.freeze({}) }));
  if (!parsed) throw new Error('it is a context');
  parsed.phase = 'verifying';
  parsed.answers['key'] = { at: 1, answer: true };
  expect(parsed.answers).toEqual({ key: { at: 1, answer: true } });
});

test.each([
  ['none', undefined],
  ['null', null],
  ['a text', 'context'],
  ['of another version', { ...context, version: 2 }],
  ['of another phase', { ...context, phase: 'waiting' }],
  ['without a time', { ...context, phaseStartedAt: undefined }],
  ['without a count', { ...context, throttledInvocations: '1' }],
  ['without answers', { ...context, answers: undefined }],
  ['of a roll-back without a change', { ...context, phase: 'rolling-back', failure: {} }],
  ['of a roll-back without a failure', { ...context, phase: 'rolling-back', change: {} }],
])('a context that is %s begins anew', (_name, value) => expect(parseCallbackContext(value)).toBeUndefined());

test('a roll-back goes on with its change and its failure', () => {
  const rollingBack = { ...context, phase: 'rolling-back', change: {}, failure: { code: 'Throttling', message: 'x' } };
  expect(parseCallbackContext(rollingBack)).toEqual(rollingBack);
});

test.each([
  [newCallbackContext('applying'), true],
  [newCallbackContext('deleting'), true],
  [newCallbackContext('verifying'), false],
  [newCallbackContext('rolling-back'), false],
  [{ ...newCallbackContext('applying'), firstRefusedAt: 1 }, false],
])('the first invocation is known: %#', (one, isFirst) => expect(isFirstInvocation(one)).toBe(isFirst));

test('another phase forgets the times of the one before, and nothing else', () => {
  const one = { ...newCallbackContext('verifying'), phaseStartedAt: 1, firstRefusedAt: 2, policiesAcceptedAt: 3 };
  startPhase(one, 'applying');
  expect(one).toMatchObject({ phase: 'applying', firstRefusedAt: undefined, policiesAcceptedAt: undefined });
  expect(one.phaseStartedAt).toBeGreaterThan(1);
  expect(one.answers).toEqual({});
});
