import {
  eventOf,
  type Ground,
  hardest,
  type MeasuredAnswer,
  onNewPool,
  openGround,
  type Sample,
  usual,
} from '../ground';
import { type Figure, median, ms, type Row } from '../row';
import { stock } from '../yardsticks';

const times = 100;

/** Time inside one invocation of a process that has answered before, with an AWS that answers at once. */
export const invocation: Figure = async () => {
  const stockTook = await withGround(stock().handler, (ground) =>
    creates(ground, 5, { ...usual, properties: { EmailSendingAccount: 'COGNITO_DEFAULT' } }),
  );
  const library = 'the library as it comes, one UpdateUserPool';
  return withGround(undefined, async (ground) => {
    const rows: Row[] = [];
    for (const [name, sample] of [
      ['Create', usual],
      ['Create in two Regions', hardest],
    ] as const) {
      const { whole, own } = await creates(ground, times, sample);
      rows.push(
        {
          figure: `${name}, AWS at zero latency`,
          measured: ms(whole),
          yardstick: { ...ms(stockTook.whole), what: library },
        },
        {
          figure: `${name}: own time, AWS not counted`,
          measured: ms(own),
          yardstick: { ...ms(stockTook.own), what: library },
          aim: { text: 'under 5 ms', met: own < 5 },
        },
      );
    }
    return rows;
  });
};

async function withGround<T>(handler: string | undefined, use: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await openGround(handler);
  try {
    return await use(ground);
  } finally {
    await ground.close();
  }
}

/** Medians of so many Creates on fresh pools; the first ones, in which node still compiles, do not count. */
async function creates(ground: Ground, count: number, sample: Sample) {
  const answers: MeasuredAnswer[] = [];
  for (let done = 0; done < count * 2; done += 1) {
    const event = eventOf(ground, sample.region, { action: 'CREATE', properties: onNewPool(ground, sample) });
    answers.push((await ground.caller(sample.region).invoke(event)) as unknown as MeasuredAnswer);
    const { status, message } = answers.at(-1) as MeasuredAnswer;
    if (status !== 'SUCCESS') throw new Error(`Create: ${message}`);
  }
  const counted = answers.slice(count).map(({ measured }) => measured);
  return {
    whole: median(counted.map(({ took }) => took)),
    own: median(counted.map(({ took, waited }) => took - waited)),
  };
}
