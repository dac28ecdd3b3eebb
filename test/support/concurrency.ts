import { setTimeout as sleep } from 'node:timers/promises';
import type { StallDetector } from './stall-detector';

/** Invokes a handler some times: a process that has just started computes slowly, and the tests' times are short. */
export async function warmUp(invoke: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < 20; count += 1) await invoke();
}

/**
 * Runs jobs, `atATime` of them at once. Returns their results in the order of the jobs. They begin one after another:
 * what all of them compute at the same moment would look like an AWS that does not answer.
 */
export async function runConcurrently<J, R>(
  jobs: readonly J[],
  atATime: number,
  run: (job: J) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = jobs.entries();
  const worker = async (_: unknown, number: number) => {
    await sleep(number * 20);
    for (const [index, job] of queue) results[index] = await run(job);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}

/**
 * Runs test cases, `atATime` of them at once. Returns all their findings. A stall of the machine makes timeouts of its
 * own: a case that has findings and ran during one is run again, up to five times, and the output says how often.
 */
export async function runCases<J>(
  stallDetector: StallDetector,
  jobs: readonly J[],
  atATime: number,
  run: (job: J) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  let repeated = 0;
  const findings = await runConcurrently(jobs, atATime, async (job) => {
    for (let attempt = 1; ; attempt += 1) {
      const startedAt = performance.now();
      const found = await run(job).catch((error: Error) => [String(error.stack)]);
      if (found.length === 0 || attempt === 5 || !(await stallDetector.hasStalledSince(startedAt))) return found;
      repeated += 1;
    }
  });
  if (repeated > 0) process.stdout.write(`The machine stalled: ${repeated} cases were run again, of ${jobs.length}.\n`);
  return findings.flat();
}
