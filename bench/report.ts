import Table from 'cli-table3';
import { formatQuantity, type Row, ratioOf } from './row';

const head = ['Benchmark', 'Measured', 'Baseline', 'Ratio', 'Aim'];

function cells(row: Row): string[] {
  const { name, measured, baseline, aim } = row;
  return [
    name,
    formatQuantity(measured),
    `${formatQuantity(baseline)}: ${baseline.what}`,
    ratioOf(row),
    aim ? `${aim.text}: ${aim.met ? 'yes' : 'MISSED'}` : '',
  ];
}

/** The table for a terminal. */
export function terminalTable(rows: readonly Row[]): string {
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows.map(cells));
  return table.toString();
}

/** Notes beside the table: what else was seen, and where the time of each missed aim goes. */
export function remarks(rows: readonly Row[]): readonly string[] {
  const missed = rows.flatMap(({ name, aim, spent }) =>
    aim && !aim.met ? [`Missed: ${name}, ${aim.text}. ${spent ?? ''}`.trimEnd()] : [],
  );
  const noted = rows.flatMap(({ name, note }) => (note ? [`${name}: ${note}.`] : []));
  return [...missed, ...noted];
}

/** The whole report as it stands in `docs/performance.md`. */
export function markdown(rows: readonly Row[], command: string): string {
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  const missed = remarks(rows.map(({ note: _, ...row }) => row)).map((text) => text.replace(/^Missed: /, ''));
  const noted = remarks(rows.map(({ aim: _, ...row }) => row));
  return `# Performance

Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)} with Node ${process.version} (${process.platform} ${process.arch}).
AWS is the embedded one, on the same machine. Times are that machine's: what travels is the ratio.

${line(head)}
${line(head.map(() => '---'))}
${rows.map((row) => line(cells(row))).join('\n')}

## Aims that were missed

${missed.length === 0 ? 'None.' : missed.map((text) => `- ${text}`).join('\n')}

## What the run saw

${noted.map((text) => `- ${text}`).join('\n')}
`;
}
