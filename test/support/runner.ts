import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../local-stack/arguments';
import type { Report } from '../../local-stack/report';
import { runTemplate } from '../../local-stack/run-template';
import type { StackResources } from '../../local-stack/stack';
import type { TestHarness } from './harness';

/** How the run of a template has ended. */
export interface OperationResult {
  readonly lines: readonly string[];
  /** What was not as declared, each with why. */
  readonly failures: readonly string[];
  readonly stack: StackResources;
}

/** Runs a template as `npm start -- ARGUMENTS` does, on this harness. */
export async function runOn(harness: TestHarness, ...args: readonly string[]): Promise<OperationResult> {
  const { file, region, parameters, update } = parseArguments(args);
  if (file === undefined) throw new Error('a test names its template');
  const lines: string[] = [];
  const failures: string[] = [];
  const report: Report = {
    failures,
    line: (text) => void lines.push(text),
    heading: (text) => void lines.push(text),
    check: (what, holds, otherwise = '') => void (holds || failures.push(`${what}: ${otherwise}`)),
  };
  const table = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const site = { aws: harness.aws, region, caller: harness.caller(region), report };
    const stack = await runTemplate(site, { file, parameters, update });
    return { lines, failures, stack };
  } finally {
    table.mockRestore();
  }
}

/** Writes a template into a folder of its own. Returns its path. */
export function templateFile(text: string, name = 'template.yaml'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'template-')), name);
  writeFileSync(file, text);
  return file;
}
