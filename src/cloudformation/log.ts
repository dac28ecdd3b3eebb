import type { LoggerProxy } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { isObject, type JsonObject, objectAt, stringAt } from '../domain/json';
import { shortHash } from '../domain/owners';
import { redaction } from './redaction';

type Level = 'info' | 'warn' | 'error';

/** A line as CloudWatch Logs takes it. */
interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

/** The log of one invocation. What is written is printed at once, and kept for delivery. */
export interface Log {
  readonly lines: readonly LogLine[];
  write(level: Level, message: string, more?: JsonObject): void;
  /** Adds metrics, which are kept for delivery and not printed: what prints is CloudFormation's, and the metrics are not. */
  measure(metrics: JsonObject): void;
  /** What the library's code takes for its logger. */
  readonly logger: LoggerProxy;
}

const credentialSets = ['callerCredentials', 'providerCredentials'];

/** Opens the log of an invocation. Every line names the resource and the request, by the hash in the pool's tag. */
export function openLog(event: JsonObject): Log {
  const data = objectAt(event, 'requestData');
  const test = objectAt(event, 'request');
  const token = stringAt(event, 'bearerToken') ?? stringAt(test, 'clientRequestToken');
  const about = {
    action: stringAt(event, 'action'),
    logicalResourceId: stringAt(data, 'logicalResourceId') ?? stringAt(test, 'logicalResourceIdentifier'),
    request: token && shortHash(token),
  };
  const credentials = [...credentialSets.map((name) => objectAt(data, name)), objectAt(event, 'credentials')];
  const secrets = [token, ...credentials.flatMap((set) => Object.values(set))].filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  const harmless = redaction(secrets, [data['resourceProperties'], data['previousResourceProperties'], test]);
  const lines: LogLine[] = [];
  const add = (level: Level, message: string, more: JsonObject): string => {
    const timestamp = Date.now();
    const time = new Date(timestamp).toISOString();
    const line = JSON.stringify({ level, time, ...about, ...more, message: harmless(message) });
    lines.push({ timestamp, message: line });
    return line;
  };
  const write: Log['write'] = (level, message, more = {}) => {
    process.stdout.write(`${add(level, message, more)}\n`);
  };
  const measure: Log['measure'] = (metrics) => void add('info', 'Metrics.', metrics);
  // Its own logger adds the filters of every call to one that all calls share.
  const logger = { log: (message: unknown) => write('warn', String(message)), addFilter: () => undefined };
  return { lines, write, measure, logger: logger as unknown as LoggerProxy };
}

/** An event as an object, whatever came. */
export function eventOf(event: unknown): JsonObject {
  return isObject(event) ? event : {};
}
