import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsException } from './errors';
import type { Fault } from './types';

/** Injects a fault into a call. Returns true where the call gets nothing else; throws the exception of an `error`. */
export async function injectFault(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'error':
      throw new AwsException(fault.status, fault.name, fault.message);
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
