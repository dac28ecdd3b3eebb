import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceMap } from './build-output';
import { type ProcessRun, runInFreshProcess } from './fresh-process';

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
}

type Moment = 'started' | 'loaded' | 'answered';

/** Parts that are named one by one; the others are small. */
const named = 8;

/** Profiles a fresh process. Returns the largest shares of its processor time between two moments, as text. */
export async function profileSummary(processRun: ProcessRun, from: Moment, to: Moment): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    const { report } = await runInFreshProcess({
      ...processRun,
      options: ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder],
    });
    const [file = ''] = readdirSync(folder);
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    const within = { from: report.origin + report[from] * 1000, to: report.origin + report[to] * 1000 };
    return sharesOf(profile, within, processRun.handler);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shares and no times: a process that is profiled is slower. */
function sharesOf(
  { nodes, samples, timeDeltas, startTime }: Profile,
  within: { readonly from: number; readonly to: number },
  handler: string | undefined,
): string {
  const sources = existsSync(sourceMap) ? new SourceMap(JSON.parse(readFileSync(sourceMap, 'utf8'))) : undefined;
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame, handler, sources)]));
  const spent = new Map<string, number>();
  let all = 0;
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const part = parts.get(id);
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    if (part === undefined || at < within.from || at > within.to) continue;
    spent.set(part, (spent.get(part) ?? 0) + delta);
    all += delta;
  }
  const sorted = [...spent].sort(([, one], [, other]) => other - one).slice(0, named);
  return sorted.map(([part, time]) => `${part} ${((100 * time) / all).toFixed(0)} %`).join(', ');
}

function partOf(frame: Frame, handler: string | undefined, sources: SourceMap | undefined): string | undefined {
  const { functionName, url, lineNumber, columnNumber } = frame;
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (/^wrapSafe$|^compileFunctionForCJSLoader$/.test(functionName)) return 'compiling';
  if (functionName.startsWith('compileForInternal')) return "compiling node's own modules";
  if (handler === undefined || !url.endsWith(handler)) return "node's own code";
  const entry = sources?.findEntry(lineNumber, columnNumber);
  const source = entry && 'originalSource' in entry ? entry.originalSource : undefined;
  // What runs when the bundle is loaded is one function, of all packages together.
  if (!source) return 'the bundle as a whole';
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? 'our own code';
  // Its source map leads to a folder beside its own.
  return name === 'src' ? 'class-transformer' : name;
}
