import type { JsonObject } from '../../emulator/types';
import { addPoolFor, type BenchHarness, simplest, startBenchHarness } from '../harness';
import { type Benchmark, bytes, type Row, seconds } from '../row';

/** CloudFormation gives a page this long. */
const allowed = 30;
const readsPerSecond = 15;

/** List over growing numbers of pools, page by page, where Cognito takes 15 reads a second. */
export const listPages: Benchmark = async () => {
  const rows: Row[] = [];
  for (const pools of [10, 100, 1000]) rows.push(...(await rowsOf(pools)));
  return rows;
};

async function rowsOf(pools: number): Promise<readonly Row[]> {
  const harness = await startBenchHarness();
  try {
    const { region } = simplest;
    const properties = addPoolFor(harness, simplest);
    await harness.succeed(region, { action: 'CREATE', properties });
    for (let more = 1; more < pools; more += 1) harness.aws.region(region).cognito.addPool(settings);
    const { pages, memory, found, reads } = await pagesOf(harness, region);
    if (found.length !== 1) throw new Error(`List found ${found.length} setups among ${pools} pools, there is one`);
    const longest = Math.max(...pages);
    const [halfway = 0, last = 0] = [memory[Math.floor((memory.length - 1) / 2)], memory.at(-1)];
    const sum = pages.reduce((all, page) => all + page, 0);
    return [
      {
        name: `List over ${pools} pools: longest page of ${pages.length}`,
        measured: seconds(longest),
        baseline: { ...seconds(allowed), what: 'what CloudFormation gives a page' },
        aim: { text: 'well within', met: longest < allowed / 2 },
        note: `${reads} reads at ${readsPerSecond} a second are ${(reads / readsPerSecond).toFixed(1)} s, all pages took ${sum.toFixed(1)} s`,
        spent: `A page is one ListUserPools and a DescribeUserPool for each of its pools, at ${readsPerSecond} a second.`,
      },
      {
        name: `List over ${pools} pools: memory after the last page`,
        measured: bytes(last),
        // Node's heap takes some pages to find its size.
        baseline: { ...bytes(halfway), what: 'after half of the pages' },
        aim: { text: 'flat', met: last < halfway * 1.15 },
        spent: `After each page, in MB: ${memory.map((held) => (held / 1e6).toFixed(0)).join(', ')}.`,
      },
    ];
  } finally {
    await harness.close();
  }
}

/** Asks for page after page, at once, as the worst of callers does. */
async function pagesOf(harness: BenchHarness, region: string) {
  const pages: number[] = [];
  const memory: number[] = [];
  const found: unknown[] = [];
  const start = harness.aws.calls.length;
  harness.aws.limits.cognito = readsPerSecond;
  for (let nextToken: string | undefined, first = true; first || nextToken !== undefined; first = false) {
    const began = performance.now();
    const answer = await harness.succeed(region, { action: 'LIST', ...(nextToken && { nextToken }) });
    pages.push((performance.now() - began) / 1000);
    memory.push(answer.measured.memory);
    found.push(...(answer.resourceModels ?? []));
    nextToken = answer.nextToken ?? undefined;
  }
  const reads = harness.aws.calls.slice(start).filter(({ status }) => status === 200).length;
  return { pages, memory, found, reads };
}

/** A pool as big as pools are: message templates make up most of it. */
const settings: JsonObject = {
  EmailVerificationMessage: `<html>${'<p>Your code is {####}.</p>'.repeat(200)}</html>`,
  EmailVerificationSubject: 'Welcome',
};
