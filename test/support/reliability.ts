import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', '..', 'build', 'reliability');

/** Notes what was tried and held, for the table in `docs/reliability.md`. */
export function record(what: string, count: number, how: string): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, 'held.jsonl'), `${JSON.stringify({ what, count, how })}\n`);
}
