import type { JsonObject } from '../types';
import { exampleResource } from './example-stack';
import type { Caller, Operation } from './types';

/** CloudFormation sends every primitive to a handler as a string. */
function withPrimitivesAsStrings(value: unknown): JsonObject[string] {
  if (Array.isArray(value)) return value.map(withPrimitivesAsStrings);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPrimitivesAsStrings(item)]));
  }
  return String(value);
}

/** The payload with which CloudFormation invokes a handler once; `token` is the request's bearer token. */
export function payloadOf(caller: Caller, operation: Operation, token: string): JsonObject {
  const { action, properties, previous, nextToken, callbackContext, owner = exampleResource(caller) } = operation;
  const { stackId, logicalResourceId } = owner === 'Cloud Control' ? {} : owner;
  return {
    action,
    awsAccountId: caller.account,
    bearerToken: token,
    region: caller.region,
    responseEndpoint: null,
    resourceType: 'Org::Cognito::EmailSetup',
    resourceTypeVersion: '00000001',
    ...(stackId !== undefined && { stackId }),
    callbackContext: callbackContext ?? null,
    nextToken: nextToken ?? null,
    requestData: {
      callerCredentials: { ...caller.credentials },
      ...(caller.provider && {
        providerCredentials: { ...caller.provider.credentials },
        providerLogGroupName: caller.provider.logGroup,
      }),
      ...(logicalResourceId !== undefined && { logicalResourceId }),
      resourceProperties: properties ? (withPrimitivesAsStrings(properties) as JsonObject) : {},
      ...(previous && { previousResourceProperties: withPrimitivesAsStrings(previous) as JsonObject }),
      systemTags: {},
      stackTags: {},
      previousStackTags: {},
    },
  };
}
