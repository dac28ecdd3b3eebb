import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type EmbeddedAws, startAws } from '../../../emulator/index';

const region = 'eu-west-1';
const group = { logGroupName: 'a/group' };
const stream = { ...group, logStreamName: 'stack/EmailSetup' };
let aws: EmbeddedAws;
let logs: CloudWatchLogsClient;
beforeEach(async () => {
  aws = await startAws();
  const config = { region, endpoint: aws.url, credentials: aws.credentials(), maxAttempts: 1 };
  logs = new CloudWatchLogsClient(config);
});
afterEach(() => aws.close());

const put = (...logEvents: InputLogEvent[]) => logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
const line = { timestamp: 1_000, message: 'one' };
const missing = { name: 'ResourceNotFoundException' };
const invalid = { name: 'InvalidParameterException' };

test('a stream needs its group, and a batch its stream', async () => {
  await expect(logs.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject(missing);
  await expect(put(line)).rejects.toMatchObject(missing);
  await logs.send(new CreateLogGroupCommand(group));
  await expect(put(line)).rejects.toMatchObject(missing);
  await logs.send(new CreateLogStreamCommand(stream));
  await put(line, { timestamp: 1_000, message: 'two' });
  const { batches } = aws.region(region).cloudWatch.groups.get(group.logGroupName) ?? {};
  expect(batches).toEqual([{ stream: stream.logStreamName, messages: ['one', 'two'] }]);
  expect(aws.region('eu-west-2').cloudWatch.groups.size).toBe(0);
});

test('an existing group or stream is not created again', async () => {
  const already = { name: 'ResourceAlreadyExistsException' };
  await logs.send(new CreateLogGroupCommand(group));
  await expect(logs.send(new CreateLogGroupCommand(group))).rejects.toMatchObject(already);
  await logs.send(new CreateLogStreamCommand(stream));
  await expect(logs.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject(already);
});

test('names and batches that CloudWatch Logs does not take are refused', async () => {
  await logs.send(new CreateLogGroupCommand(group));
  await logs.send(new CreateLogStreamCommand(stream));
  const colon = new CreateLogStreamCommand({ ...group, logStreamName: 'arn:aws' });
  await expect(logs.send(colon)).rejects.toMatchObject(invalid);
  await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))).rejects.toMatchObject(invalid);
  await expect(put()).rejects.toMatchObject(invalid);
  await expect(put({ timestamp: 1_000, message: '' })).rejects.toMatchObject(invalid);
  await expect(put(line, { timestamp: 999, message: 'earlier' })).rejects.toMatchObject(invalid);
  await expect(put(line, { timestamp: 86_402_000, message: 'a day later' })).rejects.toMatchObject(invalid);
  await expect(put({ timestamp: 1_000, message: 'x'.repeat(1_048_576 - 25) })).rejects.toMatchObject(invalid);
  await put({ timestamp: 1_000, message: 'x'.repeat(1_048_576 - 26) });
});

test('an unknown operation is refused', async () => {
  await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});
