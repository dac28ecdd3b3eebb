import type { Declaration } from './declaration';
import type { PropertyName } from './schema';

/** What a check depends on beside the declaration. */
export interface CheckContext {
  /** The Region that the stack runs in. */
  readonly poolRegion: string;
  readonly operation: 'create' | 'update';
}

/** What a check may read: members of the declaration, and the pool's Region. The operation is always known. */
export type CheckInput = keyof Declaration | 'poolRegion';

/** A rule on the declaration alone. */
export interface DeclarationCheck<Reads extends CheckInput = CheckInput> {
  /** The property that it names in its sentence. */
  readonly property: PropertyName;
  /** All that the result depends on: where one of these is not known yet, the check cannot be made. */
  readonly reads: readonly Reads[];
  /** Returns undefined, or what is wrong and what to do. */
  check(
    declaration: Pick<Declaration, Exclude<Reads, 'poolRegion'>>,
    context: Pick<CheckContext, 'operation' | Extract<Reads, 'poolRegion'>>,
  ): string | undefined;
}

/** Writes down a check; the compiler holds it to what it says that it reads. */
export function declarationCheck<Reads extends CheckInput>(check: DeclarationCheck<Reads>): DeclarationCheck<Reads> {
  return check;
}
