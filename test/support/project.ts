import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

const root = join(__dirname, '..', '..');
const shipped = ['.rpdk-config', 'inputs', 'package.json', 'schema.json', 'scripts', 'src', 'tsconfig.json'];

/** A copy of what is needed for packaging: builds in it disturb nobody who uses `build/` meanwhile. */
export interface Project {
  readonly folder: string;
  /** Runs a program in the copy. */
  run(program: string, args: readonly string[], environment?: Record<string, string>): { ok: boolean; output: string };
  remove(): void;
}

/** Copies the project. */
export function copyProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  for (const name of shipped) cpSync(join(root, name), join(folder, name), { recursive: true });
  cpSync(join(root, 'schema.json'), join(folder, 'org-cognito-emailsetup.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return {
    folder,
    run: (program, args, environment = {}) => {
      const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, ...environment } } as const;
      const { status, stdout, stderr } = spawnSync(program, args, options);
      return { ok: status === 0, output: `${stdout}${stderr}` };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The entries of an archive by name; those of the archive within it as `ResourceProvider.zip/…`. */
export function entriesOf(archive: string): ReadonlyMap<string, Uint8Array> {
  const outer = Object.entries(unzipSync(readFileSync(archive)));
  const all = outer.flatMap(([name, bytes]) =>
    name === 'ResourceProvider.zip'
      ? Object.entries(unzipSync(bytes)).map(([inner, content]) => [`${name}/${inner}`, content] as const)
      : [[name, bytes] as const],
  );
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}
