import { type AnswerCache, getOrFetch } from '../../../src/aws/answer-cache';

const now = Date.UTC(2026, 10, 24);
const ttl = 1000;
beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
});
afterEach(() => jest.restoreAllMocks());

const question = (answer: string, keep: (answer: string) => string | undefined = (all) => all, key = 'a') => ({
  key,
  fetch: jest.fn(async () => answer),
  keep,
});

test('what was answered is not asked again', async () => {
  const cache: AnswerCache = { answers: {} };
  expect(await getOrFetch(cache, ttl, question('first'))).toBe('first');
  const again = question('second');
  expect(await getOrFetch(cache, ttl, again)).toBe('first');
  expect(again.fetch).not.toHaveBeenCalled();
  expect(cache.answers).toEqual({ a: { at: now, answer: 'first' } });
});

test.each([
  [ttl - 1, 'kept'],
  [ttl, 'new'],
])('an answer that is %i ms old: the %s one is returned', async (age, answer) => {
  const cache: AnswerCache = { answers: { a: { at: now - age, answer: 'kept' } } };
  expect(await getOrFetch(cache, ttl, question('new'))).toBe(answer);
  expect(cache.answers['a']).toEqual({ at: answer === 'new' ? now : now - age, answer });
});

test('an answer that is not to be kept is returned, and asked for again', async () => {
  const cache: AnswerCache = { answers: {} };
  const never = question('no', () => undefined);
  expect([await getOrFetch(cache, ttl, never), await getOrFetch(cache, ttl, never)]).toEqual(['no', 'no']);
  expect(never.fetch).toHaveBeenCalledTimes(2);
  expect(cache.answers).toEqual({});
});

test('the first answer is the whole one, whatever part of it is kept', async () => {
  const cache: AnswerCache = { answers: {} };
  const part = question('whole', () => 'part');
  expect([await getOrFetch(cache, ttl, part), await getOrFetch(cache, ttl, part)]).toEqual(['whole', 'part']);
});

test('an error is thrown, and nothing is kept', async () => {
  const cache: AnswerCache = { answers: {} };
  const failing = { ...question('x'), fetch: () => Promise.reject(new Error('no')) };
  await expect(getOrFetch(cache, ttl, failing)).rejects.toThrow('no');
  expect(cache.answers).toEqual({});
});

test('what the answers inherit is no answer', async () => {
  const cache: AnswerCache = { answers: Object.create({ a: { at: now, answer: 'inherited' } }) };
  expect(await getOrFetch(cache, ttl, question('asked'))).toBe('asked');
});
