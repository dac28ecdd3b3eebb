import type {
  BaseModel,
  BaseResourceHandlerRequest,
  Optional,
  SessionProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { HandlerError } from '../domain/errors';
import { isObject } from '../domain/json';
import { ownerOf } from '../domain/owners';
import { timeoutsFrom } from '../domain/timeouts';
import type { Invocation } from '../engine/invocation';

/** A request as the library hands it over; `stackId` is absent where it comes from no stack, as through Cloud Control. */
export type Request<Model extends BaseModel> = BaseResourceHandlerRequest<Model> & { readonly stackId?: string | null };

const states = ['resourceProperties', 'previousResourceProperties', 'desiredResourceState', 'previousResourceState'];

/**
 * An event whose properties pass through the library as text, for the model to parse: in objects the library loses, or fails on,
 * names that every object inherits, such as `constructor`.
 */
export function withPropertiesAsText(event: unknown): unknown {
  if (!isObject(event)) return event;
  const members = Object.entries(event).map(([name, value]) => {
    if (states.includes(name) && isObject(value)) return [name, JSON.stringify(value)];
    return [name, name === 'requestData' || name === 'request' ? withPropertiesAsText(value) : value];
  });
  return Object.fromEntries(members);
}

/** What an invocation works with, from what the library hands over. Throws `InvalidCredentials` where none came along. */
export function startInvocation(
  session: Optional<SessionProxy>,
  request: Request<BaseModel>,
  callbackContext: unknown,
  log: (line: string) => void,
): Invocation {
  const { accessKeyId, secretAccessKey, sessionToken } = session?.configuration.credentials ?? {};
  if (!accessKeyId || !secretAccessKey) {
    throw new HandlerError(
      'InvalidCredentials',
      'The request came without credentials: is the execution role registered with the type?',
    );
  }
  return {
    region: request.region,
    account: request.awsAccountId,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    requestToken: request.clientRequestToken,
    owner: ownerOf(request.stackId ?? undefined, request.logicalResourceIdentifier),
    callbackContext,
    timeouts: timeoutsFrom(process.env),
    log,
  };
}
