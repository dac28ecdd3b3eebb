import type { Declaration, RawProperties } from './declaration';
import { declarable, memberOf, type SchemaProperty } from './schema';

/** A property whose value is not one of its type. */
export interface TypeProblem {
  readonly property: string;
  readonly message: string;
}

/**
 * Splits properties into the declaration that they make and a problem for each that is of another type, or empty where
 * it may be left out, or longer than the schema allows: the checks need not be quick on endless texts.
 */
export function wellTyped(raw: RawProperties): {
  readonly declaration: Declaration;
  readonly problems: readonly TypeProblem[];
} {
  const declared = declarable.flatMap((property) => {
    const value = raw[memberOf(property.name) as keyof Declaration];
    return value === undefined || value === null ? [] : [{ property, value, problem: typeProblem(property, value) }];
  });
  const typed = declared.filter(({ problem }) => problem === undefined);
  return {
    declaration: Object.fromEntries(
      typed.map(({ property, value }) => [memberOf(property.name), value]),
    ) as unknown as Declaration,
    problems: declared.flatMap(({ property: { name }, problem }) =>
      problem === undefined ? [] : [{ property: name, message: `${name} ${problem}.` }],
    ),
  };
}

const words: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
};

/** What is wrong with the value, as the rest of a sentence. A required property has a check of its own for its text. */
function typeProblem({ type, required, maxLength }: SchemaProperty, value: unknown): string | undefined {
  if (value === '' && !required) return 'is empty: leave it out (AWS::NoValue), or write a value';
  if (typeof value !== (type === 'integer' ? 'number' : type)) {
    return `is ${JSON.stringify(value)}: write ${words[type]}`;
  }
  if (typeof value !== 'string' || maxLength === undefined || value.length <= maxLength || required) return undefined;
  return `has ${value.length} characters: write at most ${maxLength}`;
}
