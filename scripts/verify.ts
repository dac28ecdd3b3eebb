import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Count, total } from './count';
import { readJestReport } from './jest-report';

const root = join(__dirname, '..');
const build = join(root, 'build');
const unitReport = join(build, 'unit-tests.json');

interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What to run where it fails. */
  readonly next: string;
  /** What it counted. Without: one step that passed or failed. */
  readonly count?: (isGreen: boolean) => Count;
}

const checks: readonly Check[] = [
  {
    name: 'unit tests, with their coverage of src/domain',
    program: 'jest',
    args: ['--config', 'jest.unit.config.js', '--coverage', '--json', '--outputFile', unitReport],
    next: 'npm run test:watch, or npm run test:unit for the coverage',
    count: (isGreen) => readJestReport(root, unitReport, isGreen),
  },
  {
    name: 'lint, formatting, directions and cycles of imports',
    program: 'biome',
    args: ['check', '--error-on-warnings', '.'],
    next: 'npm run fix, then npm run lint for what is left',
  },
  {
    name: 'types',
    program: 'tsc',
    args: ['--project', 'tsconfig.json', '--noEmit', '--incremental', '--tsBuildInfoFile', join(build, 'tsbuildinfo')],
    next: 'npm run typecheck',
  },
  {
    name: 'links between documents',
    program: 'remark',
    args: ['--frail', '--quiet', '--ignore-path', '.gitignore', '--use', 'remark-validate-links=repository:false', '.'],
    next: 'npm run links',
  },
  {
    name: 'dead code and unused dependencies',
    program: 'knip',
    args: ['--no-progress'],
    next: 'npm run dead-code',
  },
];

interface Ended {
  readonly isGreen: boolean;
  readonly output: string;
}

function run({ program, args }: Check): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', program), args, { cwd: root });
    let output = '';
    const keep = (chunk: unknown) => {
      output += String(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ isGreen: false, output: `${output}${error.message}\n` }));
    child.on('close', (status) => resolve({ isGreen: status === 0, output }));
  });
}

async function checked(check: Check): Promise<Count> {
  const begin = performance.now();
  const { isGreen, output: whole } = await run(check);
  // Of Jest's output only what failed is news.
  const output = whole.replaceAll(/^PASS .*\n/gm, '');
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(
    isGreen
      ? `passed: ${check.name} (${seconds} s)\n`
      : `\nFAILED: ${check.name} (${seconds} s)\n${output.trimEnd()}\nTo go on: ${check.next}\n\n`,
  );
  return check.count?.(isGreen) ?? { passed: isGreen ? 1 : 0, failed: isGreen ? 0 : 1 };
}

/**
 * Everything that can be told in seconds, side by side: the unit tests take longest and leave most of the second core to the
 * others. Prints each as it ends, and what a failed one said.
 */
export async function verify(): Promise<Count> {
  mkdirSync(build, { recursive: true });
  rmSync(unitReport, { force: true });
  process.stdout.write(`${checks.map(({ name }) => name).join('; ')} …\n`);
  return total(await Promise.all(checks.map(checked)));
}

async function main(): Promise<void> {
  const { passed, failed } = await verify();
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (require.main === module) void main();
