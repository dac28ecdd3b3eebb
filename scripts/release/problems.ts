import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Changelog, parser } from 'keep-a-changelog';
import { valid } from 'semver';
import { yamlParse } from 'yaml-cfn';

/** Every reason against releasing a version of the project in a folder, each a sentence with what to do; none: go on. */
export function releaseProblems(root: string, version: string, target: string): readonly string[] {
  return [
    ...workingTree(root),
    ...numbers(root, version),
    ...alreadyReleased(root, version, target),
    ...changelog(root, version),
    ...recordings(root, version),
  ];
}

function workingTree(root: string): readonly string[] {
  const { status, stdout, stderr } = git(root, 'status', '--porcelain');
  if (status !== 0) return [`git does not know what has changed (${stderr.trim()}): release from a clone.`];
  const changed = stdout.split('\n').flatMap((line) => (line ? [line.slice(3)] : []));
  if (changed.length === 0) return [];
  const named = changed.slice(0, 3).join(', ') + (changed.length > 3 ? ` and ${changed.length - 3} more` : '');
  return [`The working tree has changes: commit or remove them (${named}).`];
}

function numbers(root: string, version: string): readonly string[] {
  if (valid(version) !== version)
    return [`The version ${version} in package.json is not semantic: write one as 1.2.3.`];
  const text = (file: string) => readFileSync(join(root, file), 'utf8');
  const defaultIn = (file: string) =>
    (yamlParse(text(file)) as { Parameters: { ArchiveVersion: { Default: string } } }).Parameters.ArchiveVersion
      .Default;
  const others = [
    ...['deploy/account.yaml', 'deploy/organisation.yaml'].map(
      (file) => [`The default of ArchiveVersion in ${file}`, defaultIn(file)] as const,
    ),
    ['The version in cdk/package.json', String(JSON.parse(text('cdk/package.json')).version)] as const,
  ];
  return others.flatMap(([what, found]) => (found === version ? [] : [`${what} is ${found}: set it to ${version}.`]));
}

function alreadyReleased(root: string, version: string, target: string): readonly string[] {
  const tag = `v${version}`;
  const reasons: string[] = [];
  if (git(root, 'tag', '--list', tag).stdout.trim() === tag) {
    reasons.push(
      `The tag ${tag} stands already: what was released never changes, so set a new version in package.json.`,
    );
  }
  if (existsSync(target)) {
    reasons.push(`build/release/${version} stands already: set a new version, or delete it if it was never published.`);
  }
  return reasons;
}

function changelog(root: string, version: string): readonly string[] {
  let log: Changelog;
  try {
    log = readChangelog(root);
  } catch (error) {
    return [`CHANGELOG.md is not in the form of Keep a Changelog: ${String(error)}.`];
  }
  const release = log.findRelease(version);
  if (release?.date && !release.isEmpty()) return [];
  return [`CHANGELOG.md says nothing about ${version}: give what is unreleased this version and a date.`];
}

function recordings(root: string, version: string): readonly string[] {
  const recorded = join(root, 'test', 'fixtures', version, 'schema.json');
  if (!existsSync(recorded)) return [`test/fixtures/${version} is missing: run npm run record, and commit it.`];
  if (readFileSync(recorded, 'utf8') === readFileSync(join(root, 'schema.json'), 'utf8')) return [];
  return [`test/fixtures/${version} was recorded before the schema changed: delete it and run npm run record again.`];
}

/** The changelog, parsed. */
export function readChangelog(root: string): Changelog {
  return parser(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
}

function git(root: string, ...args: readonly string[]) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' });
}
