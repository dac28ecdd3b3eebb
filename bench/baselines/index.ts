import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What benchmarks compare with, made of published packages. The stock packaging brings AWS SDK v2, which must not be
 * installed in the project: it has a lock file of its own, and is installed when a benchmark first asks for it.
 */
const root = join(__dirname, '..', '..');
const stockFolder = join(__dirname, 'stock');

/** A folder with a handler in it, as it would be deployed. */
export interface Baseline {
  readonly folder: string;
  readonly handler: string;
}

/** A type with one call, built by the defaults of the CloudFormation CLI's TypeScript plugin. */
export function stock(): Baseline {
  install(stockFolder);
  run(stockFolder, process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', stockFolder]);
  return { folder: stockFolder, handler: join(stockFolder, 'dist', 'handlers.js') };
}

/** The handler that AWS CDK deploys for AwsCustomResource; it finds the SDK beside it, as it does in Lambda. */
export function cdk(): Baseline {
  const handlers = join(root, 'node_modules', 'aws-cdk-lib', 'custom-resource-handlers', 'dist', 'custom-resources');
  const folder = join(handlers, 'aws-custom-resource-handler');
  return { folder, handler: join(folder, 'index.js') };
}

/** A handler that makes a Create's calls with the SDK that the project ships, and does nothing else. */
export const sdkAlone = join(__dirname, '..', 'processes', 'sdk-alone.js');

/** Installs what the lock file names, unless that is what is there. */
function install(at: string): void {
  const lock = readFileSync(join(at, 'package-lock.json'), 'utf8');
  const installed = join(at, 'node_modules', '.installed');
  if (contents(installed) === lock) return;
  run(at, 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(installed, lock);
}

function contents(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function run(cwd: string, program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed in ${cwd}:\n${stdout}${stderr}`);
}
