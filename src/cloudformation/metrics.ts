import { MetricTypes, StandardUnit } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { type JsonObject, stringAt } from '../domain/json';

/** How an invocation went. */
export interface Report {
  readonly started: number;
  readonly milliseconds: number;
  readonly errorCode: string | undefined;
}

/**
 * The metrics of CloudFormation's library, under its names, as members of a log line in CloudWatch's embedded metric format:
 * CloudWatch Logs takes them out of the line, without another call or right.
 */
export function embeddedMetrics(
  typeName: string,
  event: JsonObject,
  { started, milliseconds, errorCode }: Report,
): JsonObject {
  // CloudWatch refuses a namespace that begins with `AWS/`, as the one of CloudFormation's library does.
  const Namespace = typeName.replaceAll('::', '/');
  const dimensions = {
    DimensionKeyActionType: stringAt(event, 'action') ?? 'none',
    DimensionKeyResourceType: typeName,
  };
  const names = Object.keys(dimensions);
  const invocation = {
    Namespace,
    Dimensions: [names],
    Metrics: [
      { Name: MetricTypes.HandlerInvocationCount, Unit: StandardUnit.Count },
      { Name: MetricTypes.HandlerInvocationDuration, Unit: StandardUnit.Milliseconds },
    ],
  };
  const failure = {
    Namespace,
    Dimensions: [[...names, 'DimensionKeyExceptionType']],
    Metrics: [{ Name: MetricTypes.HandlerException, Unit: StandardUnit.Count }],
  };
  return {
    _aws: { Timestamp: started, CloudWatchMetrics: errorCode === undefined ? [invocation] : [invocation, failure] },
    ...dimensions,
    [MetricTypes.HandlerInvocationCount]: 1,
    [MetricTypes.HandlerInvocationDuration]: milliseconds,
    ...(errorCode !== undefined && { DimensionKeyExceptionType: errorCode, [MetricTypes.HandlerException]: 1 }),
  };
}
