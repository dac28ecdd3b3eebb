import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './errors';
import type { Call, Fault } from './types';

/** Lets a call meet its fault; true where that was all that happens to it. */
export async function injectFault(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'error':
      throw new Refusal(fault.status, fault.name, fault.message);
    case 'delay':
      await sleep(fault.ms);
      return false;
    case 'reset':
      response.socket?.destroy();
      return true;
    case 'hang':
      return true;
    case 'malformed':
      response.writeHead(fault.status, { 'content-type': fault.contentType }).end(fault.body);
      return true;
    case 'lost-answer':
      return false;
  }
}

/** The headers of an answer, with its time: Node's own `Date` is a cached one, late where the machine is busy. */
export function dated(contentType: string): { readonly 'content-type': string; readonly date: string } {
  return { 'content-type': contentType, date: new Date().toUTCString() };
}

/** Answers a refusal: STS in its XML, Cognito and SES in a form that the SDK reads for either. */
export function refuse(response: ServerResponse, service: Call['service'] | undefined, refusal: Refusal): void {
  const { status, code, message } = refusal;
  if (service === 'sts') {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    response.writeHead(status, dated('text/xml')).end(body);
    return;
  }
  const headers = { ...dated('application/x-amz-json-1.1'), 'x-amzn-errortype': code };
  response.writeHead(status, headers).end(JSON.stringify({ __type: code, message }));
}
