import { setTimeout as sleep } from 'node:timers/promises';
import type { StallDetector } from './stall-detector';

/** Invokes a handler some times: a process that has just started computes slowly, and the tests' times are short. */
export async function warm(invoke: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < 20; count += 1) await invoke();
}

/**
 * Runs jobs with so many at a time, and answers what each said. They begin one after another: what all of them have to
 * compute at the same moment would look like an AWS that does not answer.
 */
export async function together<J, R>(jobs: readonly J[], atATime: number, run: (job: J) => Promise<R>): Promise<R[]> {
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
 * Runs trials side by side and answers their findings. Findings of a trial during which the machine stood still are
 * about the machine, which has added a time-out of its own: the trial is made again, and says so.
 */
export async function runCases<J>(
  machine: StallDetector,
  jobs: readonly J[],
  atATime: number,
  run: (job: J) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  let again = 0;
  const findings = await together(jobs, atATime, async (job) => {
    for (let attempt = 1; ; attempt += 1) {
      const began = performance.now();
      const found = await run(job).catch((error: Error) => [String(error.stack)]);
      if (found.length === 0 || attempt === 5 || !(await machine.stoodStillSince(began))) return found;
      again += 1;
    }
  });
  if (again > 0) process.stdout.write(`The machine stood still: ${again} trials were made again, of ${jobs.length}.\n`);
  return findings.flat();
}
