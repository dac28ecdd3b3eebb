import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { JsonObject } from '../emulator/types';

/** What a fresh process is to do: nothing (bare node), load a handler, or let it answer one event. */
export interface ProcessRun {
  readonly handler?: string;
  readonly entry?: string;
  readonly event?: JsonObject;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the handler itself prints its answer: the words before it on its line. */
  readonly printed?: string;
  /** Options of node. */
  readonly options?: readonly string[];
}

/** What the process reports of itself, in milliseconds since its start, and in bytes. */
export interface ProcessReport {
  /** The start on the clock of a profile, in microseconds. */
  readonly origin: number;
  readonly started: number;
  readonly loaded: number;
  readonly answered: number;
  /** How long it waited for AWS. */
  readonly waited: number;
  readonly memory: number;
  readonly answer: JsonObject;
}

/** Starts a fresh process. Returns its report; `total` is the time from its start to its answer, as seen from here. */
export async function runInFreshProcess(
  processRun: ProcessRun,
): Promise<{ readonly total: number; readonly report: ProcessReport }> {
  const { handler, entry, event, environment, printed = 'REPORT', options = [] } = processRun;
  const args = [handler, entry, event && JSON.stringify(event)].filter((word) => word !== undefined);
  const started = performance.now();
  const child = spawn(process.execPath, [...options, join(__dirname, 'processes', 'answer.js'), ...args], {
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const line = new RegExp(`^${printed} (.*)\n`, 'm');
    let answer: { total: number; report: ProcessReport } | undefined;
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = line.exec(output)?.[1];
      if (found === undefined || answer) return;
      answer = { total: performance.now() - started, report: JSON.parse(found) as ProcessReport };
      // A process with options of node's has something to write when it ends.
      if (options.length === 0) child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('exit', () => {
      if (answer) resolve(answer);
      else reject(new Error(`the process ended without an answer: ${output}`));
    });
  });
}
