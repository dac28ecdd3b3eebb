/** A quantity of one of the units that the table knows. */
export interface Quantity {
  readonly value: number;
  readonly unit: 'ms' | 's' | 'bytes' | 'calls' | 'round trips';
}

/** One line of the table: what was measured, beside a baseline. */
export interface Row {
  readonly name: string;
  readonly measured: Quantity;
  /** What it is compared with; the ratio is `measured` divided by this. */
  readonly baseline: Quantity & { readonly what: string };
  readonly aim?: { readonly text: string; readonly met: boolean };
  /** What else the run has seen, in a few words. */
  readonly note?: string;
  /** Where the time goes, measured; shown where the aim is missed. */
  readonly spent?: string;
}

/** Measures one subject. Returns a row for each quantity. */
export type Benchmark = () => Promise<readonly Row[]>;

export const ms = (value: number): Quantity => ({ value, unit: 'ms' });
export const seconds = (value: number): Quantity => ({ value, unit: 's' });
export const bytes = (value: number): Quantity => ({ value, unit: 'bytes' });
export const calls = (value: number): Quantity => ({ value, unit: 'calls' });
export const roundTrips = (value: number): Quantity => ({ value, unit: 'round trips' });

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A quantity as text, rounded to the digits that mean something. */
export function formatQuantity({ value, unit }: Quantity): string {
  if (unit === 'bytes') return value < 1e6 ? `${(value / 1e3).toFixed(0)} kB` : `${(value / 1e6).toFixed(1)} MB`;
  if (unit === 'calls' || unit === 'round trips') return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** How many times the baseline was measured, as text. */
export function ratioOf({ measured, baseline }: Row): string {
  const ratio = measured.value / baseline.value;
  return `${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)} ×`;
}
