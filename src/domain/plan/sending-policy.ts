import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type IdentityRef, identityArn } from '../identity-ref';
import { isObject, type Json, type JsonObject, parseObject } from '../json';
import type { PoolName, PoolRef } from '../pool-ref';

/** SES takes policy names of at most 64 characters of `[A-Za-z0-9_-]`. */
const longestName = 64;
const hashLength = 12;

/** The name of the one policy that a pool has on an identity; the same for every setup of that pool. */
export function policyName({ id, region }: PoolName): string {
  const name = `EmailSetup-${region}-${id}`;
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${name.slice(0, longestName - hashLength - 1)}-${hash}`;
}

/**
 * The sending authorization policy that lets Cognito send for this pool, and for nothing else, as one identity in one
 * Region. SES refuses `AWS:SourceAccount`: its condition keys are lower-case.
 */
export function sendingPolicy(pool: PoolRef, identity: IdentityRef, principal: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: [principal] },
        Action: ['SES:SendEmail', 'SES:SendRawEmail'],
        Resource: identityArn(pool, identity),
        Condition: {
          StringEquals: { 'aws:SourceAccount': pool.account },
          ArnLike: { 'aws:SourceArn': pool.arn },
        },
      },
    ],
  });
}

/** Do two policy documents say the same, whatever their order of members, and of strings or lists of one? */
export function sameMeaning(one: string, other: string): boolean {
  const [first, second] = [parseObject(one), parseObject(other)];
  if (!first || !second) return one === other;
  return isDeepStrictEqual(normalPolicy(first), normalPolicy(second));
}

function normalPolicy(policy: JsonObject): unknown {
  const statements = policy['Statement'];
  const list = Array.isArray(statements) ? statements : [statements ?? null];
  const normal = list.map((statement) => (isObject(statement) ? normalStatement(statement) : statement));
  return { ...policy, Statement: normal.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
}

function normalStatement(statement: JsonObject): unknown {
  const { Sid: _name, Action, Principal, Condition, ...rest } = statement;
  return {
    ...(lists(rest) as JsonObject),
    Action: asList(Action).map((action) => (typeof action === 'string' ? action.toLowerCase() : action)),
    Principal: Principal === '*' ? { AWS: ['*'] } : lists(Principal),
    Condition: isObject(Condition)
      ? Object.fromEntries(Object.entries(Condition).map(([operator, keys]) => [operator, lists(keys)]))
      : Condition,
  };
}

/** Every member as a sorted list: IAM reads a string and a list of one alike. */
function lists(value: Json | undefined): unknown {
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, item]) => [key, key === 'Effect' ? item : asList(item)]);
  return Object.fromEntries(members.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value].sort() : [value as Json];
}
