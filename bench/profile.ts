import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Errand, fresh } from './fresh';

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { functionName: string; url: string } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Says in words, from a profile, what the processor does in a fresh process on an errand. */
export async function whatIsRun(errand: Errand): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    await fresh({ ...errand, options: ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder] });
    const [file = ''] = readdirSync(folder);
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    const parts = new Map<string, number>();
    for (const [index, id] of samples.entries()) {
      const frame = frames.get(id);
      const part = frame && partOf(frame, errand.handler);
      if (part) parts.set(part, (parts.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
    }
    const sorted = [...parts].sort(([, one], [, other]) => other - one);
    return sorted.map(([part, spent]) => `${part} ${spent.toFixed(0)} ms`).join(', ');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function partOf({ functionName, url }: { functionName: string; url: string }, handler = ''): string | undefined {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === 'wrapSafe' || functionName === 'compileFunctionForCJSLoader') return 'compiling the bundle';
  if (/^compileForInternal|^compileFunction/.test(functionName)) return "compiling node's own modules";
  if (handler !== '' && url.endsWith(handler)) return "the bundle's code";
  return "node's own code";
}
