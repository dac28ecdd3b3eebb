import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostFunction } from '../../../emulator/function/host';
import { runCases } from '../../support/concurrency';
import { detectStalls } from '../../support/stall-detector';

/** Keeps this process from running anything else for so many milliseconds. */
function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** Runs one trial whose attempts find what `attempt` says, counted from 1. */
async function run(attempt: (count: number) => Promise<readonly string[]>, pulse = async () => undefined as unknown) {
  const machine = detectStalls(pulse, 1000);
  let count = 0;
  const findings = await runCases(machine, ['job'], 1, () => {
    count += 1;
    return attempt(count);
  });
  await machine.stop();
  return { findings, count };
}

test('what a trial finds while the machine runs is found', async () => {
  expect(await run(async () => ['wrong'])).toEqual({ findings: ['wrong'], count: 1 });
});

test('so is what it throws', async () => {
  const { findings, count } = await run(() => Promise.reject(new Error('could not prepare')));
  expect([findings.length, findings[0], count]).toEqual([1, expect.stringContaining('could not prepare'), 1]);
});

test('a trial with findings is made again where this process stood still', async () => {
  const attempt = async (count: number) => {
    if (count === 1) standStill(1200);
    return count === 1 ? ['no answer in time'] : [];
  };
  expect(await run(attempt)).toEqual({ findings: [], count: 2 });
});

test('or where the process of the function did', async () => {
  const bundle = join(mkdtempSync(join(tmpdir(), 'function-')), 'busy.js');
  writeFileSync(bundle, `${standStill}\nexports.entrypoint = async ({ milliseconds }) => standStill(milliseconds);\n`);
  const hosted = hostFunction(bundle, {});
  await hosted.invoke({ milliseconds: 0 });
  const attempt = async (count: number) => {
    if (count === 1) await hosted.invoke({ milliseconds: 1200 });
    return count === 1 ? ['no answer in time'] : [];
  };
  expect(await run(attempt, hosted.pulse)).toEqual({ findings: [], count: 2 });
  await hosted.stop();
});

test('a trial without findings is not made again', async () => {
  const attempt = async () => {
    standStill(1200);
    return [];
  };
  expect(await run(attempt)).toEqual({ findings: [], count: 1 });
});

test('findings on a machine that never runs are told in the end', async () => {
  const attempt = async (count: number) => {
    standStill(1200);
    return [`wrong ${count}`];
  };
  expect(await run(attempt)).toEqual({ findings: ['wrong 5'], count: 5 });
});
