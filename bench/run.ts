import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coldStart } from './benchmarks/cold-start';
import { fiftyStacks } from './benchmarks/fifty-stacks';
import { invocation } from './benchmarks/invocation';
import { listPages } from './benchmarks/list-pages';
import { trips } from './benchmarks/round-trips';
import { sesPace } from './benchmarks/ses-pace';
import { size } from './benchmarks/size';
import { ensureBuilt } from './build-output';
import { markdown, remarks, terminalTable } from './report';
import type { Benchmark, Row } from './row';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  size,
  'cold-start': coldStart,
  invocation,
  'round-trips': trips,
  'ses-pace': sesPace,
  list: listPages,
  fifty: fiftyStacks,
};

/** `npm run bench`: one table of all benchmarks, kept in `docs/performance.md`; `npm run bench -- size list`: of some. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) {
    throw new Error(
      `No benchmark is named ${unknown.join(' or ')}: name some of ${Object.keys(benchmarks).join(', ')}.`,
    );
  }
  ensureBuilt();
  const rows: Row[] = [];
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await benchmark()));
  }
  const report = [`Node ${process.version}`, terminalTable(rows), ...remarks(rows)];
  process.stdout.write(`${report.join('\n')}\n`);
  if (names.length > 0) return;
  const docs = join(__dirname, '..', 'docs');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, 'performance.md'), markdown(rows, 'npm run bench'));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
