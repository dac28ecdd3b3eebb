import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import type { CognitoContext } from './context';
import { createPool } from './create-user-pool';
import { setMfaConfig } from './mfa-config';
import { describePool, type Pool } from './state';
import { checkTagKeys, checkTags } from './tag-rules';
import { updatePool } from './update-user-pool';

type Operation = (context: CognitoContext) => JsonObject;

function poolOf({ state, input }: CognitoContext): Pool {
  const id = String(input['UserPoolId'] ?? '');
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(id)) {
    throw cognitoException('InvalidParameterException', `Value '${id}' at 'userPoolId' failed to satisfy constraint`);
  }
  const pool = state.pools.get(id);
  if (!pool) throw cognitoException('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return pool;
}

function poolOfArn({ state, input, arnPrefix }: CognitoContext): Pool {
  const arn = String(input['ResourceArn'] ?? '');
  const pool = arn.startsWith(`${arnPrefix}:userpool/`) ? state.pools.get(arn.split('/')[1] ?? '') : undefined;
  if (!pool) throw cognitoException('ResourceNotFoundException', `Resource ${arn} does not exist.`);
  return pool;
}

const tagsOf = (pool: Pool) => (pool.members['UserPoolTags'] ?? {}) as JsonObject;
const setTags = (pool: Pool, tags: JsonObject) => {
  pool.members = { ...pool.members, UserPoolTags: tags };
};

const operations: Readonly<Record<string, Operation>> = {
  CreateUserPool: createPool,
  DeleteUserPool: (context) => {
    const pool = poolOf(context);
    if (pool.members['DeletionProtection'] === 'ACTIVE') {
      throw cognitoException(
        'InvalidParameterException',
        'The user pool cannot be deleted because deletion protection is activated.',
      );
    }
    context.state.pools.delete(pool.id);
    return {};
  },
  DescribeUserPool: (context) => ({ UserPool: describePool(poolOf(context), context.arnPrefix) }),
  UpdateUserPool: (context) => {
    const pool = poolOf(context);
    updatePool(pool, context.input, context.emailContext(pool));
    return {};
  },
  GetUserPoolMfaConfig: (context) => {
    const { members, emailMfa, mfaFactors } = poolOf(context);
    const mfa = members['MfaConfiguration'] ?? 'OFF';
    return { MfaConfiguration: mfa, ...mfaFactors, ...(emailMfa && { EmailMfaConfiguration: emailMfa }) };
  },
  SetUserPoolMfaConfig: (context) => setMfaConfig(poolOf(context), context.input),
  ListUserPools: ({ state, input }) => {
    const size = Number(input['MaxResults'] ?? 0);
    if (!(size >= 1 && size <= 60)) {
      throw cognitoException(
        'InvalidParameterException',
        "Value at 'maxResults' failed to satisfy constraint: 1 to 60",
      );
    }
    const start = parsePageToken(input['NextToken']);
    const ids = [...state.pools.keys()];
    const next = start + size < ids.length ? { NextToken: pageToken(start + size) } : {};
    const page = ids.slice(start, start + size);
    return { UserPools: page.map((Id) => ({ Id, Name: String(state.pools.get(Id)?.members['Name']) })), ...next };
  },
  TagResource: (context) => {
    const pool = poolOfArn(context);
    const added = (context.input['Tags'] ?? {}) as JsonObject;
    checkTags(added, { ...tagsOf(pool), ...added });
    setTags(pool, { ...tagsOf(pool), ...added });
    return {};
  },
  UntagResource: (context) => {
    const pool = poolOfArn(context);
    const removed = (context.input['TagKeys'] ?? []) as readonly string[];
    checkTagKeys(removed);
    setTags(pool, Object.fromEntries(Object.entries(tagsOf(pool)).filter(([key]) => !removed.includes(key))));
    return {};
  },
  ListTagsForResource: (context) => {
    const pool = poolOfArn(context);
    return { Tags: { ...pool.systemTags, ...tagsOf(pool) } };
  },
};

const pageToken = (start: number) => Buffer.from(`from ${start}`).toString('base64');

function parsePageToken(token: unknown): number {
  if (token === undefined || token === null) return 0;
  const match = /^from (\d+)$/.exec(Buffer.from(String(token), 'base64').toString());
  if (!match) throw cognitoException('InvalidParameterException', 'Invalid NextToken');
  return Number(match[1]);
}

/** Runs an operation of Cognito. Returns its response; throws `AwsException`. */
export function handleCognito(operation: string, context: CognitoContext): JsonObject {
  const run = operations[operation];
  if (!run) throw cognitoException('UnknownOperationException', operation);
  return run(context);
}
