import { builtHandler } from '../../emulator/harness';
import { sdkAlone, stock } from '../baselines';
import {
  addPoolFor,
  type BenchHarness,
  eventFor,
  type MeasuredAnswer,
  simplest,
  startBenchHarness,
  usual,
} from '../harness';
import { type Benchmark, median, ms } from '../row';

/** The first ones do not count: node still compiles what they run. */
const [unheeded, times] = [100, 200];

/** Time inside one invocation of a process that has answered before, with an AWS that answers at once. */
export const invocation: Benchmark = async () => {
  const [ours, alone] = [await startBenchHarness(builtHandler), await startBenchHarness(sdkAlone)];
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
        name: 'inside one invocation, a Create of six calls',
        measured: ms(middle),
        baseline: { ...ms(median(took.library)), what: 'the library as it comes, one UpdateUserPool' },
      },
      {
        name: 'inside one invocation, a Create of six calls',
        measured: ms(middle),
        baseline: { ...ms(least), what: 'the same calls by the SDK alone' },
        aim: { text: 'under 5 ms of our own', met: middle - least < 5 },
        note: `${(middle - least).toFixed(1)} ms are our own`,
      },
    ];
  } finally {
    await Promise.all([ours, alone, library].map((harness) => harness.close()));
  }
};

async function create(harness: BenchHarness, setup: typeof usual): Promise<number> {
  const event = eventFor(harness, setup.region, { action: 'CREATE', properties: addPoolFor(harness, setup) });
  const answer = (await harness.caller(setup.region).invoke(event)) as unknown as MeasuredAnswer;
  if (answer.status !== 'SUCCESS') throw new Error(`Create: ${answer.message}`);
  return answer.measured.took;
}
