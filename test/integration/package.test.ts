import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtHandler } from '../../emulator/harness';
import { copyProject, entriesOf, type Project } from '../support/project';

const root = join(__dirname, '..', '..');
const package_ = ['run', '--silent', 'package'];
const archiveOf = (project: Project) => join(project.folder, 'build', 'org-cognito-emailsetup.zip');
const textOf = (entries: ReadonlyMap<string, Uint8Array>, name: string) =>
  Buffer.from(entries.get(`ResourceProvider.zip/${name}`) ?? []).toString();
let project: Project;
let entries: ReadonlyMap<string, Uint8Array>;
beforeAll(() => {
  project = copyProject();
  const { ok, output } = project.run('npm', package_);
  if (!ok) throw new Error(output);
  entries = entriesOf(archiveOf(project));
}, 60_000);
afterAll(() => project.remove());

test('the archive holds the bundle that the tests run, schema, inputs and sources, and nothing else', () => {
  expect(textOf(entries, 'dist/handlers.js')).toBe(readFileSync(builtHandler, 'utf8'));
  const files = [...entries.keys()].filter((name) => !/^(src|inputs)\//.test(name));
  expect(files).toEqual([
    '.cfn_metadata.json',
    '.rpdk-config',
    'ResourceProvider.zip/LICENSES.txt',
    'ResourceProvider.zip/dist/handlers.js',
    'schema.json',
  ]);
  for (const folder of ['src', 'inputs']) {
    const wanted = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    expect([...entries.keys()].filter((name) => name.startsWith(`${folder}/`))).toHaveLength(wanted.length);
  }
});

test('the source map is beside the archive, and leads from the bundle to the sources', () => {
  const map = JSON.parse(readFileSync(join(project.folder, 'build', 'handlers.js.map'), 'utf8'));
  expect(map.sources.some((source: string) => source.endsWith('src/domain/plan/decide.ts'))).toBe(true);
  expect(textOf(entries, 'dist/handlers.js')).not.toContain('sourceMappingURL');
});

test('the licence of everything that is bundled is in the archive', () => {
  const licences = textOf(entries, 'LICENSES.txt');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries(dependencies)) {
    expect(licences).toMatch(new RegExp(`^${name.replace('/', '\\/')} ${version} \\(.+\\)$`, 'm'));
  }
  for (const words of ['Apache License\n', 'Permission is hereby granted', '@smithy/core ', 'reflect-metadata ']) {
    expect(licences).toContain(words);
  }
});

test('nothing that looks for credentials, and no AWS SDK v2, is in the bundle', () => {
  const text = textOf(entries, 'dist/handlers.js');
  for (const words of ['AWS_WEB_IDENTITY_TOKEN_FILE', '169.254.170.2', 'apiVersions', 'GetIntrinsic']) {
    expect(text).not.toContain(words);
  }
});

test('the same sources give the same bytes, at another time and in another place', () => {
  const other = copyProject();
  try {
    expect(other.run('npm', package_, { TZ: 'Asia/Tokyo' })).toMatchObject({ ok: true });
    expect(Buffer.compare(readFileSync(archiveOf(other)), readFileSync(archiveOf(project)))).toBe(0);
  } finally {
    other.remove();
  }
}, 60_000);

test.each(['package', 'build'])(
  'npm run %s that fails says so, and leaves nothing of an earlier one',
  (script) => {
    const other = copyProject();
    const built = ['org-cognito-emailsetup.zip', 'TypeFunction', 'handlers.js.map'].map((n) =>
      join(other.folder, 'build', n),
    );
    try {
      expect(other.run('npm', package_)).toMatchObject({ ok: true });
      expect(built.map((path) => existsSync(path))).toEqual([true, true, true]);
      writeFileSync(
        join(other.folder, 'src', 'model.ts'),
        "import { nothing } from './nowhere';\nexport { nothing };\n",
      );
      const { ok, output } = other.run('npm', ['run', '--silent', script]);
      expect(ok).toBe(false);
      expect(output).toMatch(/The build failed.*Could not resolve "\.\/nowhere"/s);
      expect(built.map((path) => existsSync(path))).toEqual([false, false, false]);
    } finally {
      other.remove();
    }
  },
  60_000,
);

test('a build that changes nothing leaves the bundle and the archive as they are, and takes away what is not its own', () => {
  const other = copyProject();
  try {
    expect(other.run('npm', package_)).toMatchObject({ ok: true });
    const built = join(other.folder, 'build', 'TypeFunction', 'dist', 'handlers.js');
    const then = statSync(built).mtimeMs;
    const build = () => other.run('npm', ['run', '--silent', 'build']);
    expect(build()).toMatchObject({ ok: true });
    expect([existsSync(archiveOf(other)), statSync(built).mtimeMs]).toEqual([true, then]);
    writeFileSync(join(other.folder, 'build', 'TypeFunction', 'left.js'), '');
    expect(build()).toMatchObject({ ok: true });
    expect(existsSync(join(other.folder, 'build', 'TypeFunction', 'left.js'))).toBe(false);
    expect(build()).toMatchObject({ ok: true });
    writeFileSync(join(other.folder, 'src', 'handlers.ts'), 'export const entrypoint = 1;\n');
    expect(build()).toMatchObject({ ok: true });
    expect(existsSync(archiveOf(other))).toBe(false);
    expect(statSync(built).size).toBeLessThan(1000);
  } finally {
    other.remove();
  }
}, 60_000);
