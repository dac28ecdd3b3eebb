import {
  BaseResource,
  type HandlerRequest,
  type HandlerSignatures,
  type LoggerProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../model';
import type { Log } from './log';

/** The handlers of all operations, as the library takes them. */
export type Handlers = HandlerSignatures<ResourceModel, never>;

/** The library's private parts that do not behave; see each override. */
interface LibraryInternals {
  castResourceRequest(request: HandlerRequest): { nextToken?: string; stackId?: string };
  initializeRuntime(resourceType: string, providerCredentials: unknown, ...rest: unknown[]): Promise<void>;
  waitRunningProcesses(): Promise<void>;
  log(): void;
  loggerProxy: LoggerProxy;
  platformLoggerProxy: LoggerProxy;
}

class EmailSetup extends BaseResource<ResourceModel, never> {}

/**
 * The library's resource for one invocation: it would keep credentials and log filters of one for the next. Its other
 * defects are private to it, so they are mended on the object, each by name: a release of the library that renames one
 * fails the tests of this file.
 */
export function resourceFor(handlers: Handlers, log: Log): BaseResource<ResourceModel, never> {
  const resource = new EmailSetup(ResourceModel.TYPE_NAME, ResourceModel, undefined, handlers);
  const innards = resource as unknown as LibraryInternals;

  // The library drops the token with which List asks for its next page, and the stack that asks.
  const cast = innards.castResourceRequest.bind(resource);
  innards.castResourceRequest = (request) =>
    Object.assign(cast(request), { nextToken: request.nextToken, stackId: request.stackId });

  // Its log delivery would create S3 buckets and sleep between lines, through SDK v2: ours is `delivery.ts`.
  const initialize = innards.initializeRuntime.bind(resource);
  innards.initializeRuntime = async (resourceType, _credentials, ...rest) => {
    await initialize(resourceType, undefined, ...rest);
    innards.loggerProxy = log.logger;
  };
  innards.platformLoggerProxy = log.logger;

  // It sleeps a second for its log to be delivered.
  innards.waitRunningProcesses = async () => undefined;

  // It logs whole events and errors, credentials included. What it has to say is in the answer, which we log.
  innards.log = () => undefined;
  return resource;
}
