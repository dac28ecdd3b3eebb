import { sesException } from '../errors';
import type { Json, JsonObject } from '../types';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Condition keys that SES knows; it refuses all others, and these in other case. */
const conditionKeys = ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceIp', 'aws:PrincipalOrgID', 'ses:FromAddress'];

const badRequest = (message: string) => sesException('BadRequestException', message);
/** On record are the prefix, the unknown condition key and the invalid principal; the other messages are our reading. */
const invalid = (what: string) => badRequest(`InvalidPolicy: ${what}`);

/** Checks a sending authorization policy. Returns the document as SES stores it, compacted; throws `AwsException`. */
export function validatePolicy(name: string, text: string, identityArn: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw badRequest(
      'PolicyName is invalid. Policy names must only include alpha-numeric characters, dashes, and underscores.',
    );
  }
  if (Buffer.byteLength(text) > 4096) throw invalid('Policy is too long.');
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid('The policy is not valid JSON.');
  }
  const version = isObject(policy as Json) ? (policy as JsonObject)['Version'] : undefined;
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw invalid('Version is missing or unknown.');
  }
  const statements = isObject(policy as Json) ? asList((policy as JsonObject)['Statement']) : [];
  if (statements.length === 0) throw invalid('No statement.');
  for (const statement of statements) checkStatement(statement, identityArn);
  return JSON.stringify(policy);
}

function checkStatement(statement: Json, identityArn: string): void {
  if (!isObject(statement)) throw invalid('A statement is not an object.');
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') throw invalid('Effect must be Allow or Deny.');
  for (const element of ['Principal', 'Action', 'Resource']) {
    if (asList(statement[element] ?? statement[`Not${element}`]).length === 0)
      throw invalid(`A statement has no ${element}.`);
  }
  for (const resource of asList(statement['Resource'])) {
    if (!String(resource).startsWith('arn:')) {
      throw badRequest(`Invalid ARN: ARNs must start with 'arn:': ${resource}`);
    }
    if (resource !== identityArn) throw invalid(`Resource must be ${identityArn}`);
  }
  const { Principal: principal, Condition: condition } = statement;
  for (const service of isObject(principal) ? asList(principal['Service']) : []) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(String(service))) throw invalid('invalid principal');
  }
  for (const keys of isObject(condition) ? Object.values(condition) : []) {
    for (const key of isObject(keys) ? Object.keys(keys) : []) {
      if (!conditionKeys.includes(key)) {
        throw invalid(`Unknown or unapplicable condition field '${key}'.`);
      }
    }
  }
}
