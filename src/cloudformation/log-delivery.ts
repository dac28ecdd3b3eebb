import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type JsonObject, objectAt, stringAt } from '../domain/json';
import type { Log } from './log';

/**
 * Brings an invocation's log, its metrics among it, in one batch to whoever registered the type with a logging role. Never
 * throws, and takes no longer than `limit` milliseconds: the operation has happened, whatever becomes of its log. Answers why
 * it was not delivered, if it was not.
 */
export async function deliverLog(event: JsonObject, log: Log, limit: number): Promise<string | undefined> {
  const data = objectAt(event, 'requestData');
  const { accessKeyId, secretAccessKey, sessionToken } = objectAt(data, 'providerCredentials') as Record<
    string,
    string
  >;
  const [region, logGroupName] = [stringAt(event, 'region'), stringAt(data, 'providerLogGroupName')];
  if (!accessKeyId || !secretAccessKey || !region || !logGroupName) return undefined;
  const abortSignal = AbortSignal.timeout(Math.ceil(limit));
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  const logs = new CloudWatchLogsClient({ region, credentials, maxAttempts: 1 });

  const stream = { logGroupName, logStreamName: streamName(event) };
  // A clock may be set back meanwhile, and a batch that is not in order is refused whole.
  const logEvents = [...log.lines].sort((one, other) => one.timestamp - other.timestamp);
  const put = () => logs.send(new PutLogEventsCommand({ ...stream, logEvents }), { abortSignal });
  const createStream = () => unlessThere(logs.send(new CreateLogStreamCommand(stream), { abortSignal }));
  const createGroup = () => unlessThere(logs.send(new CreateLogGroupCommand({ logGroupName }), { abortSignal }));
  try {
    await put().catch(async (error) => {
      if (!isMissing(error)) throw error;
      await createStream().catch(async (deeper) => {
        if (!isMissing(deeper)) throw deeper;
        await createGroup();
        await createStream();
      });
      await put();
    });
    return undefined;
  } catch (error) {
    log.write('warn', `The log was not delivered: ${String(error)}`);
    return error instanceof Error ? error.name : 'an unknown error';
  }
}

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;
const isMissing = (error: unknown) => isNamed(error, 'ResourceNotFoundException');

/** Creates what another invocation may create at the same moment. */
async function unlessThere(creation: Promise<unknown>): Promise<void> {
  await creation.catch((error) => {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error;
  });
}

/** The library's name for the stream of a resource, with what CloudWatch Logs does not take in names replaced. */
function streamName(event: JsonObject): string {
  const resource = [stringAt(event, 'stackId'), stringAt(objectAt(event, 'requestData'), 'logicalResourceId')];
  const name = resource.includes(undefined) ? `${event['awsAccountId']}-${event['region']}` : resource.join('/');
  return name.replaceAll(/[:*]/g, '__').slice(0, 512);
}
