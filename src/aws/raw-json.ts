import type {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { parseExactly, stringifyExactly } from '../domain/exact-json';
import { isObject, type JsonObject, parseObject } from '../domain/json';

/**
 * The SDK's typed client drops every member that its version does not know, in both directions, and a setting dropped
 * from an update is reset; it rounds numbers; and it takes an empty answer, or HTML where nothing is to be read, for
 * success. These middlewares let the raw JSON through the official clients, its numbers to the digit.
 */

/** Makes a command remember the JSON of its answer; after `send` the result gives it, empty for what is no JSON object. */
export function keepAnswer(command: DescribeUserPoolCommand): () => JsonObject {
  let text = '';
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      text = await textOf(result.response);
      return result;
    },
    // The innermost place: the SDK's own deserialiser is handed the bytes afterwards.
    { step: 'deserialize', priority: 'low', name: 'keepAnswer' },
  );
  return () => parseExactly(text) ?? {};
}

/** Makes a command remember when AWS answered it, in milliseconds since the epoch by AWS's own clock. */
export function keepDate(command: UpdateUserPoolCommand): () => number | undefined {
  let date = Number.NaN;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Readonly<Record<string, string>> };
      date = Date.parse(headers?.['date'] ?? '');
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'keepDate' },
  );
  return () => (Number.isNaN(date) ? undefined : date);
}

/** Makes a client throw a `SyntaxError` for an answer of success that is no JSON object. */
export function demandJson<C extends SESv2Client | CognitoIdentityProviderClient>(client: C): C {
  const { middlewareStack } = client as SESv2Client;
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { statusCode = 0 } = result.response as { statusCode?: number };
      if (statusCode < 300 && !parseObject(await textOf(result.response))) {
        throw Object.assign(new SyntaxError('the answer is not JSON'), { $metadata: { httpStatusCode: statusCode } });
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'demandJson' },
  );
  return client;
}

/** Makes a command send this JSON in place of what it would serialise; call the result after `send`. */
export function sendRaw(command: UpdateUserPoolCommand, body: JsonObject): () => void {
  let sent = false;
  command.middlewareStack.add(
    (next) => (args) => {
      if (isObject(args.request)) {
        Object.assign(args.request, { body: stringifyExactly(body) });
        sent = true;
      }
      return next(args);
    },
    // Before the content length is counted and the request is signed.
    { step: 'build', priority: 'high', name: 'sendRaw' },
  );
  return () => {
    if (!sent) throw new Error('UpdateUserPool was sent without the raw settings of the pool');
  };
}

/** Reads the body of a response, a stream or bytes, and leaves it as bytes. */
async function textOf(response: unknown): Promise<string> {
  if (typeof response !== 'object' || response === null || !('body' in response)) return '';
  if (response.body instanceof Uint8Array) return Buffer.from(response.body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  response.body = bytes;
  return bytes.toString();
}
