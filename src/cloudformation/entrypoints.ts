import type {
  Action,
  LambdaContext,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { HandlerError } from '../domain/errors';
import { timeoutsFrom } from '../domain/timeouts';
import type { ResourceModel } from '../model';
import { type Journal, journalFrom } from '../operations/callback-context';
import type { Invocation } from '../operations/operation';
import { eventOf, type Log, openLog } from './log';
import { deliverLog } from './log-delivery';
import { embeddedMetrics } from './metrics';
import { failed } from './progress-event';
import { type Request, startInvocation, withPropertiesAsText } from './request';
import { type Handlers, resourceFor } from './resource';

/** One operation: what it does with a request that has credentials, and how it answers. */
export type Operation = (
  run: Invocation,
  request: Request,
  journal: Journal | undefined,
) => Promise<ProgressEvent<ResourceModel>>;

/** What CloudFormation and `sam local` call. */
export function entrypoints(operations: Readonly<Partial<Record<Action, Operation>>>) {
  const handlers = new Map(Object.entries(operations).map(([action, operation]) => [action, handling(operation)]));
  const resource = (log: Log) => resourceFor(handlers as Handlers, log);
  return {
    entrypoint: async (event: unknown, context: LambdaContext) => {
      const [began, wire] = [Date.now(), eventOf(event)];
      const log = openLog(wire);
      const answer = await resource(log).entrypoint(withPropertiesAsText(event), context);
      const report = { started: began, milliseconds: Date.now() - began, errorCode: answer['errorCode'] };
      logOutcome(log, answer as Noted, report.milliseconds);
      log.measure(embeddedMetrics(wire, report));
      return told(answer, await deliverLog(wire, log, timeoutsFrom(process.env).logDelivery));
    },
    testEntrypoint: async (event: unknown, context: LambdaContext) => {
      const [began, log] = [Date.now(), openLog(eventOf(event))];
      const answer = await resource(log).testEntrypoint(withPropertiesAsText(event), context);
      logOutcome(log, answer, Date.now() - began);
      return answer;
    },
  };
}

/** An operation as the library calls it; whatever it throws becomes a FAILED answer with its code. */
function handling(operation: Operation) {
  const handler: NonNullable<ReturnType<Handlers['get']>> = async (session, request: Request, context, logger) => {
    try {
      const journal = journalFrom(context);
      const run = startInvocation(session, request, journal, (line) => logger.log(line));
      return await operation(run, request, journal);
    } catch (error) {
      if (!(error instanceof HandlerError)) logger.log(error instanceof Error ? error.stack : error);
      return failed(error);
    }
  };
  return handler;
}

/**
 * An answer that also says why the log was not delivered: what the function prints is in an account of CloudFormation's, and
 * the answer is all that anybody else gets to see. It names the error only: AWS's words may hold anything.
 */
function told<A extends object>(answer: A, undelivered: string | undefined): A {
  if (undelivered === undefined) return answer;
  const notice = `The log of this operation was not delivered (${undelivered}): check the log role and log group of the type.`;
  return { ...answer, message: [(answer as Noted).message, notice].filter(Boolean).join(' ') };
}

type Noted = Pick<ProgressEvent, 'status' | 'errorCode' | 'message'>;

function logOutcome(log: Log, { status, errorCode, message }: Noted, milliseconds: number): void {
  const outcome = { status, milliseconds, ...(errorCode && { errorCode }) };
  log.write(errorCode ? 'error' : 'info', message || 'Done.', outcome);
}
