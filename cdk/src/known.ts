import { Token } from 'aws-cdk-lib';
import { declarationProblems } from '../../src/domain/declaration/checks';
import type { Declaration } from '../../src/domain/declaration/declaration';

const notKnownYet = new Error('only the deployment knows this value');

/** The same object, except that who reads a value that only the deployment knows gets no further. */
function guarded<T extends object>(known: T, all: Readonly<Record<string, unknown>>): T {
  return new Proxy(known, {
    get: (target, name) => {
      if (Token.isUnresolved(all[String(name)])) throw notKnownYet;
      return Reflect.get(target, name);
    },
  });
}

/**
 * What the type's own rules say of a declaration whose values may be tokens. A rule that reads a token's value is left
 * to the deployment, where the type asks it again; every other one judges as it does there.
 */
export function knownProblems(
  declared: Readonly<Record<string, unknown>>,
  unknown: readonly string[],
  poolRegion: string,
): readonly string[] {
  const known = Object.entries(declared).filter(
    ([name, value]) => !unknown.includes(name) && !Token.isUnresolved(value),
  );
  const context = { poolRegion, operation: 'create' } as const;
  return declarationProblems(Object.fromEntries(known) as Partial<Declaration>, unknown, context, (rule, typed) => {
    try {
      return rule(guarded(typed, declared), guarded(context, context));
    } catch (error) {
      if (error === notKnownYet) return undefined;
      throw error;
    }
  });
}
