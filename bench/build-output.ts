import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtHandler } from '../emulator/harness';

const root = join(__dirname, '..');

/** The folder whose content the registry's archive carries. */
export const packed = join(root, 'build', 'TypeFunction');

/** The bundle's source map. */
export const sourceMap = join(root, 'build', 'handlers.js.map');

/** What the registry takes. */
export const archive = join(root, 'build', 'org-cognito-emailsetup.zip');

/** Makes archive and bundle where they are missing: benchmarks measure what ships. Throws where packaging fails. */
export function ensureBuilt(): void {
  if (existsSync(archive) && existsSync(builtHandler)) return;
  const { status } = spawnSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm run package failed: fix it first, the bench measures what it makes.');
}
