import { orAbsent, type Patience, patiently } from '../../../src/aws/calls';
import { Failure } from '../../../src/domain/failure';
import { limitsFrom } from '../../../src/domain/limits';

const call = { service: 'ses', operation: 'GetAccount', thing: 'the account', region: 'eu-west-1' } as const;
const limits = limitsFrom({ EMAILSETUP_DEADLINE_MS: '800', EMAILSETUP_PATIENCE_MS: '3000' });
const patience = (milliseconds: number): Patience => ({ limits, until: Date.now() + milliseconds });
const throttle = () => Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });

test('every time is a part of the two that the environment sets', () => {
  expect(limitsFrom({})).toEqual({
    deadline: 40_000,
    forward: 25_000,
    memory: 180_000,
    reading: 20_000,
    delivery: 2_000,
    request: 5_000,
    sesInterval: 1_000,
    firstPause: 250,
    longestPause: 5_000,
    patience: 900_000,
    freshGrant: 120_000,
  });
  expect(limitsFrom({ EMAILSETUP_DEADLINE_MS: 'soon', EMAILSETUP_PATIENCE_MS: '-1' })).toEqual(limitsFrom({}));
});

test('a throttle that passes is ridden out', async () => {
  let tries = 0;
  const answer = await patiently(patience(2000), call, async () => {
    tries += 1;
    if (tries < 4) throw throttle();
    return 'answer';
  });
  expect([answer, tries]).toEqual(['answer', 4]);
});

test('a throttle that does not pass is told when the time is up, and not later', async () => {
  const started = Date.now();
  const failing = patiently(patience(300), call, () => Promise.reject(throttle()));
  await expect(failing).rejects.toMatchObject({ kind: 'throttled', transient: true });
  expect(Date.now() - started).toBeLessThan(500);
});

test.each(['AccessDeniedException', 'BadRequestException'])('%s is not tried again', async (name) => {
  let tries = 0;
  const failing = patiently(patience(2000), call, () => {
    tries += 1;
    return Promise.reject(Object.assign(new Error('no'), { name }));
  });
  await expect(failing).rejects.toBeInstanceOf(Failure);
  expect(tries).toBe(1);
});

test('a call that never answers is aborted', async () => {
  const hanging = patiently(patience(150), call, ({ abortSignal }) => {
    return new Promise((_resolve, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason)));
  });
  await expect(hanging).rejects.toMatchObject({ kind: 'network' });
});

test('only "not found" means absent', async () => {
  expect(await orAbsent(Promise.reject(new Failure('not-found', 'x')))).toBeUndefined();
  for (const kind of ['denied', 'throttled', 'network', 'credentials', 'server', 'invalid'] as const) {
    await expect(orAbsent(Promise.reject(new Failure(kind, 'x')))).rejects.toMatchObject({ kind });
  }
});
