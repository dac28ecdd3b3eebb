/**
 * Stands in for the log and metric delivery of CloudFormation's library, which would need SDK v2: ours is in
 * `src/cloudformation/log-delivery.ts`. The library makes these for every invocation, and they have nothing to do.
 */
export class LoggerProxy {
  addLogPublisher(): void {}
}

export class LambdaLogPublisher {}

export class MetricsPublisherProxy {
  async publishInvocationMetric(): Promise<void> {}
  async publishDurationMetric(): Promise<void> {}
  async publishExceptionMetric(): Promise<void> {}
}
