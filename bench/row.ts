/** A quantity of one of the units that the table knows. */
export interface Quantity {
  readonly value: number;
  readonly unit: 'ms' | 's' | 'bytes' | 'calls' | 'round trips';
}

/** One line of the table: a figure beside its yardstick. */
export interface Row {
  readonly figure: string;
  readonly measured: Quantity;
  /** What it is measured by; the ratio is `measured` divided by this. */
  readonly yardstick: Quantity & { readonly what: string };
  readonly aim?: { readonly text: string; readonly met: boolean };
  /** What else the run has seen, in a few words. */
  readonly note?: string;
  /** Where the time goes, measured; shown where the aim is missed. */
  readonly spent?: string;
}

/** Measures one subject: a row for each of its figures. */
export type Figure = () => Promise<readonly Row[]>;

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

/** A quantity in words, with as many digits as it deserves. */
export function inWords({ value, unit }: Quantity): string {
  if (unit === 'bytes') return value < 1e6 ? `${(value / 1e3).toFixed(0)} kB` : `${(value / 1e6).toFixed(1)} MB`;
  if (unit === 'calls' || unit === 'round trips') return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** How many times its yardstick a figure is. */
export function ratioOf({ measured, yardstick }: Row): string {
  const ratio = measured.value / yardstick.value;
  return `${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)} ×`;
}
