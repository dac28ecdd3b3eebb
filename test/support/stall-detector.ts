import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the machine lets the tests' processes run. */
export interface StallDetector {
  /** Resolves to whether any of them had to stand still for too long since a time (of `performance.now()`). */
  stoodStillSince(time: number): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Watches this process and another one, whose `pulse` comes as soon as it may run: the tests' times are short, and a
 * process that stands still for `tooLong` milliseconds looks like an AWS that does not answer.
 */
export function detectStalls(pulse: () => Promise<unknown>, tooLong: number): StallDetector {
  let running = true;
  let stoodStill = Number.NEGATIVE_INFINITY;
  const beat = async () => {
    const began = performance.now();
    await sleep(20);
    // A process that is killed has no pulse, and that is what its test is about.
    await pulse().catch(() => undefined);
    if (performance.now() - began > tooLong) stoodStill = performance.now();
  };
  let current = beat();
  const watching = (async () => {
    while (running) {
      await current;
      current = beat();
    }
    await current;
  })();
  return {
    stoodStillSince: async (time) => {
      await current;
      return stoodStill > time;
    },
    stop: async () => {
      running = false;
      await watching;
    },
  };
}
