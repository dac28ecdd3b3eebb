import type { ServerResponse } from 'node:http';
import type { AwsException } from './errors';
import type { Call } from './types';

/** Headers of a response, with the time of now: Node caches its own `Date`, which is late on a busy machine. */
export function responseHeaders(contentType: string): { readonly 'content-type': string; readonly date: string } {
  return { 'content-type': contentType, date: new Date().toUTCString() };
}

/** Responds with an exception: STS in XML, the other services in a form that the SDK reads for each of them. */
export function sendException(
  response: ServerResponse,
  service: Call['service'] | undefined,
  exception: AwsException,
): void {
  const { status, code, message } = exception;
  if (service === 'sts') {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    response.writeHead(status, responseHeaders('text/xml')).end(body);
    return;
  }
  const headers = { ...responseHeaders('application/x-amz-json-1.1'), 'x-amzn-errortype': code };
  response.writeHead(status, headers).end(JSON.stringify({ __type: code, message }));
}
