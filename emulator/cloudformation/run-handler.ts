import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { payloadOf } from './payload';
import type { Caller, Operation, ProgressEvent } from './types';

/**
 * Runs one operation as CloudFormation does: invokes the handler again for as long as it returns IN_PROGRESS. Returns
 * all progress events; rejects where an invocation does.
 */
export async function runHandler(caller: Caller, operation: Operation): Promise<readonly ProgressEvent[]> {
  const token = operation.token ?? randomUUID();
  const events: ProgressEvent[] = [];
  let next = operation;
  for (;;) {
    const event = (await caller.invoke(payloadOf(caller, next, token))) as unknown as ProgressEvent;
    events.push(event);
    caller.onProgressEvent?.(operation.action, event);
    if (event.status !== 'IN_PROGRESS') return events;
    await sleep((event.callbackDelaySeconds ?? 0) * 1000 * (caller.delayScale ?? 1));
    next = {
      ...operation,
      ...(event.resourceModel && { properties: event.resourceModel }),
      ...(event.callbackContext && { callbackContext: event.callbackContext }),
    };
  }
}

/** Runs one operation as `runHandler` does. Returns its last progress event. */
export async function finalProgressEvent(caller: Caller, operation: Operation): Promise<ProgressEvent> {
  const events = await runHandler(caller, operation);
  return events[events.length - 1] as ProgressEvent;
}
