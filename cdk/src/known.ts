import { Token } from 'aws-cdk-lib';
import type { CheckInput } from '../../src/domain/declaration/check';
import { declarationProblems } from '../../src/domain/declaration/parse';

/**
 * What the type's own checks say of a declaration whose values may be tokens. A check that reads a token's value is left
 * to the deployment, where the type makes it again; every other one judges as it does there.
 */
export function knownProblems(
  declared: Readonly<Record<string, unknown>>,
  unknown: readonly string[],
  poolRegion: string,
): readonly string[] {
  const values = Object.entries(declared).filter(([name]) => !unknown.includes(name));
  const raw = Object.fromEntries(values.filter(([, value]) => !Token.isUnresolved(value)));
  const tokens = [...values, ['poolRegion', poolRegion] as const].filter(([, value]) => Token.isUnresolved(value));
  const notKnownYet = tokens.map(([name]) => name as CheckInput);
  return declarationProblems({ raw, unknown }, { poolRegion, operation: 'create' }, notKnownYet);
}
