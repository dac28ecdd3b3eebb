import type { Metric } from './embedded-metrics';

/** The log events of one PutLogEvents. */
interface Batch {
  readonly stream: string;
  readonly messages: readonly string[];
}

/** Log groups by name with their batches, and the metrics, of one Region of one account. */
export interface CloudWatchState {
  readonly groups: Map<string, { readonly streams: Set<string>; readonly batches: Batch[] }>;
  /** Metrics extracted from log events; in the namespace `AWS/Logs`, one for each event with an invalid metric. */
  readonly metrics: Metric[];
  /** Adds a log group, as the template of the type's provider does. */
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
