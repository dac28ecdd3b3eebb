import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../emulator/types';
import { addPoolFor, type BenchHarness, type BenchSetup, hardest, startBenchHarness, usual } from '../harness';
import { type Benchmark, calls, median, type Row, seconds } from '../row';

const repeats = 5;

/** A Create where SES takes one call a second in each Region, as it does for every account. */
export const sesPace: Benchmark = async () => {
  const harness = await startBenchHarness();
  try {
    return [
      // The identity, the account, the configuration set.
      ...(await rowsOf(harness, 'Create, DEVELOPER', usual, 3)),
      // The identity; then its policy.
      ...(await rowsOf(harness, 'Create in two Regions', hardest, 2)),
    ];
  } finally {
    await harness.close();
  }
};

async function rowsOf(harness: BenchHarness, name: string, setup: BenchSetup, least: number): Promise<readonly Row[]> {
  const { aws } = harness;
  const took: number[] = [];
  let answered = 0;
  let refused = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    // SES owes nothing of an earlier second.
    await sleep(1100);
    aws.limits.ses = 1;
    const start = aws.calls.length;
    const began = performance.now();
    await harness.succeed(setup.region, { action: 'CREATE', properties: addPoolFor(harness, setup) });
    took.push((performance.now() - began) / 1000);
    aws.limits.ses = undefined;
    const made = aws.calls.slice(start).filter(({ service }) => service === 'ses');
    answered = busiest(made.filter(({ status }) => status === 200));
    refused += made.filter(({ status }) => status !== 200).length;
  }
  const note = `${(refused / repeats).toFixed(1)} more calls were throttled`;
  return [
    {
      name: `${name}, SES at one call a second`,
      measured: seconds(median(took)),
      baseline: { ...seconds(least - 1), what: `${least} calls a second apart` },
      note,
    },
    {
      name: `${name}: SES calls in a Region`,
      measured: calls(answered),
      baseline: { ...calls(least), what: 'the least that are needed' },
    },
  ];
}

/** How many of these calls went to the Region that got most. */
function busiest(made: readonly Call[]): number {
  const counts = new Map<string, number>();
  for (const { region } of made) counts.set(region, (counts.get(region) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
