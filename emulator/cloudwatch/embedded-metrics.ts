import type { Json, JsonObject } from '../types';

/** One value of a metric. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly timestamp: number;
}

const units = new Set([
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'Count/Second', 'None'],
  ...[
    'Bytes',
    'Kilobytes',
    'Megabytes',
    'Gigabytes',
    'Terabytes',
    'Bits',
    'Kilobits',
    'Megabits',
    'Gigabits',
    'Terabits',
  ].flatMap((unit) => [unit, `${unit}/Second`]),
]);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isString = (value: Json | undefined, maxLength: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= maxLength;

/** The metrics of a log event in the embedded metric format, or why CloudWatch extracts none. */
type ExtractedMetrics =
  | { readonly kind: 'metrics'; readonly metrics: readonly Metric[] }
  | { readonly kind: 'no metrics' }
  | { readonly kind: 'invalid'; readonly why: string };

class InvalidMetricError extends Error {}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export function extractEmbeddedMetrics(line: string): ExtractedMetrics {
  let root: Json;
  try {
    root = JSON.parse(line) as Json;
  } catch {
    return { kind: 'no metrics' };
  }
  if (!isObject(root) || root['_aws'] === undefined) return { kind: 'no metrics' };
  try {
    return { kind: 'metrics', metrics: metricsOf(root, root['_aws']) };
  } catch (error) {
    if (error instanceof InvalidMetricError) return { kind: 'invalid', why: error.message };
    throw error;
  }
}

function metricsOf(root: JsonObject, metadata: Json): readonly Metric[] {
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = isObject(metadata) ? metadata : {};
  if (typeof timestamp !== 'number' || !Number.isInteger(timestamp))
    throw new InvalidMetricError('_aws.Timestamp is no time.');
  if (!Array.isArray(directives)) throw new InvalidMetricError('_aws.CloudWatchMetrics is no list.');
  return directives.flatMap((directive) => metricsIn(root, directive, timestamp));
}

function metricsIn(root: JsonObject, directive: Json, timestamp: number): readonly Metric[] {
  const { Namespace: namespace, Dimensions: sets, Metrics: definitions } = isObject(directive) ? directive : {};
  if (!isString(namespace, 255) || !/^[\w./#:-]+$/.test(namespace))
    throw new InvalidMetricError('A Namespace is no name.');
  if (namespace.startsWith('AWS/'))
    throw new InvalidMetricError(`The value ${namespace} for parameter Namespace is invalid.`);
  if (!Array.isArray(sets) || sets.length === 0) throw new InvalidMetricError('Dimensions has no set.');
  if (!Array.isArray(definitions) || definitions.length > 100)
    throw new InvalidMetricError('Metrics has 100 definitions at most.');
  const allDimensions = sets.map((set) => dimensionsOf(root, set));
  return definitions.flatMap((definition) => {
    const { Name: name, Unit: unit = 'None' } = isObject(definition) ? definition : {};
    if (!isString(name, 1024)) throw new InvalidMetricError('A metric has no Name.');
    if (typeof unit !== 'string' || !units.has(unit)) throw new InvalidMetricError(`${String(unit)} is no Unit.`);
    const value = member(root, name);
    if (typeof value !== 'number') throw new InvalidMetricError(`The member ${name} is no number.`);
    return allDimensions.map((dimensions) => ({ namespace, name, unit, value, dimensions, timestamp }));
  });
}

function dimensionsOf(root: JsonObject, set: Json): Readonly<Record<string, string>> {
  if (!Array.isArray(set) || set.length > 30) throw new InvalidMetricError('A set of dimensions has 30 names at most.');
  const pairs = set.map((name) => {
    const value = isString(name, 250) ? member(root, name) : undefined;
    if (!isString(value, 1024)) throw new InvalidMetricError(`The member ${String(name)} is no string.`);
    return [String(name), value] as const;
  });
  return Object.fromEntries(pairs);
}

const member = (root: JsonObject, name: string) => (Object.hasOwn(root, name) ? root[name] : undefined);
