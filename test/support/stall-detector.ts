import { setTimeout as sleep } from 'node:timers/promises';

/** Notices when the machine does not let the tests' processes run. */
export interface StallDetector {
  /** Resolves to whether any of them has stalled since a time (of `performance.now()`). */
  hasStalledSince(time: number): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Watches this process and another one, whose `pulse` resolves as soon as that one runs. The tests' times are short: a
 * process that stalls for more than `tooLong` milliseconds looks like an AWS that does not answer.
 */
export function detectStalls(pulse: () => Promise<unknown>, tooLong: number): StallDetector {
  let running = true;
  let lastStall = Number.NEGATIVE_INFINITY;
  const probe = async () => {
    const startedAt = performance.now();
    await sleep(20);
    // A process that a test has killed has no pulse, and has not stalled.
    await pulse().catch(() => undefined);
    if (performance.now() - startedAt > tooLong) lastStall = performance.now();
  };
  let current = probe();
  const watching = (async () => {
    while (running) {
      await current;
      current = probe();
    }
    await current;
  })();
  return {
    hasStalledSince: async (time) => {
      await current;
      return lastStall > time;
    },
    stop: async () => {
      running = false;
      await watching;
    },
  };
}
