import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Count, contractCount, total } from './count';
import { readJestReport } from './jest-report';
import { afterFailures, watchLoad } from './machine-load';
import { pythonEnvironment } from './python-environment';
import { forgetCounts, keepCounts } from './reliability';
import { verify } from './verify';

/** Runs everything that must hold, what is told soonest first, and ends with the sum of what really ran. */
const root = join(__dirname, '..');
const report = join(root, 'build', 'tests.json');
const load = watchLoad();
const failedFiles: string[] = [];

function heading(name: string): void {
  process.stdout.write(`\n== ${name}\n`);
}

function step(name: string, program: string, args: readonly string[]): Count {
  heading(name);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  load();
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

const script = (name: string, command: string) => step(name, 'npm', ['run', '--silent', command]);

function jest(name: string, args: readonly string[]): Count {
  rmSync(report, { force: true });
  const { failed } = step(name, 'npx', ['jest', ...args, '--json', '--outputFile', report]);
  const count = readJestReport(root, report, failed === 0);
  failedFiles.push(...count.failedFiles);
  return count;
}

function contract(): Count {
  rmSync(contractCount, { force: true });
  mkdirSync(dirname(contractCount), { recursive: true });
  const count = script('contract', 'contract');
  return existsSync(contractCount) ? JSON.parse(readFileSync(contractCount, 'utf8')) : count;
}

/** What needs Python, which nothing else does. */
function withPython(): readonly Count[] {
  heading('Python');
  try {
    pythonEnvironment();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return [{ passed: 0, failed: 1 }];
  }
  return [script('files for GitHub', 'github'), jest('the same operations on moto', ['test/moto']), contract()];
}

/** Whether docs/reliability.md says what a whole run has tried. */
function reliability(): Count {
  heading('docs/reliability.md');
  const differences = keepCounts();
  if (differences.length === 0) return { passed: 1, failed: 0 };
  process.stdout.write(`${differences.join('\n')}\nIf it must be so: npm run reliability, and commit the page.\n`);
  return { passed: 0, failed: 1 };
}

function everythingElse(): readonly Count[] {
  forgetCounts();
  const counts = [
    script('package', 'package'),
    script('CDK construct', 'cdk'),
    jest('tests', ['--testPathIgnorePatterns', 'test/alone', 'test/moto', 'test/unit', 'node_modules']),
    jest('tests that need the machine to themselves', ['test/alone']),
    ...withPython(),
  ];
  // Tests that failed have not counted what they tried.
  return total(counts).failed === 0 ? [...counts, reliability()] : counts;
}

async function main(): Promise<void> {
  heading('verify');
  const verified = await verify();
  const isWhole = verified.failed === 0;
  if (!isWhole) process.stdout.write('\nNothing else has run: npm run verify tells the same again.\n');
  const { passed, failed } = total([verified, ...(isWhole ? everythingElse() : [])]);
  if (failed > 0 && isWhole) process.stdout.write(`\n${afterFailures(load(), failedFiles).join('\n')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
});
