import type { JsonObject } from '../types';
import { runHandler } from './run-handler';
import type { Caller, Operation, ProgressEvent, StackResource } from './types';

/** Runs one operation to its end. Returns all progress events. */
export type RunOperation = (operation: Operation) => Promise<readonly ProgressEvent[]>;

/** A resource as the template of its stack declares it. */
export interface DeclaredResource {
  readonly owner?: StackResource | undefined;
  readonly properties: JsonObject;
}

/** How a Create within a stack ended: its last progress event, and that of the Delete where one followed. */
export interface CreateResult {
  readonly create: ProgressEvent;
  readonly rollback?: ProgressEvent;
}

const last = (events: readonly ProgressEvent[]) => events[events.length - 1] as ProgressEvent;

/**
 * Creates a resource in its stack. Where the Create fails and any of its progress events has named the resource,
 * CloudFormation deletes it.
 */
export async function createWithRollback(
  run: RunOperation,
  { owner, properties }: DeclaredResource,
): Promise<CreateResult> {
  const events = await run({ action: 'CREATE', owner, properties });
  const create = last(events);
  const model = events.filter((event) => event.resourceModel).slice(-1)[0]?.resourceModel;
  if (create.status === 'SUCCESS' || !model) return { create };
  return { create, rollback: last(await run({ action: 'DELETE', owner, properties: model })) };
}

/** The same, through a caller's handler. */
export async function createInStack(
  caller: Caller,
  properties: JsonObject,
  owner?: StackResource,
): Promise<CreateResult> {
  return createWithRollback((operation) => runHandler(caller, operation), { properties, owner });
}

/**
 * Replaces a resource by one with another logical id, or in another stack: the new one is created first, and the old
 * one deleted in the clean-up (`cleanUp`). Where another resource of the stack fails after the Create has succeeded
 * (`rollsBack`), the new one is deleted (`rollback`) and the old one stays.
 */
export async function replaceResource(
  run: RunOperation,
  old: DeclaredResource,
  next: DeclaredResource,
  { rollsBack }: { readonly rollsBack: boolean },
): Promise<CreateResult & { readonly cleanUp?: ProgressEvent }> {
  const result = await createWithRollback(run, next);
  if (result.create.status !== 'SUCCESS') return result;
  if (rollsBack) return { ...result, rollback: last(await run({ action: 'DELETE', ...next })) };
  return { ...result, cleanUp: last(await run({ action: 'DELETE', ...old })) };
}
