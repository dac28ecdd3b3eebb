import type { JsonObject } from '../types';
import type { HandlerAnswer, Operation, Owner } from './drive';

/** Runs one operation to its end. All answers. */
export type Run = (operation: Operation) => Promise<readonly HandlerAnswer[]>;

/** A resource as the template of its stack declares it. */
export interface Declared {
  readonly owner?: Owner | undefined;
  readonly properties: JsonObject;
}

/** How a Create within a stack ended: its last answer, and the Delete's where one followed. */
export interface Created {
  readonly create: HandlerAnswer;
  readonly rollback?: HandlerAnswer;
}

const last = (answers: readonly HandlerAnswer[]) => answers[answers.length - 1] as HandlerAnswer;

/** Creates a resource in its stack: a failed Create of which any answer has named the resource is followed by a Delete. */
export async function created(run: Run, { owner, properties }: Declared): Promise<Created> {
  const answers = await run({ action: 'CREATE', owner, properties });
  const create = last(answers);
  const named = answers.filter((answer) => answer.resourceModel).slice(-1)[0]?.resourceModel;
  if (create.status === 'SUCCESS' || !named) return { create };
  return { create, rollback: last(await run({ action: 'DELETE', owner, properties: named })) };
}

/**
 * Replaces a resource by one with another logical id, or in another stack: the new one is created first, and the old
 * one deleted in the clean-up, with the answer `cleanUp`. A stack that `rollsBack` once the Create has succeeded (for
 * the sake of another resource) deletes what it has created, with the answer `rollback`, and the old one stays.
 */
export async function replaced(
  run: Run,
  old: Declared,
  next: Declared,
  { rollsBack }: { readonly rollsBack: boolean },
): Promise<Created & { readonly cleanUp?: HandlerAnswer }> {
  const made = await created(run, next);
  if (made.create.status !== 'SUCCESS') return made;
  if (rollsBack) return { ...made, rollback: last(await run({ action: 'DELETE', ...next })) };
  return { ...made, cleanUp: last(await run({ action: 'DELETE', ...old })) };
}
