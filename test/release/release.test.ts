import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { version } from '../../package.json';
import { entriesOf } from '../support/project';

const root = join(__dirname, '..', '..');
let clone: string;
const target = () => join(clone, 'build', 'release', version);

function run(program: string, ...args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: clone, encoding: 'utf8' });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

function git(...args: readonly string[]): void {
  const { ok, output } = run('git', '-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args);
  if (!ok) throw new Error(output);
}

const release = () => run('npm', 'run', '--silent', 'release');
const read = (file: string) => readFileSync(join(target(), file), 'utf8');
function replace(file: string, from: string | RegExp, to: string): void {
  const path = join(clone, file);
  const text = readFileSync(path, 'utf8');
  if (text.replace(from, to) === text) throw new Error(`${file} has nothing to replace`);
  rmSync(path);
  appendFileSync(path, text.replace(from, to));
}

/** The working tree as it is, in a repository of its own: a release in it disturbs nobody. */
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'release-'));
  const left = /^(build|\.venv|\.git)$|(^|\/)(node_modules|cdk\.out)$/;
  const filter = (path: string) => !left.test(relative(root, path));
  cpSync(root, clone, { recursive: true, filter, verbatimSymlinks: true });
  git('init', '--quiet');
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'dir');
  // .gitignore means the folder, not a link to it.
  appendFileSync(join(clone, '.git', 'info', 'exclude'), 'node_modules\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'as it is');
  git('tag', 'before-any-test');
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Whatever a test did to the clone is undone before the next one. */
beforeEach(() => {
  rmSync(join(clone, 'build'), { recursive: true, force: true });
  git('reset', '--quiet', '--hard', 'before-any-test');
  git('clean', '--quiet', '--force', '-d');
});

describe('a release', () => {
  test('is one folder with everything that is published, and its checksums', () => {
    expect(release()).toMatchObject({ ok: true });
    const files = readdirSync(target(), { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
    const names = files.map((file) => relative(target(), join(file.parentPath, file.name))).sort();
    expect(names).toEqual([
      'LICENSE',
      'NOTES.md',
      'SHA256SUMS',
      'account.yaml',
      'archive-bucket.yaml',
      'cfn-lint/registered_types.py',
      'org-cognito-emailsetup.zip',
      'organisation.yaml',
      'resource-role.yaml',
      'sbom.cdx.json',
      'schema/org-cognito-emailsetup.json',
    ]);
    const sum = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(target(), name)))
        .digest('hex');
    const listed = names.filter((name) => name !== 'SHA256SUMS').map((name) => `${sum(name)}  ${name}`);
    expect(read('SHA256SUMS').trim().split('\n')).toEqual(listed);
    for (const name of ['account.yaml', 'archive-bucket.yaml', 'organisation.yaml']) {
      expect(read(name)).toBe(readFileSync(join(root, 'deploy', name), 'utf8'));
    }
    expect(JSON.parse(read('schema/org-cognito-emailsetup.json')).typeName).toBe('Org::Cognito::EmailSetup');
    expect(readdirSync(join(clone, 'build', 'release'))).toEqual([version]);

    const { bomFormat, metadata, components } = JSON.parse(read('sbom.cdx.json'));
    expect([bomFormat, metadata.component.name, metadata.component.version]).toEqual([
      'CycloneDX',
      'org-cognito-emailsetup',
      version,
    ]);
    const inBill = (components as { group?: string; name: string; version: string }[]).map(
      ({ group, name, version: its }) => `${group ? `${group}/` : ''}${name} ${its}`,
    );
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    for (const { group, name, hashes } of components) {
      const integrity = packages[`node_modules/${group ? `${group}/` : ''}${name}`].integrity;
      const [{ alg, content }] = hashes;
      expect([alg, `sha512-${Buffer.from(content, 'hex').toString('base64')}`]).toEqual(['SHA-512', integrity]);
    }
    const licences = entriesOf(join(target(), 'org-cognito-emailsetup.zip')).get('ResourceProvider.zip/LICENSES.txt');
    const inArchive = [
      ...Buffer.from(licences ?? [])
        .toString()
        .matchAll(/^(\S+ \d\S+) \(.+\)$/gm),
    ].map(([, name]) => name);
    expect(inArchive.length).toBeGreaterThan(10);
    expect(inBill.sort()).toEqual(inArchive.sort());

    expect(read('NOTES.md')).toMatch(new RegExp(`^## ${version} - \\d{4}-\\d{2}-\\d{2}\\n### Added\\n- `));
    expect(read('NOTES.md').match(/^## /gm)).toHaveLength(1);

    const again = release();
    expect(again).toEqual({ ok: false, output: expect.stringContaining(`build/release/${version} stands already`) });
  }, 90_000);

  test('is refused where its version has a tag', () => {
    git('tag', `v${version}`);
    const { ok, output } = release();
    git('tag', '--delete', `v${version}`);
    expect([ok, output]).toEqual([false, expect.stringContaining(`The tag v${version} stands already`)]);
    expect(existsSync(target())).toBe(false);
  });

  test.each([
    ['changed', 'README.md'],
    ['new', 'src/new.ts'],
  ])('is refused where a file is %s and not committed, which is named', (_how, file) => {
    appendFileSync(join(clone, file), '\n');
    const { ok, output } = release();
    expect([ok, output.trim()]).toEqual([false, `The working tree has changes: commit or remove them (${file}).`]);
    expect(existsSync(target())).toBe(false);
  });

  test('of a version that only package.json knows is refused with every reason at once', () => {
    replace('package.json', `"version": "${version}"`, '"version": "99.0.0"');
    git('commit', '--quiet', '--all', '--message', 'a new version');
    const { ok, output } = release();
    expect(ok).toBe(false);
    expect(output.trim().split('\n')).toEqual([
      `The default of ArchiveVersion in deploy/account.yaml is ${version}: set it to 99.0.0.`,
      `The default of ArchiveVersion in deploy/organisation.yaml is ${version}: set it to 99.0.0.`,
      `The version in cdk/package.json is ${version}: set it to 99.0.0.`,
      'CHANGELOG.md says nothing about 99.0.0: give what is unreleased this version and a date.',
      'test/fixtures/99.0.0 is missing: run npm run record, and commit it.',
    ]);
  });

  test('is refused where the version is not semantic, the changelog cannot be read, or the schema changed after it was recorded', () => {
    replace('package.json', `"version": "${version}"`, '"version": "1.0"');
    replace('CHANGELOG.md', '### Added', '### Whatever');
    git('commit', '--quiet', '--all', '--message', 'odd');
    expect(release().output).toMatch(
      /^The version 1\.0 .* is not semantic: .*\nCHANGELOG\.md is not in the form of .*\n/,
    );
    git('reset', '--quiet', '--hard', 'before-any-test');
    replace('schema.json', '"maxLength": 55', '"maxLength": 54');
    git('commit', '--quiet', '--all', '--message', 'another schema');
    expect(release().output.trim()).toBe(
      `test/fixtures/${version} was recorded before the schema changed: delete it and run npm run record again.`,
    );
  });

  test('that fails on its way leaves no folder', () => {
    replace('src/handlers.ts', /^/, 'this is no TypeScript;\n');
    git('commit', '--quiet', '--all', '--message', 'broken');
    expect(release()).toEqual({ ok: false, output: expect.stringContaining('there is no release') });
    expect(readdirSync(join(clone, 'build', 'release'))).toEqual([]);
  });
});
