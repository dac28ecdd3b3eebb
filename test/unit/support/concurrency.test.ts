import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostFunction } from '../../../emulator/function/host';
import { runCases } from '../../support/concurrency';
import { detectStalls } from '../../support/stall-detector';

// Jest's fake timers take the place of the global setTimeout alone.
jest.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));

interface Options {
  readonly pulse?: () => Promise<unknown>;
  /** So many milliseconds count as a stall. */
  readonly tooLong?: number;
}

/** Runs one case whose attempts find what `attempt` returns; attempts are counted from 1. */
async function run(
  attempt: (count: number) => Promise<readonly string[]>,
  { pulse = async () => undefined, tooLong = 1000 }: Options = {},
) {
  const stallDetector = detectStalls(pulse, tooLong);
  let count = 0;
  const findings = await runCases(stallDetector, ['job'], 1, () => {
    count += 1;
    return attempt(count);
  });
  await stallDetector.stop();
  return { findings, count };
}

describe('on a fake clock', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Time passes, and nothing of this process runs meanwhile: no promise goes on before all of it has passed. */
  const stall = () => jest.advanceTimersByTime(1200);

  /** Lets time pass in small steps, between which everything runs, until the promise is settled. */
  async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    while (!isSettled) await jest.advanceTimersByTimeAsync(10);
    return promise;
  }

  test('what a case finds while the machine runs is reported', async () => {
    expect(await whileTimePasses(run(async () => ['wrong']))).toEqual({ findings: ['wrong'], count: 1 });
  });

  test('so is what it throws', async () => {
    const { findings, count } = await whileTimePasses(run(() => Promise.reject(new Error('could not prepare'))));
    expect([findings.length, findings[0], count]).toEqual([1, expect.stringContaining('could not prepare'), 1]);
  });

  test('a case with findings runs again where this process stalled', async () => {
    const attempt = async (count: number) => {
      if (count === 1) stall();
      return count === 1 ? ['no answer in time'] : [];
    };
    expect(await whileTimePasses(run(attempt))).toEqual({ findings: [], count: 2 });
  });

  test('a case without findings does not run again', async () => {
    const attempt = async () => {
      stall();
      return [];
    };
    expect(await whileTimePasses(run(attempt))).toEqual({ findings: [], count: 1 });
  });

  test('findings on a machine that always stalls are reported in the end', async () => {
    const attempt = async (count: number) => {
      stall();
      return [`wrong ${count}`];
    };
    expect(await whileTimePasses(run(attempt))).toEqual({ findings: ['wrong 5'], count: 5 });
  });
});

test('a case with findings runs again where the process of the function stalled', async () => {
  const bundle = join(mkdtempSync(join(tmpdir(), 'function-')), 'busy.js');
  writeFileSync(
    bundle,
    `exports.entrypoint = async ({ milliseconds }) => {
       const until = performance.now() + milliseconds;
       while (performance.now() < until);
     };`,
  );
  const hosted = hostFunction(bundle, {});
  try {
    await hosted.invoke({ milliseconds: 0 });
    const attempt = async (count: number) => {
      if (count === 1) await hosted.invoke({ milliseconds: 300 });
      return count === 1 ? ['no answer in time'] : [];
    };
    expect(await run(attempt, { pulse: hosted.ping, tooLong: 150 })).toEqual({ findings: [], count: 2 });
  } finally {
    await hosted.stop();
  }
});
