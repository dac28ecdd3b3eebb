import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { version } from '../package.json';
import { archive, metafile } from './bundle/handler';
import { addHashes } from './release/hashes';
import { readChangelog, releaseProblems } from './release/problems';

/** Puts everything that a version publishes into `build/release/VERSION`, or says why not. */
const root = join(__dirname, '..');
const target = join(root, 'build', 'release', version);
/** Made here and moved when it is whole: a release that fails leaves none. */
const draft = `${target}.draft`;

/** Where each published file comes from. The schema is alone in its folder, as cfn-lint wants it. */
const published: Readonly<Record<string, string>> = {
  'account.yaml': 'deploy/account.yaml',
  'archive-bucket.yaml': 'deploy/archive-bucket.yaml',
  'organisation.yaml': 'deploy/organisation.yaml',
  'resource-role.yaml': 'resource-role.yaml',
  'schema/org-cognito-emailsetup.json': 'schema.json',
  'cfn-lint/registered_types.py': 'deploy/cfn-lint/registered_types.py',
  LICENSE: 'LICENSE',
};

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: there is no release.`);
}

/** What is in the bundle, by what esbuild says it took: nothing that is only installed. */
function billOfMaterials(file: string): void {
  run('npx', ['cyclonedx-esbuild', '--validate', '--output-reproducible', '--output-file', file, metafile]);
  addHashes(file, join(root, 'package-lock.json'));
}

function notes(): string {
  const changelog = readChangelog(root);
  return `${changelog.findRelease(version)?.toString(changelog) ?? ''}\n`;
}

/** One line a file, as `sha256sum --check` takes it. */
function checksums(): string {
  const files = readdirSync(draft, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
  const lines = files.map((file) => {
    const path = join(file.parentPath, file.name);
    const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
    return `${sum}  ${relative(draft, path).split(sep).join('/')}\n`;
  });
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

function release(): void {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  run('npm', ['run', '--silent', 'package']);
  cpSync(archive, join(draft, 'org-cognito-emailsetup.zip'));
  for (const [name, source] of Object.entries(published)) cpSync(join(root, source), join(draft, name));
  billOfMaterials(join(draft, 'sbom.cdx.json'));
  writeFileSync(join(draft, 'NOTES.md'), notes());
  writeFileSync(join(draft, 'SHA256SUMS'), checksums());
  renameSync(draft, target);
}

function main(): void {
  const reasons = releaseProblems(root, version, target);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  try {
    release();
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  process.stdout.write(`build/release/${version}: ${readdirSync(target).sort().join(', ')}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
