import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes the handler's bundle where `template.yml` and `.rpdk-config` look for it. */
const root = join(__dirname, '..');
const folder = join(root, 'build', 'TypeFunction');
const noSdkV2 = join(root, 'src', 'runtime', 'no-sdk-v2.ts');

async function main(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'src', 'handlers.ts')],
    outfile: join(folder, 'dist', 'handlers.js'),
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // The library derives error codes from class names.
    keepNames: true,
    alias: {
      'aws-sdk/clients/all': noSdkV2,
      'aws-sdk/clients/s3': noSdkV2,
      'aws-sdk/clients/cloudwatch': noSdkV2,
      'aws-sdk/clients/cloudwatchlogs': noSdkV2,
    },
    logLevel: 'warning',
  });
}

main().catch(() => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = 1;
});
