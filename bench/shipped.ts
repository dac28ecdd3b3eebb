import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** The folder whose content the registry's archive carries, and the bundle in it. */
export const packed = join(root, 'build', 'TypeFunction');
export const bundle = join(packed, 'dist', 'handlers.js');

/** Where the bundle's parts come from; made beside it. */
export const map = join(root, 'build', 'handlers.js.map');

/** What the registry takes. */
export const archive = join(root, 'build', 'org-cognito-emailsetup.zip');

/** Makes archive and bundle where they are missing: the figures are those of what ships. */
export function makeShipped(): void {
  if (existsSync(archive) && existsSync(bundle)) return;
  const { status } = spawnSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm run package failed: mend it first, the bench measures what it makes.');
}
