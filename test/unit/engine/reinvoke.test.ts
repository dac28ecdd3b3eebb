import { reinvoke, reinvokeWhileVerifying } from '../../../src/engine/reinvoke';
import { runIn } from '../../support/engine-run';

const minutes = (count: number) => count * 60_000;
afterEach(() => jest.restoreAllMocks());

describe('another invocation after an error', () => {
  test('is asked for with the context and the reason, and its first one is noted', async () => {
    const { run, context } = await runIn('applying');
    const before = Date.now();
    const answer = reinvoke(run, 'Throttled.');
    expect(answer).toMatchObject({ status: 'in-progress', message: 'Not yet: Throttled.' });
    expect(answer?.callbackContext).toBe(context);
    expect(context.firstRefusedAt).toBeGreaterThanOrEqual(before);
    expect(context.throttledInvocations).toBe(0);
  });

  test('ends with the time to stabilize', async () => {
    const within = await runIn('applying', { firstRefusedAt: Date.now() - 29_000 });
    expect(reinvoke(within.run, 'x')).toBeDefined();
    const after = await runIn('applying', { firstRefusedAt: Date.now() - 30_000 });
    expect(reinvoke(after.run, 'x')).toBeUndefined();
  });

  test('comes after a short delay; after a long one that shortens where it was throttled', async () => {
    const short = await runIn('applying');
    expect(reinvoke(short.run, 'x')?.delaySeconds).toBe(1);
    for (const [earlier, least, most] of [
      [0, 6, 31],
      [20, 2, 6],
    ] as const) {
      const { run, context } = await runIn('applying', { throttledInvocations: earlier }, { throttled: true });
      const { delaySeconds = 0 } = reinvoke(run, 'x') ?? {};
      expect(Number.isInteger(delaySeconds)).toBe(true);
      expect([delaySeconds >= least, delaySeconds <= most]).toEqual([true, true]);
      expect(context.throttledInvocations).toBe(earlier + 1);
    }
  });

  test.each([
    [0, 18],
    [3, 12],
    [7, 4],
    [20, 4],
  ])('after %i throttled invocations comes in %i s, without jitter', async (throttledInvocations, seconds) => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const { run } = await runIn('applying', { throttledInvocations }, { throttled: true });
    expect(reinvoke(run, 'x')?.delaySeconds).toBe(seconds);
  });
});

describe('another invocation while a verification is pending', () => {
  const after = async (elapsed: number, limit: number) => {
    const { run } = await runIn('verifying', { phaseStartedAt: Date.now() - elapsed });
    return reinvokeWhileVerifying(run, limit, 'pending')?.delaySeconds;
  };

  test('every 30 seconds for ten minutes, then every other minute, and no longer than is left', async () => {
    expect(await after(minutes(9.9), 600)).toBe(30);
    expect(await after(minutes(10.1), 600)).toBe(120);
    expect(await after(minutes(599.5), 600)).toBeLessThanOrEqual(30);
    expect(await after(minutes(600), 600)).toBeUndefined();
  });

  test.each([
    [minutes(10) - 1, 30],
    [minutes(10), 120],
    [minutes(600) - 1, 1],
  ])('%i ms after it began: in %i s', async (elapsed, seconds) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 24));
    expect(await after(elapsed, 600)).toBe(seconds);
  });

  test('a status is logged when it changes, and the time of the last check is no change', async () => {
    const { run, logged } = await runIn('verifying', { answers: { key: { at: 1, answer: true } } });
    for (const status of ['at 2026-01-01T00:00:00.000Z: A', 'at 2026-01-01T00:01:00.000Z: A', 'B', 'B'])
      reinvokeWhileVerifying(run, 10, status);
    expect(logged).toEqual(['at 2026-01-01T00:00:00.000Z: A', 'B']);
    // The next invocation looks at everything anew.
    expect(run.context.answers).toEqual({});
  });
});
