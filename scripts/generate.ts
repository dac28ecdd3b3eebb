import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generators } from './generate/generators';
import { staleFiles } from './generate/stale-files';

/** `npm run generate`: writes everything anew that is made from other files of the repository. */
const root = join(__dirname, '..');
for (const { path, text } of staleFiles(generators)) {
  writeFileSync(path, text);
  process.stdout.write(`${relative(root, path)}\n`);
}
