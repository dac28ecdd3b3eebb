import { Refusal } from '../errors';
import type { JsonObject } from '../types';
import { embeddedMetricsIn } from './embedded-metrics';
import type { CloudWatchState } from './state';

type Operation = (world: CloudWatchState, input: JsonObject) => JsonObject;

const refusal = (code: string, message: string) => new Refusal(400, code, message);
const invalid = (message: string) => refusal('InvalidParameterException', message);
const text = (input: JsonObject, member: string): string => String(input[member] ?? '');
/** What an event counts for beside its bytes. */
const eventOverhead = 26;
const dayMs = 24 * 60 * 60 * 1000;

function groupOf({ groups }: CloudWatchState, input: JsonObject) {
  const group = groups.get(text(input, 'logGroupName'));
  if (!group) throw refusal('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** The events of a batch, where CloudWatch Logs would take it. */
function acceptedEvents(input: JsonObject): readonly string[] {
  const events = (input['logEvents'] ?? []) as unknown as readonly { timestamp?: number; message?: string }[];
  if (events.length === 0 || events.length > 10_000) throw invalid('1 to 10000 log events make a batch.');
  let [before, size] = [0, 0];
  for (const { timestamp, message } of events) {
    if (!Number.isInteger(timestamp) || !message) throw invalid('A log event has a timestamp and a message.');
    if (Number(timestamp) < before) throw invalid('Log events in a single PutLogEvents request must be in order.');
    before = Number(timestamp);
    size += Buffer.byteLength(message) + eventOverhead;
  }
  if (size > 1_048_576) throw invalid('Upload too large: at most 1048576 bytes.');
  if (before - Number(events[0]?.timestamp) > dayMs) throw invalid('A batch spans at most 24 hours.');
  return events.map(({ message }) => String(message));
}

/** Takes the metrics out of a line; a line with a mistake stays a line, and CloudWatch Logs counts it. */
function keepMetrics({ metrics }: CloudWatchState, LogGroupName: string, message: string): void {
  const found = embeddedMetricsIn(message);
  if (found.kind === 'metrics') metrics.push(...found.metrics);
  if (found.kind === 'invalid') {
    const error = { namespace: 'AWS/Logs', name: 'EMFValidationErrors', unit: 'Count', value: 1 };
    metrics.push({ ...error, dimensions: { LogGroupName, why: found.why }, timestamp: Date.now() });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
const operations: Readonly<Record<string, Operation>> = {
  CreateLogGroup: (world, input) => {
    const name = text(input, 'logGroupName');
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalid(`Value '${name}' at 'logGroupName' is not a name.`);
    if (world.groups.has(name)) throw refusal('ResourceAlreadyExistsException', 'The log group already exists.');
    world.addGroup(name);
    return {};
  },
  CreateLogStream: (world, input) => {
    const name = text(input, 'logStreamName');
    if (!/^[^:*]{1,512}$/.test(name)) throw invalid(`Value '${name}' at 'logStreamName' is not a name.`);
    const { streams } = groupOf(world, input);
    if (streams.has(name)) throw refusal('ResourceAlreadyExistsException', 'The log stream already exists.');
    streams.add(name);
    return {};
  },
  PutLogEvents: (world, input) => {
    const messages = acceptedEvents(input);
    const { streams, batches } = groupOf(world, input);
    const stream = text(input, 'logStreamName');
    if (!streams.has(stream)) throw refusal('ResourceNotFoundException', 'The specified log stream does not exist.');
    batches.push({ stream, messages });
    for (const message of messages) keepMetrics(world, text(input, 'logGroupName'), message);
    return {};
  },
};

/** Does an operation of CloudWatch Logs. Throws `Refusal`. */
export function handleCloudWatchLogs(operation: string, world: CloudWatchState, input: JsonObject): JsonObject {
  const act = operations[operation];
  if (!act) throw refusal('UnknownOperationException', operation);
  return act(world, input);
}
