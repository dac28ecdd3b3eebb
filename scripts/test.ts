import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

async function jest(): Promise<Count> {
  process.stdout.write('\n== unit and integration tests\n');
  const report = join(mkdtempSync(join(tmpdir(), 'jest-')), 'report.json');
  const child = spawn('npx', ['jest', '--json', '--outputFile', report], { cwd: root, stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  const failed = status === 0 ? 0 : 1;
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
  const tests = jest();
  process.stdout.write('\n== contract, beside them\n');
  counts.push(lintTemplates());
  counts.push(validate(), submit(), await contract());
  counts.push(await tests);
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
