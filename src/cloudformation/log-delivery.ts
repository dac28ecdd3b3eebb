import { putLogEvents } from '../aws/cloudwatch-logs';
import { type JsonObject, objectAt, stringAt } from '../domain/json';
import type { Log } from './log';

/**
 * Delivers an invocation's log, its metrics included, to whoever registered the type with a logging role. Never throws, and takes
 * no longer than `timeout` milliseconds: the operation has happened, whatever becomes of its log. Returns the name of the error
 * that kept it from being delivered, if one did.
 */
export async function deliverLog(event: JsonObject, log: Log, timeout: number): Promise<string | undefined> {
  const data = objectAt(event, 'requestData');
  const credentials = objectAt(data, 'providerCredentials');
  const [accessKeyId, secretAccessKey] = [
    stringAt(credentials, 'accessKeyId'),
    stringAt(credentials, 'secretAccessKey'),
  ];
  const sessionToken = stringAt(credentials, 'sessionToken');
  const [region, logGroupName] = [stringAt(event, 'region'), stringAt(data, 'providerLogGroupName')];
  if (!accessKeyId || !secretAccessKey || !region || !logGroupName) return undefined;
  const destination = {
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    logGroupName,
    logStreamName: streamName(event),
  };
  // The clock may have been set back in between, and a batch that is not in order is refused whole.
  const events = [...log.lines].sort((one, other) => one.timestamp - other.timestamp);
  try {
    await putLogEvents(destination, events, AbortSignal.timeout(Math.ceil(timeout)));
    return undefined;
  } catch (error) {
    log.write('warn', `The log was not delivered: ${String(error)}`);
    return error instanceof Error ? error.name : 'an unknown error';
  }
}

/** The library's name for the stream of a resource, with what CloudWatch Logs does not take in names replaced. */
function streamName(event: JsonObject): string {
  const resource = [stringAt(event, 'stackId'), stringAt(objectAt(event, 'requestData'), 'logicalResourceId')];
  const name = resource.includes(undefined) ? `${event['awsAccountId']}-${event['region']}` : resource.join('/');
  return name.replaceAll(/[:*]/g, '__').slice(0, 512);
}
