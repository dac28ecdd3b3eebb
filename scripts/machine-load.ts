import { availableParallelism, loadavg } from 'node:os';

/** How busy a machine was during a run of the tests. */
export interface Load {
  readonly cores: number;
  /** Processes that ran or waited to run, in the minute before: at the begin of the run, and the most after one of its steps. */
  readonly begin: number;
  readonly most: number;
}

/** Looks at the machine now, and whenever it is asked again. */
export function watchLoad(): () => Load {
  const cores = availableParallelism();
  const [begin = 0] = loadavg();
  let most = begin;
  return () => {
    most = Math.max(most, loadavg()[0] ?? 0);
    return { cores, begin, most };
  };
}

/**
 * What a run that failed says of the machine and of its files; nothing of a machine that had nothing else to do. The tests'
 * times are short, two files run at a time, each beside its function: more than two processes a core are not theirs.
 */
export function afterFailures({ cores, begin, most }: Load, files: readonly string[]): readonly string[] {
  const isBusy = begin > cores || most > 2 * cores;
  const load = `load ${begin.toFixed(1)} at the begin, ${most.toFixed(1)} at most, on ${cores} cores`;
  return [
    ...(isBusy ? [`The machine was busy with other work (${load}): what failed may have failed for that.`] : []),
    ...(files.length > 0
      ? [`${isBusy ? 'When it is quiet, run' : 'Run'} what failed alone: npx jest ${files.join(' ')}`]
      : []),
  ];
}
