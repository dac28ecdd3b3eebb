import type { Metric } from './embedded-metrics';

/** One call of PutLogEvents that was taken. */
export interface Batch {
  readonly stream: string;
  readonly messages: readonly string[];
}

/** Log groups by name, with the batches that each has got, and the metrics of one Region of one account. */
export interface CloudWatchState {
  readonly groups: Map<string, { readonly streams: Set<string>; readonly batches: Batch[] }>;
  /** What was taken out of the log's lines, and in the namespace `AWS/Logs` how many lines were refused. */
  readonly metrics: Metric[];
  /** Adds a log group, as a provider's template does. */
  addGroup(name: string): void;
}

/** A Region without log groups. */
export function cloudWatchState(): CloudWatchState {
  const groups: CloudWatchState['groups'] = new Map();
  return {
    groups,
    metrics: [],
    addGroup: (name) => groups.set(name, { streams: new Set(), batches: [] }),
  };
}
