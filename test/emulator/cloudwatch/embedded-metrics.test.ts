import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';

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

const directive = {
  Namespace: 'A/B',
  Dimensions: [['D'], []],
  Metrics: [{ Name: 'M', Unit: 'Count' }, { Name: 'N' }],
};
const line = (more: JsonObject = {}, metadata: object = { Timestamp: 5, CloudWatchMetrics: [directive] }) =>
  JSON.stringify({ _aws: metadata, D: 'd', M: 1, N: 2.5, other: 'x', ...more });
const directed = (change: object) => line({}, { Timestamp: 5, CloudWatchMetrics: [{ ...directive, ...change }] });
const metricsOf = async (message: string) => {
  await logs.send(new CreateLogGroupCommand(group));
  await logs.send(new CreateLogStreamCommand(stream));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: 1_000, message }] }));
  const { metrics, groups } = aws.region(region).cloudWatch;
  expect(groups.get(group.logGroupName)?.batches[0]?.messages).toEqual([message]);
  return metrics;
};

test('a line becomes its metrics, once for each set of dimensions', async () => {
  const [m, n] = [
    { namespace: 'A/B', name: 'M', unit: 'Count', value: 1, timestamp: 5 },
    { namespace: 'A/B', name: 'N', unit: 'None', value: 2.5, timestamp: 5 },
  ];
  expect(await metricsOf(line())).toEqual([
    { ...m, dimensions: { D: 'd' } },
    { ...m, dimensions: {} },
    { ...n, dimensions: { D: 'd' } },
    { ...n, dimensions: {} },
  ]);
});

test.each(['text', '{"D":"d"}', '[{"_aws":{}}]', `x ${line()}`])('%s has none', async (message) => {
  expect(await metricsOf(message)).toEqual([]);
});

const thirtyOne = Array.from({ length: 31 }, (_, index) => `d${index}`);
test.each([
  ['AWS’s own namespace', directed({ Namespace: 'AWS/CloudFormation/A' })],
  ['a namespace of spaces', directed({ Namespace: ' ' })],
  ['no namespace', directed({ Namespace: undefined })],
  ['no dimensions', directed({ Dimensions: [] })],
  ['a dimension that is not there', directed({ Dimensions: [['E']] })],
  ['a dimension that every object inherits', directed({ Dimensions: [['constructor']] })],
  ['a dimension that is a number', directed({ Dimensions: [['M']] })],
  ['an empty dimension', line({ D: '' })],
  [
    '31 dimensions',
    line(Object.fromEntries(thirtyOne.map((name) => [name, 'x'])), {
      Timestamp: 5,
      CloudWatchMetrics: [{ ...directive, Dimensions: [thirtyOne] }],
    }),
  ],
  ['a metric that is not there', directed({ Metrics: [{ Name: 'O' }] })],
  ['a metric that is a string', directed({ Metrics: [{ Name: 'D' }] })],
  ['a metric without a name', directed({ Metrics: [{ Unit: 'Count' }] })],
  ['101 metrics', directed({ Metrics: Array(101).fill({ Name: 'M' }) })],
  ['an unknown unit', directed({ Metrics: [{ Name: 'M', Unit: 'count' }] })],
  ['no time', line({}, { CloudWatchMetrics: [directive] })],
  ['a time in words', line({}, { Timestamp: 'now', CloudWatchMetrics: [directive] })],
  ['no directives', line({}, { Timestamp: 5 })],
])('%s: the line is kept, no metric is extracted, and AWS/Logs counts it', async (_what, message) => {
  expect(await metricsOf(message)).toMatchObject([{ namespace: 'AWS/Logs', name: 'EMFValidationErrors' }]);
});
