import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coldStart } from './figures/cold-start';
import { fifty } from './figures/fifty';
import { invocation } from './figures/invocation';
import { listPages } from './figures/list-pages';
import { trips } from './figures/round-trips';
import { sesPace } from './figures/ses-pace';
import { size } from './figures/size';
import { markdown, remarks, terminalTable } from './report';
import type { Figure, Row } from './row';
import { makeShipped } from './shipped';

const figures: Readonly<Record<string, Figure>> = {
  size,
  'cold-start': coldStart,
  invocation,
  'round-trips': trips,
  'ses-pace': sesPace,
  list: listPages,
  fifty,
};

/** `npm run bench`: one table of all figures, kept in `docs/performance.md`; `npm run bench -- size list`: of some. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(figures, name));
  if (unknown.length > 0) {
    throw new Error(`No figure is named ${unknown.join(' or ')}: name some of ${Object.keys(figures).join(', ')}.`);
  }
  makeShipped();
  const rows: Row[] = [];
  for (const [name, figure] of Object.entries(figures)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await figure()));
  }
  const said = [`Node ${process.version}`, terminalTable(rows), ...remarks(rows)];
  process.stdout.write(`${said.join('\n')}\n`);
  if (names.length > 0) return;
  const docs = join(__dirname, '..', 'docs');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, 'performance.md'), markdown(rows, 'npm run bench'));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
