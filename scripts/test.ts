import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintTemplates } from '../test/contract/cfn-lint';
import { pythonEnvironment } from '../test/contract/python-env';
import { type Count, contract, validate } from '../test/contract/run';
import { submit } from '../test/contract/submit';
import { forgetHeld, writeReliability } from './reliability';

/** Runs everything that must hold, and ends with the sum of what really ran. */
const root = join(__dirname, '..');

function step(name: string, program: string, args: readonly string[]): Count {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function jest(name: string, which: readonly string[]): Count {
  const report = join(mkdtempSync(join(tmpdir(), 'jest-')), 'report.json');
  const { failed } = step(name, 'npx', ['jest', ...which, '--json', '--outputFile', report]);
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
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
  counts.push(jest('unit and integration tests', ['--testPathIgnorePatterns', 'test/alone', 'node_modules']));
  counts.push(jest('tests that need the machine to themselves', ['test/alone']));
  process.stdout.write('\n== contract\n');
  counts.push(lintTemplates());
  counts.push(validate(), submit(), await contract());
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  if (failed === 0) writeReliability();
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
});
