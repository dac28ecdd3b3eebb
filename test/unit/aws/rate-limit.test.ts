import { setTimeout as pause } from 'node:timers/promises';
import { rateLimit } from '../../../src/aws/rate-limit';
import { HandlerError } from '../../../src/domain/errors';

const interval = 40;
const later = () => Date.now() + 10_000;
const throttled = () => new HandlerError('Throttling', 'Rate exceeded', { retryable: true });

/** A service that answers so many calls at once, and one more each `interval`; `log` has what became of each call. */
function service(answers: number) {
  const log: string[] = [];
  let [left, at] = [answers, Date.now()];
  const call = (name: string) => async () => {
    await pause(1);
    if (Date.now() - at >= interval) [left, at] = [1, Date.now()];
    log.push(left > 0 ? name : `${name} refused`);
    if (left <= 0) throw throttled();
    left -= 1;
    at = Date.now();
    return name;
  };
  return { log, call };
}

test('calls go out together while nobody is refused', async () => {
  const { log, call } = service(3);
  const turn = rateLimit({ interval, contended: false }).turn('eu-west-1');
  const started = Date.now();
  expect(await Promise.all(['a', 'b', 'c'].map((name) => turn(call(name), later())))).toEqual(['a', 'b', 'c']);
  expect(log).toHaveLength(3);
  expect(Date.now() - started).toBeLessThan(interval);
});

test('who is answered makes the other calls at the pace of the service', async () => {
  const { log, call } = service(1);
  const pace = rateLimit({ interval, contended: false });
  const turn = pace.turn('eu-west-1');
  expect(await Promise.all(['a', 'b', 'c'].map((name) => turn(call(name), later())))).toEqual(['a', 'b', 'c']);
  expect(log.filter((line) => !line.endsWith('refused'))).toHaveLength(3);
  expect(log.filter((line) => line.endsWith('refused')).length).toBeLessThanOrEqual(4);
  expect(pace.isThrottled()).toBe(false);
});

test('who is not answered makes no more calls', async () => {
  const { log, call } = service(0);
  const pace = rateLimit({ interval: 1_000_000, contended: false });
  const turn = pace.turn('eu-west-1');
  const results = await Promise.allSettled(['a', 'b'].map((name) => turn(call(name), later())));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(turn(call('c'), later())).rejects.toMatchObject({ code: 'Throttling' });
  expect(log).toEqual(['a refused', 'b refused']);
  expect(pace.isThrottled()).toBe(true);
});

test('an invocation that may not end is let in again', async () => {
  const pace = rateLimit({ interval: 1_000_000, contended: false });
  await expect(pace.turn('eu-west-1')(service(0).call('a'), later())).rejects.toThrow('Rate exceeded');
  pace.reset();
  expect([pace.isThrottled(), pace.failures()]).toEqual([false, 1]);
  expect(await pace.turn('eu-west-1')(service(1).call('b'), later())).toBe('b');
});

test('after a refusal in an earlier invocation calls go out one after another', async () => {
  const { log, call } = service(0);
  const pace = rateLimit({ interval: 1_000_000, contended: true });
  const turn = pace.turn('eu-west-1');
  await Promise.allSettled(['a', 'b'].map((name) => turn(call(name), later())));
  expect(log).toEqual(['a refused']);
  expect(pace.isThrottled()).toBe(true);
});

test('a Region that refuses says nothing of another', async () => {
  const [busy, idle] = [service(0), service(1)];
  const pace = rateLimit({ interval: 1_000_000, contended: false });
  await expect(pace.turn('eu-west-1')(busy.call('a'), later())).rejects.toThrow('Rate exceeded');
  expect(await pace.turn('us-east-1')(idle.call('b'), later())).toBe('b');
});

test('another error is passed on, and closes nothing', async () => {
  const turn = rateLimit({ interval, contended: true }).turn('eu-west-1');
  const denied = () => Promise.reject(new HandlerError('AccessDenied', 'no'));
  await expect(turn(denied, later())).rejects.toThrow('no');
  expect(await turn(service(1).call('a'), later())).toBe('a');
});

test('nobody waits past the time that is left', async () => {
  const turn = rateLimit({ interval: 1_000_000, contended: true }).turn('eu-west-1');
  await turn(service(1).call('a'), later());
  const started = Date.now();
  await expect(turn(() => Promise.reject(throttled()), Date.now() + 100)).rejects.toThrow('Rate exceeded');
  expect(Date.now() - started).toBeLessThan(5000);
});
