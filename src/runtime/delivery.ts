import { MetricTypes, StandardUnit } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type JsonObject, objectAt, stringAt } from '../domain/json';
import type { Log } from './log';

/** How an invocation went. */
export interface Report {
  readonly started: number;
  readonly milliseconds: number;
  readonly errorCode: string | undefined;
}

/**
 * Brings an invocation's log, in one batch, and its metrics to whoever registered the type with a logging role. Never
 * throws, and takes no longer than `limit` milliseconds: the operation has happened, whatever becomes of its log.
 */
export async function deliver(event: JsonObject, log: Log, report: Report, limit: number): Promise<void> {
  const data = objectAt(event, 'requestData');
  const { accessKeyId, secretAccessKey, sessionToken } = objectAt(data, 'providerCredentials') as Record<
    string,
    string
  >;
  const region = stringAt(event, 'region');
  if (!accessKeyId || !secretAccessKey || !region) return;
  const abortSignal = AbortSignal.timeout(Math.ceil(limit));
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  const logs = new CloudWatchLogsClient({ region, credentials, maxAttempts: 1 });
  const { requestHandler } = logs.config;
  const metrics = new CloudWatchClient({ region, credentials, maxAttempts: 1, requestHandler });

  const sendMetrics = async () => metrics.send(new PutMetricDataCommand(metricsOf(event, report)), { abortSignal });
  const sendLog = async (logGroupName: string) => {
    const stream = { logGroupName, logStreamName: streamName(event) };
    const logEvents = [...log.lines];
    const put = () => logs.send(new PutLogEventsCommand({ ...stream, logEvents }), { abortSignal });
    const createStream = () => unlessThere(logs.send(new CreateLogStreamCommand(stream), { abortSignal }));
    const createGroup = () => unlessThere(logs.send(new CreateLogGroupCommand({ logGroupName }), { abortSignal }));
    await put().catch(async (error) => {
      if (!isMissing(error)) throw error;
      await createStream().catch(async (deeper) => {
        if (!isMissing(deeper)) throw deeper;
        await createGroup();
        await createStream();
      });
      await put();
    });
  };
  const group = stringAt(data, 'providerLogGroupName');
  const sent = await Promise.allSettled([sendMetrics(), group === undefined ? undefined : sendLog(group)]);
  for (const one of sent) {
    if (one.status === 'rejected') log.write('warn', `A log or a metric was not delivered: ${String(one.reason)}`);
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

/** The library's metrics, in its own words. */
function metricsOf(event: JsonObject, { started, milliseconds, errorCode }: Report) {
  const type = stringAt(event, 'resourceType') ?? '';
  const datum = (
    MetricName: string,
    Unit: StandardUnit,
    Value: number,
    more: Record<string, string> = {},
  ): MetricDatum => {
    const names = { DimensionKeyActionType: String(event['action']), DimensionKeyResourceType: type, ...more };
    const Dimensions = Object.entries(names).map(([Name, Text]) => ({ Name, Value: Text }));
    return { MetricName, Unit, Value, Timestamp: new Date(started), Dimensions };
  };
  return {
    Namespace: `AWS/CloudFormation/${type.replaceAll('::', '/')}`,
    MetricData: [
      datum(MetricTypes.HandlerInvocationCount, StandardUnit.Count, 1),
      datum(MetricTypes.HandlerInvocationDuration, StandardUnit.Milliseconds, milliseconds),
      ...(errorCode === undefined
        ? []
        : [datum(MetricTypes.HandlerException, StandardUnit.Count, 1, { DimensionKeyExceptionType: errorCode })]),
    ],
  };
}
