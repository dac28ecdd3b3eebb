import {
  BaseResource,
  type HandlerRequest,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../model';

/** The library's private parts that do not behave; see each override. */
interface Innards {
  castResourceRequest(request: HandlerRequest): { nextToken?: string };
  initializeRuntime(resourceType: string, providerCredentials: unknown, ...rest: unknown[]): Promise<void>;
  waitRunningProcesses(): Promise<void>;
  log(message: unknown, ...rest: unknown[]): void;
  callerSession: unknown;
  platformLambdaLogger: { logFilters: unknown[] };
  loggerProxy?: { waitCompletion(): Promise<boolean> };
  platformLoggerProxy: { waitCompletion(): Promise<boolean> };
}

/**
 * The library's resource with its defects mended. They are private to it, so they are mended on the object, each by
 * name: a release of the library that renames one fails the tests of this file.
 */
export function emailSetupResource(): BaseResource<ResourceModel> {
  class EmailSetup extends BaseResource<ResourceModel> {}
  const resource = new EmailSetup(ResourceModel.TYPE_NAME, ResourceModel);
  const innards = resource as unknown as Innards;

  // The library drops the token with which List asks for its next page.
  const cast = innards.castResourceRequest.bind(resource);
  innards.castResourceRequest = (request) => Object.assign(cast(request), { nextToken: request.nextToken });

  // Log delivery would create S3 buckets and sleep between lines, through an SDK that is not in the bundle.
  const initialize = innards.initializeRuntime.bind(resource);
  innards.initializeRuntime = (resourceType, _credentials, ...rest) => {
    // The library keeps the credentials of the last call for a next one that comes without.
    innards.callerSession = undefined;
    // It also keeps the filters of every call on the one logger that all calls share.
    innards.platformLambdaLogger.logFilters = [];
    return initialize(resourceType, undefined, ...rest);
  };

  // The library sleeps a second at the end of every call; what there is to wait for can be waited for.
  innards.waitRunningProcesses = async () => {
    await innards.loggerProxy?.waitCompletion();
    await innards.platformLoggerProxy.waitCompletion();
  };

  // Its test entrypoint logs the whole event, credentials included.
  const log = innards.log.bind(resource);
  innards.log = (message, ...rest) => {
    if (typeof message !== 'string' || !message.startsWith('EVENT DATA')) log(message, ...rest);
  };
  return resource;
}
