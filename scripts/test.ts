import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { contractTests } from '../test/contract/all';
import { pythonEnvironment } from '../test/contract/python-env';
import type { Count } from '../test/contract/run';
import { afterFailures, watchLoad } from './machine-load';
import { forgetHeld, writeReliability } from './reliability';

/** Runs everything that must hold, and ends with the sum of what really ran. */
const root = join(__dirname, '..');
const load = watchLoad();
const failedFiles: string[] = [];

function step(name: string, program: string, args: readonly string[]): Count {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  load();
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function jest(name: string, which: readonly string[]): Count {
  const report = join(mkdtempSync(join(tmpdir(), 'jest-')), 'report.json');
  const { failed } = step(name, 'npx', ['jest', ...which, '--json', '--outputFile', report]);
  // Where the build fails, jest runs nothing and reports nothing.
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  for (const { name: file, status } of testResults as readonly { name: string; status: string }[]) {
    if (status === 'failed') failedFiles.push(relative(root, file));
  }
  return { passed: numPassedTests, failed: Math.max(failed, numFailedTests + numRuntimeErrorTestSuites) };
}

async function main(): Promise<void> {
  // First: it fails at once where there is no Python, and the tests share what it installs.
  pythonEnvironment();
  forgetHeld();
  const counts = [step('package', 'npm', ['run', '--silent', 'package'])];
  counts.push(step('CDK construct', 'npm', ['run', '--silent', 'cdk']));
  counts.push(step('type check', 'npm', ['run', '--silent', 'typecheck']));
  counts.push(step('lint', 'npm', ['run', '--silent', 'lint']));
  counts.push(step('links', 'npm', ['run', '--silent', 'links']));
  counts.push(step('files for GitHub', 'npm', ['run', '--silent', 'github']));
  counts.push(jest('unit and integration tests', ['--testPathIgnorePatterns', 'test/alone', 'node_modules']));
  counts.push(jest('tests that need the machine to themselves', ['test/alone']));
  process.stdout.write('\n== contract\n');
  counts.push(await contractTests());
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  if (failed === 0) writeReliability();
  else process.stdout.write(`\n${afterFailures(load(), failedFiles).join('\n')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
});
