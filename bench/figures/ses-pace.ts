import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../emulator/types';
import { type BenchHarness, hardest, onNewPool, type Sample, startBenchHarness, usual } from '../harness';
import { calls, type Figure, median, type Row, seconds } from '../row';

const repeats = 5;

/** A Create where SES takes one call a second in each Region, as it does for every account. */
export const sesPace: Figure = async () => {
  const ground = await startBenchHarness();
  try {
    return [
      // The identity, the account, the configuration set.
      ...(await rowsOf(ground, 'Create, DEVELOPER', usual, 3)),
      // The identity; then its policy.
      ...(await rowsOf(ground, 'Create in two Regions', hardest, 2)),
    ];
  } finally {
    await ground.close();
  }
};

async function rowsOf(ground: BenchHarness, name: string, sample: Sample, least: number): Promise<readonly Row[]> {
  const { aws } = ground;
  const took: number[] = [];
  let answered = 0;
  let refused = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    // SES owes nothing of an earlier second.
    await sleep(1100);
    aws.limits.ses = 1;
    const start = aws.calls.length;
    const began = performance.now();
    await ground.succeed(sample.region, { action: 'CREATE', properties: onNewPool(ground, sample) });
    took.push((performance.now() - began) / 1000);
    aws.limits.ses = undefined;
    const made = aws.calls.slice(start).filter(({ service }) => service === 'ses');
    answered = busiest(made.filter(({ status }) => status === 200));
    refused += made.filter(({ status }) => status !== 200).length;
  }
  const note = `${(refused / repeats).toFixed(1)} more calls were throttled`;
  return [
    {
      figure: `${name}, SES at one call a second`,
      measured: seconds(median(took)),
      yardstick: { ...seconds(least - 1), what: `${least} calls a second apart` },
      note,
    },
    {
      figure: `${name}: SES calls in a Region`,
      measured: calls(answered),
      yardstick: { ...calls(least), what: 'the least that are needed' },
    },
  ];
}

/** How many of these calls went to the Region that got most. */
function busiest(made: readonly Call[]): number {
  const counts = new Map<string, number>();
  for (const { region } of made) counts.set(region, (counts.get(region) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
