import type { IncomingMessage } from 'node:http';
import type { Accounts } from './accounts';
import type { AuthenticatedCaller } from './authenticate';
import type { Behaviours } from './behaviours';
import { handleCloudWatchLogs } from './cloudwatch/operations';
import { handleCognito } from './cognito/operations';
import type { ExceptionFor } from './errors';
import { handleSes } from './ses/operations';
import { parseSesRequest } from './ses/routes';
import { handleSts } from './sts';
import type { Call, JsonObject } from './types';

/** An operation that a request asks for, not yet run. */
interface DispatchedOperation {
  readonly service: Call['service'];
  readonly operation: string;
  readonly input: JsonObject;
  /** Runs the operation and returns the response's body; throws `AwsException`. */
  readonly run: () => string;
  readonly contentType: string;
}

/** What an operation needs beside its request. */
interface DispatchContext {
  readonly accounts: Accounts;
  readonly behaviours: Behaviours;
  readonly exceptionFor: ExceptionFor;
}

/** Finds the operation that a request asks for. Throws the service's exception for a body that is not a JSON object. */
export function dispatch(
  request: IncomingMessage,
  body: Buffer,
  { service, region, account, credentials }: AuthenticatedCaller,
  { accounts, behaviours, exceptionFor }: DispatchContext,
): DispatchedOperation {
  if (service === 'sts') {
    const operation = new URLSearchParams(body.toString()).get('Action') ?? '';
    const run = () => handleSts(operation, account, credentials);
    return { service, operation, input: {}, run, contentType: 'text/xml' };
  }
  const input = parseJsonObject(body, exceptionFor);
  const { ses, cloudWatch, cognito } = accounts.regionState(region, account);
  if (service === 'ses') {
    const parsed = parseSesRequest(request.method ?? 'GET', new URL(request.url ?? '/', 'http://localhost'), input);
    const context = {
      state: ses,
      behaviours,
      arnPrefix: accounts.arnPrefix('ses', region, account),
      input: parsed.input,
    };
    const run = () => JSON.stringify(handleSes(parsed.operation, context));
    return { service, ...parsed, run, contentType: 'application/json' };
  }
  const [, operation = ''] = /^\w+\.(.*)$/.exec(String(request.headers['x-amz-target'] ?? '')) ?? [];
  const contentType = 'application/x-amz-json-1.1';
  if (service === 'logs') {
    const run = () => JSON.stringify(handleCloudWatchLogs(operation, cloudWatch, input));
    return { service, operation, input, run, contentType };
  }
  const context = {
    state: cognito,
    input,
    arnPrefix: accounts.arnPrefix('cognito-idp', region, account),
    emailContext: ({ id }: { id: string }) => accounts.emailContext(region, account, id),
  };
  const run = () => JSON.stringify(handleCognito(operation, context));
  return { service: 'cognito-idp', operation, input, run, contentType };
}

/** The JSON object in a request's body; a request without a body has no members. */
function parseJsonObject(body: Buffer, exceptionFor: ExceptionFor): JsonObject {
  if (body.length === 0) return {};
  try {
    const json: unknown = JSON.parse(body.toString());
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  } catch {
    // Malformed JSON gets the same exception as JSON that is not an object.
  }
  throw exceptionFor('SerializationException', 'The body is not a JSON object.');
}
