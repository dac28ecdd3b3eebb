import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes what `npm pack` in `cdk/` takes: the construct with the type's checks in one file, and its types. */
const root = join(__dirname, '..');
const cdk = join(root, 'cdk');
const dist = join(cdk, 'dist');
const types = join(root, 'build', 'cdk-types');

async function main(): Promise<void> {
  for (const folder of [dist, types]) rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [join(cdk, 'src', 'index.ts')],
    outfile: join(dist, 'index.js'),
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['aws-cdk-lib', 'constructs'],
    logLevel: 'warning',
  });
  const { status } = spawnSync('npx', ['tsc', '-p', cdk], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the types of the construct could not be made');
  // The public types use nothing of the type's own sources, which are in the bundle.
  for (const name of ['index.d.ts', 'email-setup.d.ts', 'props.d.ts'])
    copyFileSync(join(types, 'cdk', 'src', name), join(dist, name));
  copyFileSync(join(root, 'LICENSE'), join(cdk, 'LICENSE'));
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  rmSync(dist, { recursive: true, force: true });
  process.exitCode = 1;
});
