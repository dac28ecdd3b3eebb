import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const folder = join(root, '.venv');
const requirements = join(root, 'test', 'contract', 'requirements.txt');

/** Makes sure that `.venv` holds what `requirements.txt` pins. Answers the folder of its programs. */
export function pythonEnvironment(): string {
  const bin = join(folder, 'bin');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = join(folder, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return bin;
  const python = findPython();
  rmSync(folder, { recursive: true, force: true });
  execFileSync(python, ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', requirements], {
    stdio: 'inherit',
  });
  writeFileSync(stamp, wanted);
  return bin;
}

/** A Python of 3.11 or newer that has `venv`; throws a sentence where there is none. */
function findPython(): string {
  const probe = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 11) else 1)';
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    if (spawnSync(name, ['-c', probe], { stdio: 'ignore' }).status === 0) return name;
  }
  throw new Error(
    'Python 3.11 or newer with venv is needed here: install it (Debian: apt-get install python3-venv), then run this again.',
  );
}
