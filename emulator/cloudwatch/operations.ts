import { AwsException } from '../errors';
import type { JsonObject } from '../types';
import { extractEmbeddedMetrics } from './embedded-metrics';
import type { CloudWatchState } from './state';

type Operation = (state: CloudWatchState, input: JsonObject) => JsonObject;

const exception = (code: string, message: string) => new AwsException(400, code, message);
const invalid = (message: string) => exception('InvalidParameterException', message);
const stringAt = (input: JsonObject, member: string): string => String(input[member] ?? '');
/** Bytes that CloudWatch Logs counts for each event beside its message. */
const eventOverhead = 26;
const dayMs = 24 * 60 * 60 * 1000;

function groupOf({ groups }: CloudWatchState, input: JsonObject) {
  const group = groups.get(stringAt(input, 'logGroupName'));
  if (!group) throw exception('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** The messages of a batch. Throws where CloudWatch Logs would refuse it. */
function validateBatch(input: JsonObject): readonly string[] {
  const events = (input['logEvents'] ?? []) as unknown as readonly { timestamp?: number; message?: string }[];
  if (events.length === 0 || events.length > 10_000) throw invalid('1 to 10000 log events make a batch.');
  let [previous, size] = [0, 0];
  for (const { timestamp, message } of events) {
    if (!Number.isInteger(timestamp) || !message) throw invalid('A log event has a timestamp and a message.');
    if (Number(timestamp) < previous) throw invalid('Log events in a single PutLogEvents request must be in order.');
    previous = Number(timestamp);
    size += Buffer.byteLength(message) + eventOverhead;
  }
  if (size > 1_048_576) throw invalid('Upload too large: at most 1048576 bytes.');
  if (previous - Number(events[0]?.timestamp) > dayMs) throw invalid('A batch spans at most 24 hours.');
  return events.map(({ message }) => String(message));
}

/** Extracts the metrics of a log event. CloudWatch Logs keeps an event with an invalid metric, and counts it. */
function extractMetrics({ metrics }: CloudWatchState, LogGroupName: string, message: string): void {
  const extracted = extractEmbeddedMetrics(message);
  if (extracted.kind === 'metrics') metrics.push(...extracted.metrics);
  if (extracted.kind === 'invalid') {
    const error = { namespace: 'AWS/Logs', name: 'EMFValidationErrors', unit: 'Count', value: 1 };
    metrics.push({ ...error, dimensions: { LogGroupName, why: extracted.why }, timestamp: Date.now() });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
const operations: Readonly<Record<string, Operation>> = {
  CreateLogGroup: (state, input) => {
    const name = stringAt(input, 'logGroupName');
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalid(`Value '${name}' at 'logGroupName' is not a name.`);
    if (state.groups.has(name)) throw exception('ResourceAlreadyExistsException', 'The log group already exists.');
    state.addGroup(name);
    return {};
  },
  CreateLogStream: (state, input) => {
    const name = stringAt(input, 'logStreamName');
    if (!/^[^:*]{1,512}$/.test(name)) throw invalid(`Value '${name}' at 'logStreamName' is not a name.`);
    const { streams } = groupOf(state, input);
    if (streams.has(name)) throw exception('ResourceAlreadyExistsException', 'The log stream already exists.');
    streams.add(name);
    return {};
  },
  PutLogEvents: (state, input) => {
    const messages = validateBatch(input);
    const { streams, batches } = groupOf(state, input);
    const stream = stringAt(input, 'logStreamName');
    if (!streams.has(stream)) throw exception('ResourceNotFoundException', 'The specified log stream does not exist.');
    batches.push({ stream, messages });
    for (const message of messages) extractMetrics(state, stringAt(input, 'logGroupName'), message);
    return {};
  },
};

/** Runs an operation of CloudWatch Logs. Returns its response; throws `AwsException`. */
export function handleCloudWatchLogs(operation: string, state: CloudWatchState, input: JsonObject): JsonObject {
  const run = operations[operation];
  if (!run) throw exception('UnknownOperationException', operation);
  return run(state, input);
}
