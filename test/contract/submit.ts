import { join } from 'node:path';
import type { Count } from '../../scripts/count';
import { pythonEnvironment } from '../../scripts/python-environment';
import { copyProject, entriesOf } from '../support/project';

/** `cfn submit --dry-run` runs the build of `.rpdk-config` and packs the very files that `npm run package` packs. */
export function submit(): Count {
  const project = copyProject();
  try {
    const ours = project.run('npm', ['run', '--silent', 'package']);
    if (!ours.ok) return reportCount('npm run package', ours.output);
    const packed = entriesOf(join(project.folder, 'build', 'org-cognito-emailsetup.zip'));
    const cli = project.run(join(pythonEnvironment(), 'cfn'), ['submit', '--dry-run']);
    if (!cli.ok) return reportCount('cfn submit --dry-run', cli.output);
    const expected = entriesOf(join(project.folder, 'org-cognito-emailsetup.zip'));
    const names = [...new Set([...packed.keys(), ...expected.keys()])];
    const differing = names.filter((name) => !same(packed.get(name), expected.get(name)));
    return reportCount(`cfn submit --dry-run: ${expected.size} files`, differing.join('\n'));
  } finally {
    project.remove();
  }
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;
}

/** One test, failed where there is something to complain about. */
function reportCount(what: string, complaint: string): Count {
  process.stdout.write(`${what}${complaint ? `, not as packed: ${complaint}` : ', each as packed'}\n`);
  return complaint ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
}
