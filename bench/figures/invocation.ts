import { sdkAlone, stock } from '../baselines';
import {
  type BenchHarness,
  eventOf,
  type MeasuredAnswer,
  onNewPool,
  simplest,
  startBenchHarness,
  usual,
} from '../harness';
import { type Figure, median, ms } from '../row';
import { bundle } from '../shipped';

/** The first ones do not count: node still compiles what they run. */
const [unheeded, times] = [100, 200];

/** Time inside one invocation of a process that has answered before, with an AWS that answers at once. */
export const invocation: Figure = async () => {
  const [ours, alone] = [await startBenchHarness(bundle), await startBenchHarness(sdkAlone)];
  const library = await startBenchHarness(stock().handler);
  try {
    const took = { ours: [] as number[], alone: [] as number[], library: [] as number[] };
    // In turns, so that a machine that slows down slows both.
    for (let round = 0; round < unheeded + times; round += 1) {
      took.ours.push(await create(ours, usual));
      took.alone.push(await create(alone, usual));
    }
    for (let round = 0; round < 5; round += 1) took.library.push(await create(library, simplest));
    const middle = median(took.ours.slice(unheeded));
    const least = median(took.alone.slice(unheeded));
    return [
      {
        figure: 'inside one invocation, a Create of six calls',
        measured: ms(middle),
        yardstick: { ...ms(median(took.library)), what: 'the library as it comes, one UpdateUserPool' },
      },
      {
        figure: 'inside one invocation, a Create of six calls',
        measured: ms(middle),
        yardstick: { ...ms(least), what: 'the same calls by the SDK alone' },
        aim: { text: 'under 5 ms of our own', met: middle - least < 5 },
        note: `${(middle - least).toFixed(1)} ms are our own`,
      },
    ];
  } finally {
    await Promise.all([ours, alone, library].map((ground) => ground.close()));
  }
};

async function create(ground: BenchHarness, sample: typeof usual): Promise<number> {
  const event = eventOf(ground, sample.region, { action: 'CREATE', properties: onNewPool(ground, sample) });
  const answer = (await ground.caller(sample.region).invoke(event)) as unknown as MeasuredAnswer;
  if (answer.status !== 'SUCCESS') throw new Error(`Create: ${answer.message}`);
  return answer.measured.took;
}
