import type { Json, JsonObject } from '../types';

/** A request to send, as policies see it. */
export interface Attempt {
  /** A service principal such as `email.cognito-idp.amazonaws.com`; or a role's or user's ARN, `principalType: 'AWS'`. */
  readonly principal: string;
  readonly principalType?: 'Service' | 'AWS';
  readonly action: string;
  readonly resource: string;
  /** The resource for which a service sends; absent where a role sends in its own name. */
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
  readonly fromAddress?: string | undefined;
}

/** Does any of the policies allow the attempt, and none deny it? */
export function allows(policies: Iterable<string>, attempt: Attempt): boolean {
  const effects = [...policies].flatMap((policy) => effectsOf(policy, attempt));
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** Does any of the policies deny the attempt? An explicit Deny also applies to a principal that needs no Allow. */
export function denies(policies: Iterable<string>, attempt: Attempt): boolean {
  return [...policies].some((policy) => effectsOf(policy, attempt).includes('Deny'));
}

function effectsOf(policy: string, attempt: Attempt): readonly Json[] {
  let document: JsonObject;
  try {
    document = JSON.parse(policy) as JsonObject;
  } catch {
    return [];
  }
  return asList(document['Statement'])
    .filter((statement): statement is JsonObject => typeof statement === 'object' && statement !== null)
    .filter((statement) => matches(statement as JsonObject, attempt))
    .map((statement) => (statement as JsonObject)['Effect'] ?? null);
}

function matches(statement: JsonObject, attempt: Attempt): boolean {
  const isAction = (pattern: Json) => like(String(pattern).toLowerCase(), attempt.action.toLowerCase());
  const isResource = (pattern: Json) => like(String(pattern), attempt.resource);
  return (
    matchesElement(statement, 'Action', (patterns) => patterns.some(isAction)) &&
    matchesElement(statement, 'Resource', (patterns) => patterns.some(isResource)) &&
    matchesPrincipal(statement, attempt) &&
    matchesConditions(statement['Condition'], attempt)
  );
}

/** An element, or its opposite: `NotAction` matches every action that it does not list. */
function matchesElement(
  statement: JsonObject,
  element: string,
  isMatch: (patterns: readonly Json[]) => boolean,
): boolean {
  const not = statement[`Not${element}`];
  return not === undefined ? isMatch(asList(statement[element])) : !isMatch(asList(not));
}

function matchesPrincipal({ Principal, NotPrincipal }: JsonObject, attempt: Attempt): boolean {
  const { principal, principalType = 'Service' } = attempt;
  if (NotPrincipal === undefined) return listsPrincipal(Principal, principalType, principalNames(attempt));
  // An account in NotPrincipal exempts the account itself, not its roles: a role has to be listed beside it.
  return !listsPrincipal(NotPrincipal, principalType, [principal]);
}

/** The names under which a policy may list a principal: a role is also listed by its account. */
function principalNames({ principal, principalType }: Attempt): readonly string[] {
  if (principalType !== 'AWS') return [principal];
  const [, partition, , , account = ''] = principal.split(':');
  return [principal, `arn:${partition}:iam::${account}:root`, account];
}

function listsPrincipal(element: Json | undefined, type: 'Service' | 'AWS', accepted: readonly string[]): boolean {
  if (element === '*') return true;
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return false;
  return asList(element[type]).some(
    (listed) => accepted.includes(String(listed)) || (listed === '*' && type === 'AWS'),
  );
}

function matchesConditions(condition: Json | undefined, attempt: Attempt): boolean {
  if (condition === undefined || condition === null) return true;
  if (typeof condition !== 'object' || Array.isArray(condition)) return false;
  const values = new Map([
    ['aws:sourcearn', attempt.sourceArn],
    ['aws:sourceaccount', attempt.sourceAccount],
    ['ses:fromaddress', attempt.fromAddress],
  ]);
  return Object.entries(condition).every(([operator, keys]) => {
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) return false;
    return Object.entries(keys).every(([key, wanted]) => {
      // Other keys are not part of the request here: the statement is taken not to match.
      if (!values.has(key.toLowerCase())) return false;
      return compare(operator, asList(wanted).map(String), values.get(key.toLowerCase()));
    });
  });
}

const comparisons: Readonly<Record<string, (pattern: string, actual: string) => boolean>> = {
  StringEquals: (pattern, actual) => pattern === actual,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

/** IAM's operators. Where the request lacks the key, negated operators and those with `IfExists` match, others do not. */
function compare(operator: string, patterns: readonly string[], actual: string | undefined): boolean {
  const [, kind = '', not = '', how = '', ifExists = ''] =
    /^(String|Arn)(Not)?(Equals|Like)(IfExists)?$/.exec(operator) ?? [];
  const matching = comparisons[`${kind}${how}`];
  if (!matching) return false;
  if (actual === undefined) return not !== '' || ifExists !== '';
  return patterns.some((pattern) => matching(pattern, actual)) === (not === '');
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Compares each of an ARN's six parts by itself: before the last part, a wildcard does not match a colon. */
function arnLike(pattern: string, actual: string): boolean {
  const parts = (arn: string) => {
    const all = arn.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  };
  const wanted = parts(pattern);
  const found = parts(actual);
  return wanted.length === found.length && wanted.every((part, index) => like(part, found[index] ?? ''));
}

function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
