import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '../regions';
import type { Credentials, JsonObject } from '../types';
import { type Created, created } from './stacks';

/** The operations of a resource type, as CloudFormation names them. */
export type Action = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE' | 'LIST';

/** What a handler answers. */
export interface HandlerAnswer {
  readonly status: 'SUCCESS' | 'FAILED' | 'IN_PROGRESS';
  readonly errorCode?: string;
  readonly message?: string;
  readonly callbackContext?: JsonObject;
  readonly callbackDelaySeconds?: number;
  readonly resourceModel?: JsonObject;
  readonly resourceModels?: readonly JsonObject[];
  readonly nextToken?: string;
}

/** Who calls the handler, for which stack. */
export interface Caller {
  readonly invoke: (payload: JsonObject) => Promise<JsonObject>;
  readonly region: string;
  readonly account: string;
  readonly credentials: Credentials;
  /** The logging role of whoever registered the type, and where its log goes. */
  readonly provider?: { readonly credentials: Credentials; readonly logGroup: string };
  /** Seconds that pass for each second of `callbackDelaySeconds`; 1 is CloudFormation's own pace. */
  readonly pace?: number;
  /** Sees every answer as it comes. */
  readonly onAnswer?: (action: Action, answer: HandlerAnswer) => void;
}

/** The resource that a request is for: CloudFormation names its stack and its logical id there. */
export interface Owner {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** One operation on one resource. */
export interface Operation {
  readonly action: Action;
  /** Whose resource it is; the one of a constant example stack unless given. Cloud Control's requests name none. */
  readonly owner?: Owner | 'Cloud Control' | undefined;
  readonly properties?: JsonObject;
  readonly previous?: JsonObject;
  readonly nextToken?: string;
  /** The request token; a fresh one unless given. */
  readonly token?: string;
  readonly callbackContext?: JsonObject;
}

/** A stack's id. It ends in a UUID: a stack that is created again under the same name is another one. */
export function stackIdOf({ region, account }: Pick<Caller, 'region' | 'account'>, name: string, uuid: string): string {
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
}

/** The resource that requests are for unless they name another one. */
export const exampleOf = (caller: Pick<Caller, 'region' | 'account'>): Owner => ({
  stackId: stackIdOf(caller, 'example', '7d0c3c70-5f5b-11ef-9d3c-0a1b2c3d4e5f'),
  logicalResourceId: 'EmailSetup',
});

/** CloudFormation hands every primitive to a handler as a string. */
export function wireForm(value: unknown): JsonObject[string] {
  if (Array.isArray(value)) return value.map(wireForm);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wireForm(item)]));
  }
  return String(value);
}

/** CloudFormation's own payload for one invocation. */
export function payloadOf(caller: Caller, operation: Operation, token: string): JsonObject {
  const { action, properties, previous, nextToken, callbackContext, owner = exampleOf(caller) } = operation;
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
      resourceProperties: properties ? (wireForm(properties) as JsonObject) : {},
      ...(previous && { previousResourceProperties: wireForm(previous) as JsonObject }),
      systemTags: {},
      stackTags: {},
      previousStackTags: {},
    },
  };
}

/** Runs one operation as CloudFormation does: calls back for as long as the handler is in progress. All answers. */
export async function operate(caller: Caller, operation: Operation): Promise<readonly HandlerAnswer[]> {
  const token = operation.token ?? randomUUID();
  const answers: HandlerAnswer[] = [];
  let next = operation;
  for (;;) {
    const answer = (await caller.invoke(payloadOf(caller, next, token))) as unknown as HandlerAnswer;
    answers.push(answer);
    caller.onAnswer?.(operation.action, answer);
    if (answer.status !== 'IN_PROGRESS') return answers;
    await sleep((answer.callbackDelaySeconds ?? 0) * 1000 * (caller.pace ?? 1));
    next = {
      ...operation,
      ...(answer.resourceModel && { properties: answer.resourceModel }),
      ...(answer.callbackContext && { callbackContext: answer.callbackContext }),
    };
  }
}

/** The last answer of an operation. */
export async function outcome(caller: Caller, operation: Operation): Promise<HandlerAnswer> {
  const answers = await operate(caller, operation);
  return answers[answers.length - 1] as HandlerAnswer;
}

/**
 * A Create within a stack: where it fails and any of its answers has named the resource, CloudFormation deletes it.
 * Answers the Create's last answer, and the Delete's where one followed.
 */
export async function createInStack(caller: Caller, properties: JsonObject, owner?: Owner): Promise<Created> {
  return created((operation) => operate(caller, operation), { properties, owner });
}
