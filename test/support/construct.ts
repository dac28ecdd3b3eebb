import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { EmailSetup, EmailSetupProps } from '../../cdk/src/index';
import type { JsonObject } from '../../emulator/types';
import { filesIn } from './templates';

const root = join(__dirname, '..', '..');
const { name, version } = JSON.parse(readFileSync(join(root, 'cdk', 'package.json'), 'utf8'));

/** The file that `npm run cdk` packs: it makes it before the tests run. */
const packed = join(root, 'build', `${name}-${version}.tgz`);

/** Runs a program to its end. Returns what it printed; throws that where it fails. */
export function run(folder: string, program: string, args: readonly string[], environment = {}): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Throws where the packed file is not there, or older than what it is made from. */
function insistOnNewest(): void {
  const packedAt = existsSync(packed) ? statSync(packed).mtimeMs : 0;
  const sources = ['cdk/src', 'src/domain'].flatMap((folder) => filesIn(folder));
  const newer = [...sources, 'schema.json', 'scripts/cdk.ts'].find(
    (file) => statSync(join(root, file)).mtimeMs > packedAt,
  );
  if (newer !== undefined) {
    const what = packedAt === 0 ? 'is not there' : `is older than ${newer}`;
    throw new Error(`${relative(root, packed)} ${what}: make it with npm run cdk, then run the test again.`);
  }
}

/** A new folder in which npm has installed the packed construct, beside the AWS CDK of this checkout. */
export function installedConstruct(): string {
  insistOnNewest();
  const folder = mkdtempSync(join(tmpdir(), 'construct-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run(folder, 'npm', ['install', '--offline', '--legacy-peer-deps', '--no-package-lock', packed]);
  const modules = join(folder, 'node_modules');
  for (const scope of ['@types', '.bin']) mkdirSync(join(modules, scope), { recursive: true });
  for (const link of ['aws-cdk-lib', 'constructs', '@types/node', 'undici-types', 'tsx', '.bin/tsx', '.bin/tsc'])
    symlinkSync(join(root, 'node_modules', link), join(modules, link));
  return folder;
}

/** The construct as an application gets it. */
export type Construct = typeof EmailSetup;

/** Loads the construct from the packed file. */
export function packedConstruct(): Construct {
  return require(join(installedConstruct(), 'node_modules', name)).EmailSetup;
}

/** A stack with one setup, written as JavaScript may: the types have a test of their own. */
export function setupOf(Setup: Construct, poolId: string, props: object, region?: string) {
  const stack = new Stack(new App(), 'Stack', region === undefined ? {} : { env: { region } });
  const userPool = UserPool.fromUserPoolId(stack, 'Pool', poolId);
  return { stack, email: new Setup(stack, 'Email', { userPool, ...props } as EmailSetupProps) };
}

/** What a stack's template holds. */
export interface Template {
  readonly Resources: Readonly<Record<string, JsonObject>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The template that synthesis makes of a stack. */
export function synthesise(stack: Stack): Template {
  return (stack.node.root as App).synth().getStackByName(stack.stackName).template;
}

/** The one resource of a type in a template, with its logical id. */
export function onlyOne({ Resources }: Template, type: string): readonly [string, JsonObject] {
  const [found, ...more] = Object.entries(Resources).filter(([, { Type }]) => Type === type);
  if (!found || more.length > 0) throw new Error(`not one ${type} in ${JSON.stringify(Resources)}`);
  return found;
}

/** The setup in a template. */
export const setupIn = (template: Template) => onlyOne(template, 'Org::Cognito::EmailSetup')[1];
