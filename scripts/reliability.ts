import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withParts } from './generate/documents';

const root = join(__dirname, '..');
const folder = join(root, 'build', 'reliability');
/** What the tests append to, whichever of them run. */
const held = join(folder, 'held.jsonl');
/** What a whole run of `npm test` ended with. */
const lastRun = join(folder, 'last-run.jsonl');
const page = join(root, 'docs', 'reliability.md');

/** What was tried so often in a run, and held. */
export interface Tried {
  readonly what: string;
  readonly count: number;
  readonly how: string;
}

/** Forgets what the tests have counted before. */
export function forgetCounts(): void {
  rmSync(held, { force: true });
}

/**
 * Keeps what the tests of a whole run have counted, for `npm run reliability`. Answers how the page differs from it. A run that
 * is told to try more than usual says nothing about the page.
 */
export function keepCounts(): readonly string[] {
  if (process.env['SOAK'] || process.env['SOAK_MINUTES']) return [];
  if (!existsSync(held)) return ['no test has counted what it tried'];
  copyFileSync(held, lastRun);
  return differences(rowsIn(readFileSync(page, 'utf8')), summed(readFileSync(lastRun, 'utf8')));
}

/** One row for each thing that was tried, out of one JSON line for each test that tried it, in whatever order they ran. */
export function summed(lines: string): readonly Tried[] {
  const all = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Tried);
  const names = [...new Set(all.map(({ what }) => what))].sort();
  return names.map((name) => {
    const same = all.filter(({ what }) => what === name);
    const ways = [...new Set(same.map(({ how }) => how))].sort();
    return { what: name, count: same.reduce((sum, { count }) => sum + count, 0), how: ways.join('; ') };
  });
}

/** The rows of the page's table. */
export function rowsIn(text: string): readonly Tried[] {
  const rows = text.matchAll(/^\| ([^|]+) \| (\d+) \| ([^|]+) \|$/gm);
  return [...rows].map(([, what = '', count, how = '']) => ({ what, count: Number(count), how }));
}

/**
 * How the page differs from a run. A case that is repeated because the machine stood still may count twice: a count may
 * be up to a tenth above the page's, and never below it.
 */
export function differences(page: readonly Tried[], run: readonly Tried[]): readonly string[] {
  const names = [...new Set([...page, ...run].map(({ what }) => what))];
  return names.flatMap((name) => {
    const [told, found] = [page, run].map((rows) => rows.find(({ what }) => what === name));
    if (!found) return [`${name}: the page has it, and no test has tried it`];
    if (!told) return [`${name}: tried ${found.count} times, and the page does not have it`];
    if (told.how !== found.how) return [`${name}: the page says "${told.how}", the test "${found.how}"`];
    const isClose = found.count >= told.count && found.count <= told.count * 1.1;
    return isClose ? [] : [`${name}: tried ${found.count} times, and the page says ${told.count}`];
  });
}

function table(): string {
  const rows = summed(readFileSync(lastRun, 'utf8'));
  const lines = rows.map(({ what, count, how }) => `| ${what} | ${count} | ${how} |`);
  return ['| Tried | Times | What it is |', '|---|---|---|', ...lines].join('\n');
}

/** `npm run reliability`: writes the table of docs/reliability.md. */
function main(): void {
  if (!existsSync(lastRun)) {
    process.stderr.write('There are no counts of a whole run yet: run npm test first.\n');
    process.exitCode = 1;
    return;
  }
  writeFileSync(page, withParts(readFileSync(page, 'utf8'), 'reliability', new Map([['counts', table]])));
}

if (require.main === module) main();
