import { writeFileSync } from 'node:fs';
import { documents, filled } from './blocks';

/** `npm run docs`: writes the generated parts of every document anew. */
for (const { path, text } of documents()) {
  const now = filled(text);
  if (now === text) continue;
  writeFileSync(path, now);
  process.stdout.write(`${path}\n`);
}
