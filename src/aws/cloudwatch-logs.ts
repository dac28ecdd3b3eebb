import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Credentials } from './clients';

/** Where log events go, and with whose credentials. */
export interface LogDestination {
  readonly region: string;
  readonly credentials: Credentials;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/**
 * Puts log events into a stream, in one batch; creates the stream, and the group, where they do not exist yet. Ends when
 * `abortSignal` says so. Throws the SDK's errors as they are.
 */
export async function putLogEvents(
  { region, credentials, ...stream }: LogDestination,
  logEvents: InputLogEvent[],
  abortSignal: AbortSignal,
): Promise<void> {
  const logs = new CloudWatchLogsClient({ region, credentials, maxAttempts: 1 });
  const { logGroupName } = stream;
  const put = () => logs.send(new PutLogEventsCommand({ ...stream, logEvents }), { abortSignal });
  const createStream = () => unlessItExists(logs.send(new CreateLogStreamCommand(stream), { abortSignal }));
  const createGroup = () => unlessItExists(logs.send(new CreateLogGroupCommand({ logGroupName }), { abortSignal }));
  try {
    await put();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await createStream().catch(async (noGroup) => {
      if (!isMissing(noGroup)) throw noGroup;
      await createGroup();
      await createStream();
    });
    await put();
  }
}

const hasName = (error: unknown, name: string) => error instanceof Error && error.name === name;
const isMissing = (error: unknown) => hasName(error, 'ResourceNotFoundException');

/** Another invocation may create the same at the same moment. */
async function unlessItExists(creation: Promise<unknown>): Promise<void> {
  await creation.catch((error) => {
    if (!hasName(error, 'ResourceAlreadyExistsException')) throw error;
  });
}
