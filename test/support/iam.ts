import type { Json, JsonObject } from '../../emulator/types';

/** One request as IAM sees it; the context holds condition keys and their values. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Do these statements allow a request? The principal is not looked at; an operator that is not known here throws. */
export function allowed(statements: readonly JsonObject[], request: Request): boolean {
  const effects = statements.filter((one) => applies(one, request)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition }: JsonObject, { action, resource, context = {} }: Request): boolean {
  return (
    list(Action).some((pattern) => like(pattern, action)) &&
    // A trust policy has no resource: it is the role's own.
    (Resource === undefined || list(Resource).some((pattern) => like(pattern, resource))) &&
    Object.entries((Condition ?? {}) as Record<string, JsonObject>).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted), context[key])),
    )
  );
}

function holds(operator: string, wanted: readonly string[], actual: string | undefined): boolean {
  const [name, ifExists] = operator.endsWith('IfExists') ? [operator.slice(0, -8), true] : [operator, false];
  if (actual === undefined) return ifExists;
  if (name === 'StringEquals' || name === 'Bool') return wanted.includes(actual);
  if (name === 'StringLike') return wanted.some((pattern) => like(pattern, actual));
  throw new Error(`the condition operator ${operator} is not known to the test`);
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

function list(value: Json | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
