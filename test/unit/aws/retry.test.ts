import { type Deadline, orAbsent, withRetries } from '../../../src/aws/retry';
import { HandlerError } from '../../../src/domain/errors';
import { timeoutsFrom } from '../../../src/domain/timeouts';

const call = { service: 'ses', operation: 'GetAccount', resource: 'the account', region: 'eu-west-1' } as const;
const timeouts = timeoutsFrom({ EMAILSETUP_DEADLINE_MS: '800', EMAILSETUP_PATIENCE_MS: '3000' });
const within = (milliseconds: number): Deadline => ({ timeouts, until: Date.now() + milliseconds });
const throttle = () => Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });

test('every time is a part of the two that the environment sets', () => {
  expect(timeoutsFrom({})).toEqual({
    deadline: 40_000,
    forwardDeadline: 25_000,
    cacheTtl: 180_000,
    readDeadline: 20_000,
    logDelivery: 2_000,
    requestTimeout: 5_000,
    sesInterval: 1_000,
    backoffBase: 250,
    backoffMax: 5_000,
    stabilizationTimeout: 900_000,
    policyPropagation: 120_000,
    verifyingDelay: 30_000,
    verifyingDelayLater: 120_000,
    verifyingDelayLaterAfter: 600_000,
    idleConnectionTimeout: 2_000,
  });
  expect(timeoutsFrom({ EMAILSETUP_DEADLINE_MS: 'soon', EMAILSETUP_PATIENCE_MS: '-1' })).toEqual(timeoutsFrom({}));
});

test('a throttle that passes is ridden out', async () => {
  let tries = 0;
  const answer = await withRetries(within(2000), call, async () => {
    tries += 1;
    if (tries < 4) throw throttle();
    return 'answer';
  });
  expect([answer, tries]).toEqual(['answer', 4]);
});

test('a throttle that does not pass is told when the time is up, and not later', async () => {
  const started = Date.now();
  const failing = withRetries(within(300), call, () => Promise.reject(throttle()));
  await expect(failing).rejects.toMatchObject({ code: 'Throttling', retryable: true });
  expect(Date.now() - started).toBeLessThan(500);
});

test.each(['AccessDeniedException', 'BadRequestException'])('%s is not tried again', async (name) => {
  let tries = 0;
  const failing = withRetries(within(2000), call, () => {
    tries += 1;
    return Promise.reject(Object.assign(new Error('no'), { name }));
  });
  await expect(failing).rejects.toBeInstanceOf(HandlerError);
  expect(tries).toBe(1);
});

test('a call that never answers is aborted', async () => {
  const hanging = withRetries(within(150), call, ({ abortSignal }) => {
    return new Promise((_resolve, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason)));
  });
  await expect(hanging).rejects.toMatchObject({ code: 'NetworkFailure' });
});

test('only "not found" means absent', async () => {
  expect(await orAbsent(Promise.reject(new HandlerError('NotFound', 'x')))).toBeUndefined();
  for (const code of [
    'AccessDenied',
    'Throttling',
    'NetworkFailure',
    'InvalidCredentials',
    'ServiceInternalError',
    'InvalidRequest',
  ] as const) {
    await expect(orAbsent(Promise.reject(new HandlerError(code, 'x')))).rejects.toMatchObject({ code });
  }
});
