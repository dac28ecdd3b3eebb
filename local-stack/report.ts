import colours from 'picocolors';

/** Prints progress and collects the checks that fail. */
export interface Report {
  line(text: string): void;
  heading(text: string): void;
  /** Prints a check's result; where it has failed, `detail` is printed with it. */
  check(what: string, holds: boolean, detail?: string): void;
  readonly failures: readonly string[];
}

/** A report on standard output. */
export function report(): Report {
  const failures: string[] = [];
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    line: (text) => print(`  ${text}`),
    heading: (text) => print(`\n${colours.bold(text)}`),
    check: (what, holds, detail = '') => {
      if (!holds) failures.push(what);
      print(
        holds ? `  ${colours.green('ok')}   ${what}` : `  ${colours.red('FAIL')} ${what}${detail && `: ${detail}`}`,
      );
    },
    failures,
  };
}
