import {
  type BaseModel,
  BaseResource,
  type Constructor,
  type HandlerRequest,
  type HandlerSignatures,
  type LoggerProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import type { Log } from './log';

/** A resource type of the registry. */
export interface ResourceType<Model extends BaseModel> {
  readonly typeName: string;
  readonly Model: Constructor<Model>;
}

/** The handlers of all operations, as the library takes them. */
export type Handlers<Model extends BaseModel> = HandlerSignatures<Model, never>;

/** Private parts of the library that are replaced below. */
interface LibraryInternals {
  castResourceRequest(request: HandlerRequest): { nextToken?: string; stackId?: string };
  initializeRuntime(resourceType: string, providerCredentials: unknown, ...rest: unknown[]): Promise<void>;
  waitRunningProcesses(): Promise<void>;
  log(): void;
  loggerProxy: LoggerProxy;
  platformLoggerProxy: LoggerProxy;
}

/**
 * The library's resource for one invocation: it would keep credentials and log filters of one for the next. Its other defects are
 * private to it, so they are fixed on the object, each by name: a release of the library that renames one fails the tests of this
 * file.
 */
export function resourceFor<Model extends BaseModel>(
  { typeName, Model }: ResourceType<Model>,
  handlers: Handlers<Model>,
  log: Log,
): BaseResource<Model, never> {
  class Resource extends BaseResource<Model, never> {}
  const resource = new Resource(typeName, Model as ConstructorParameters<typeof Resource>[1], undefined, handlers);
  const internals = resource as unknown as LibraryInternals;

  // The library drops the token with which List asks for its next page, and the stack that asks.
  const cast = internals.castResourceRequest.bind(resource);
  internals.castResourceRequest = (request) =>
    Object.assign(cast(request), { nextToken: request.nextToken, stackId: request.stackId });

  // Its log delivery would create S3 buckets and sleep between lines, through SDK v2: ours is `log-delivery.ts`.
  const initialize = internals.initializeRuntime.bind(resource);
  internals.initializeRuntime = async (resourceType, _credentials, ...rest) => {
    await initialize(resourceType, undefined, ...rest);
    internals.loggerProxy = log.logger;
  };
  internals.platformLoggerProxy = log.logger;

  // It sleeps a second for its log to be delivered.
  internals.waitRunningProcesses = async () => undefined;

  // It logs whole events and errors, credentials included. What it has to say is in the answer, which we log.
  internals.log = () => undefined;
  return resource;
}
