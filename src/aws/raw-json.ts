import type { DescribeUserPoolCommand, UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { isObject, type JsonObject, parseObject } from '../domain/json';

/**
 * The SDK's typed client drops every member that its version does not know, in both directions, and a setting dropped
 * from an update is reset. These two middlewares let the raw JSON through the official client.
 */

/** Makes a command remember the JSON of its answer; call the result after `send`. */
export function keepAnswer(command: DescribeUserPoolCommand): () => JsonObject {
  let text: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (isHttpResponse(response)) {
        const bytes = await collect(response.body);
        text = new TextDecoder().decode(bytes);
        response.body = bytes;
      }
      return result;
    },
    // The innermost place: the SDK's own deserialiser is handed the bytes afterwards.
    { step: 'deserialize', priority: 'low', name: 'keepAnswer' },
  );
  return () => {
    const json = text === undefined ? undefined : parseObject(text);
    if (!json) throw new SyntaxError('the answer is not a JSON object');
    return json;
  };
}

/** Makes a command send this JSON in place of what it would serialise; call the result after `send`. */
export function sendRaw(command: UpdateUserPoolCommand, body: JsonObject): () => void {
  let sent = false;
  command.middlewareStack.add(
    (next) => (args) => {
      if (isObject(args.request)) {
        Object.assign(args.request, { body: JSON.stringify(body) });
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

function isHttpResponse(value: unknown): value is { body: AsyncIterable<Uint8Array> | Uint8Array } {
  return typeof value === 'object' && value !== null && 'body' in value;
}

async function collect(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
