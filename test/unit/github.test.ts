import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion, satisfies } from 'semver';
import { yamlParse } from 'yaml-cfn';
import { engines, scripts } from '../../package.json';

const root = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder)).map((name) => ({ name, text: read(`${folder}/${name}`) }));
const all = workflows.map(({ text }) => text).join('\n');
const { jobs } = yamlParse(read(`${folder}/ci.yml`)) as {
  jobs: Record<'verify' | 'test', { strategy: { matrix: { node: readonly number[] } } }>;
};

test.each(workflows)('each action of $name is pinned by its commit, with its version beside it', ({ text }) => {
  const uses = [...text.matchAll(/\buses: *(.*)$/gm)].map(([, action = '']) => action);
  const pinned = /^(\.\/.+|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
  expect(uses.filter((action) => !pinned.test(action))).toEqual([]);
  expect(uses.length).toBeGreaterThan(0);
});

test('one version of an action has one commit', () => {
  const pins = new Set([...all.matchAll(/\buses: *([\w-]+\/.*)$/gm)].map(([, pin]) => pin));
  const actions = new Set([...pins].map((pin) => pin?.split('@')[0]));
  expect(pins.size).toBe(actions.size);
});

test('every script that a workflow runs is one of package.json', () => {
  const called = [...all.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
  expect(called.filter((name) => !(name in scripts))).toEqual([]);
});

test('every folder of tests is run', () => {
  const withScripts = all.replaceAll(/npm run ([\w:-]+)/g, (_, name: keyof typeof scripts) => scripts[name]);
  const run = [...withScripts.matchAll(/\bjest ((?:test\/\w+ ?)+)/g)].flatMap(([, paths = '']) =>
    paths.trim().split(' '),
  );
  const folders = readdirSync(join(root, 'test')).filter((name) =>
    readdirSync(join(root, 'test'), { recursive: true }).some(
      (file) => String(file).startsWith(`${name}/`) && String(file).endsWith('.test.ts'),
    ),
  );
  // The unit tests are a part of this one.
  expect(all).toContain('npm run verify');
  expect([...run, 'test/unit'].sort()).toEqual(folders.map((name) => `test/${name}`).sort());
});

test('the Nodes that it runs on begin with the oldest that the package promises, and have the one of .nvmrc', () => {
  const { verify, test } = jobs;
  const { node } = verify.strategy.matrix;
  expect(test.strategy.matrix.node).toEqual(node);
  expect(minVersion(engines.node)?.major).toBe(Math.min(...node));
  expect(node.every((version) => satisfies(`${version}.0.0`, engines.node))).toBe(true);
  expect(node).toContain(Number(read('.nvmrc')));
});

test('the files of the project that a comment there names stand', () => {
  const named = [...(all + read('.github/dependabot.yml')).matchAll(/\b(?:src|docs|test)\/[\w/-]+\.[a-z]+\b/g)];
  expect(named.map(([file]) => file).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(named.length).toBeGreaterThan(0);
});
