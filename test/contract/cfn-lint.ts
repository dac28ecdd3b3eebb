import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../emulator/types';
import type { Count } from '../../scripts/count';
import { pythonEnvironment } from '../../scripts/python-environment';
import { templateFiles } from '../support/templates';
import { mistakes } from './mistakes';

const root = join(__dirname, '..', '..');
const folder = join(root, 'build', 'cfn-lint');

interface Finding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[]; readonly Start: { readonly LineNumber: number } };
}

/**
 * cfn-lint with this type's schema registered: no finding in any template of the repository, and in each template with
 * one mistake that one, and nothing anywhere else.
 */
export function lintTemplates(): Count {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['schemas', 'mistakes']) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(root, 'schema.json'), join(folder, 'schemas', 'org-cognito-emailsetup.json'));
  const counts = [lintRepository(), lintMistakes()];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function lintRepository(): Count {
  const files = templateFiles();
  const findings = lint(files);
  for (const { Filename, Message, Rule, Location } of findings) {
    process.stdout.write(`${Filename}:${Location.Start.LineNumber} ${Rule.Id} ${Message}\n`);
  }
  const failed = new Set(findings.map(({ Filename }) => Filename)).size;
  return reportCount('templates without a finding', { passed: files.length - failed, failed });
}

function lintMistakes(): Count {
  const all = mistakes().map((mistake, index) => ({ ...mistake, file: join(folder, 'mistakes', `${index}.json`) }));
  for (const { file, properties } of all) writeFileSync(file, JSON.stringify(template(properties)));
  const findings = lint(all.map(({ file }) => file));
  const missed = all.filter(({ file, rule, at, name }) => {
    const found = findings.filter(({ Filename }) => Filename === file);
    const isFound =
      found.some(({ Rule }) => Rule.Id === rule) && found.every(({ Location }) => Location.Path.at(-1) === at);
    if (!isFound) {
      const messages = found.map(({ Rule, Message }) => `${Rule.Id} ${Message}`).join('; ');
      process.stdout.write(`${name}: expected ${rule}, cfn-lint found ${messages || 'nothing'}\n`);
    }
    return !isFound;
  });
  return reportCount('mistakes found', { passed: all.length - missed.length, failed: missed.length });
}

function template(Properties: JsonObject): JsonObject {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { EmailSetup: { Type: 'Org::Cognito::EmailSetup', Properties } },
  };
}

function lint(files: readonly string[]): readonly Finding[] {
  const args = ['-s', join(folder, 'schemas'), '-a', join(root, 'deploy', 'cfn-lint'), '-f', 'json', '-t', ...files];
  // The rule is Python in a folder that is released: no bytecode beside it.
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout, stderr } = spawnSync(join(pythonEnvironment(), 'cfn-lint'), args, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    return JSON.parse(stdout) as readonly Finding[];
  } catch {
    throw new Error(`cfn-lint did not run: ${stderr || stdout}`);
  }
}

function reportCount(what: string, count: Count): Count {
  process.stdout.write(`cfn-lint, ${what}: ${count.passed} passed, ${count.failed} failed\n`);
  return count;
}
