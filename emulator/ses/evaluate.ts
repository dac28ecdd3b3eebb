import type { Json, JsonObject } from '../types';

/** One attempt to send, as a sending authorization policy sees it. */
export interface Attempt {
  /** A service principal such as `email.cognito-idp.amazonaws.com`; or an ARN with `principalType: 'AWS'`. */
  readonly principal: string;
  readonly principalType?: 'Service' | 'AWS';
  readonly action: string;
  readonly resource: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** Does any of the policies allow the attempt, and none deny it? */
export function allows(policies: Iterable<string>, attempt: Attempt): boolean {
  const effects = [...policies].flatMap((policy) => effectsOf(policy, attempt));
  return effects.includes('Allow') && !effects.includes('Deny');
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
  const action = asList(statement['Action']).some((pattern) =>
    like(String(pattern).toLowerCase(), attempt.action.toLowerCase()),
  );
  const resource = asList(statement['Resource']).some((pattern) => like(String(pattern), attempt.resource));
  return action && resource && trusts(statement['Principal'], attempt) && holds(statement['Condition'], attempt);
}

function trusts(principal: Json | undefined, { principal: who, principalType = 'Service' }: Attempt): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return false;
  return asList(principal[principalType]).some((one) => one === who || (one === '*' && principalType === 'AWS'));
}

function holds(condition: Json | undefined, attempt: Attempt): boolean {
  if (condition === undefined || condition === null) return true;
  if (typeof condition !== 'object' || Array.isArray(condition)) return false;
  const values: Readonly<Record<string, string>> = {
    'aws:sourcearn': attempt.sourceArn,
    'aws:sourceaccount': attempt.sourceAccount,
  };
  return Object.entries(condition).every(([operator, keys]) => {
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) return false;
    return Object.entries(keys).every(([key, wanted]) => {
      const actual = values[key.toLowerCase()];
      if (actual === undefined) return false;
      return asList(wanted).some((pattern) => compare(operator, String(pattern), actual));
    });
  });
}

function compare(operator: string, pattern: string, actual: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return pattern === actual;
    case 'StringLike':
      return like(pattern, actual);
    case 'ArnLike':
    case 'ArnEquals':
      return arnLike(pattern, actual);
    default:
      return false;
  }
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Each of an ARN's six parts is compared by itself: a wildcard does not reach over a colon before the last part. */
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
