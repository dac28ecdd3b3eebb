import { createHash } from 'node:crypto';

/** The owner of a resource that no stack declares: one made through Cloud Control, or by the contract tests. */
export const noStack = '-';

/** The owner of what was there before a resource and carries no owner's name: it was made by hand. */
export const nobody = '.';

/** A short hash: enough to recognise what was hashed, nothing to reuse. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The owner that a request acts for: the resource of a stack, by its logical id, or `noStack`. */
export function ownerOf(stackId: string | undefined, logicalResourceId: string | undefined): string {
  return stackId ? shortHash(JSON.stringify([stackId, logicalResourceId ?? ''])) : noStack;
}
