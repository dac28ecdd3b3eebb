import type {
  Action,
  BaseModel,
  LambdaContext,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { HandlerError } from '../domain/errors';
import { timeoutsFrom } from '../domain/timeouts';
import type { Invocation } from '../engine/invocation';
import { eventOf, type Log, openLog } from './log';
import { deliverLog } from './log-delivery';
import { embeddedMetrics } from './metrics';
import { failed } from './progress-event';
import { type Request, startInvocation, withPropertiesAsText } from './request';
import { type Handlers, type ResourceType, resourceFor } from './resource';

/** One handler: what it does with a request that has credentials, and how it answers. */
export type Handler<Model extends BaseModel> = (
  invocation: Invocation,
  request: Request<Model>,
) => Promise<ProgressEvent<Model>>;

/** What CloudFormation and `sam local` call for a resource type. */
export function entrypoints<Model extends BaseModel>(
  type: ResourceType<Model>,
  handlers: Readonly<Partial<Record<Action, Handler<Model>>>>,
) {
  const adapted = new Map(Object.entries(handlers).map(([action, handler]) => [action, adapt(handler)]));
  const resource = (log: Log) => resourceFor(type, adapted as Handlers<Model>, log);
  return {
    entrypoint: async (event: unknown, context: LambdaContext) => {
      const [started, wire] = [Date.now(), eventOf(event)];
      const log = openLog(wire);
      const answer = await resource(log).entrypoint(withPropertiesAsText(event), context);
      const report = { started, milliseconds: Date.now() - started, errorCode: answer['errorCode'] };
      logOutcome(log, answer as Ended, report.milliseconds);
      log.measure(embeddedMetrics(type.typeName, wire, report));
      return withDeliveryError(answer, await deliverLog(wire, log, timeoutsFrom(process.env).logDelivery));
    },
    testEntrypoint: async (event: unknown, context: LambdaContext) => {
      const [started, log] = [Date.now(), openLog(eventOf(event))];
      const answer = await resource(log).testEntrypoint(withPropertiesAsText(event), context);
      logOutcome(log, answer, Date.now() - started);
      return answer;
    },
  };
}

/** A handler as the library calls it; whatever it throws becomes a FAILED answer with its code. */
function adapt<Model extends BaseModel>(handler: Handler<Model>) {
  const adapted: NonNullable<ReturnType<Handlers<Model>['get']>> = async (
    session,
    request,
    callbackContext,
    logger,
  ) => {
    try {
      const invocation = startInvocation(session, request, callbackContext, (line) => logger.log(line));
      return await handler(invocation, request);
    } catch (error) {
      if (!(error instanceof HandlerError)) logger.log(error instanceof Error ? error.stack : error);
      return failed<Model>(error);
    }
  };
  return adapted;
}

/**
 * An answer that also says why the log was not delivered: what the function prints goes to an account of CloudFormation's, and
 * the answer is all that anybody else gets to see. It names the error only: AWS's words may hold anything.
 */
function withDeliveryError<A extends object>(answer: A, error: string | undefined): A {
  if (error === undefined) return answer;
  const notice = `The log of this operation was not delivered (${error}): check the log role and log group of the type.`;
  return { ...answer, message: [(answer as Ended).message, notice].filter(Boolean).join(' ') };
}

type Ended = Pick<ProgressEvent, 'status' | 'errorCode' | 'message'>;

function logOutcome(log: Log, { status, errorCode, message }: Ended, milliseconds: number): void {
  const outcome = { status, milliseconds, ...(errorCode && { errorCode }) };
  log.write(errorCode ? 'error' : 'info', message || 'Done.', outcome);
}
