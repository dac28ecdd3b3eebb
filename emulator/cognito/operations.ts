import { cognitoRefusal } from '../errors';
import type { JsonObject } from '../types';
import { createPool } from './create';
import type { EmailContext } from './email-rules';
import { setMfa } from './mfa';
import { type CognitoState, described, type Pool } from './state';
import { checkTagKeys, checkTags, updatePool } from './update';

/** What an operation of Cognito is done with. */
export interface CognitoContext {
  readonly world: CognitoState;
  readonly input: JsonObject;
  /** `arn:PARTITION:cognito-idp:REGION:ACCOUNT`. */
  readonly arnPrefix: string;
  readonly email: (pool: Pool) => EmailContext;
}

type Operation = (context: CognitoContext) => JsonObject;

function poolOf({ world, input }: CognitoContext): Pool {
  const id = String(input['UserPoolId'] ?? '');
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(id)) {
    throw cognitoRefusal('InvalidParameterException', `Value '${id}' at 'userPoolId' failed to satisfy constraint`);
  }
  const pool = world.pools.get(id);
  if (!pool) throw cognitoRefusal('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return pool;
}

function poolOfArn({ world, input, arnPrefix }: CognitoContext): Pool {
  const arn = String(input['ResourceArn'] ?? '');
  const pool = arn.startsWith(`${arnPrefix}:userpool/`) ? world.pools.get(arn.split('/')[1] ?? '') : undefined;
  if (!pool) throw cognitoRefusal('ResourceNotFoundException', `Resource ${arn} does not exist.`);
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
      throw cognitoRefusal(
        'InvalidParameterException',
        'The user pool cannot be deleted because deletion protection is activated.',
      );
    }
    context.world.pools.delete(pool.id);
    return {};
  },
  DescribeUserPool: (context) => ({ UserPool: described(poolOf(context), context.arnPrefix) }),
  UpdateUserPool: (context) => {
    const pool = poolOf(context);
    updatePool(pool, context.input, context.email(pool));
    return {};
  },
  GetUserPoolMfaConfig: (context) => {
    const { members, emailMfa, mfaFactors } = poolOf(context);
    const mfa = members['MfaConfiguration'] ?? 'OFF';
    return { MfaConfiguration: mfa, ...mfaFactors, ...(emailMfa && { EmailMfaConfiguration: emailMfa }) };
  },
  SetUserPoolMfaConfig: (context) => setMfa(poolOf(context), context.input),
  ListUserPools: ({ world, input }) => {
    const size = Number(input['MaxResults'] ?? 0);
    if (!(size >= 1 && size <= 60)) {
      throw cognitoRefusal('InvalidParameterException', "Value at 'maxResults' failed to satisfy constraint: 1 to 60");
    }
    const start = startOf(input['NextToken']);
    const ids = [...world.pools.keys()];
    const next = start + size < ids.length ? { NextToken: tokenFor(start + size) } : {};
    const page = ids.slice(start, start + size);
    return { UserPools: page.map((Id) => ({ Id, Name: String(world.pools.get(Id)?.members['Name']) })), ...next };
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
    const gone = (context.input['TagKeys'] ?? []) as readonly string[];
    checkTagKeys(gone);
    setTags(pool, Object.fromEntries(Object.entries(tagsOf(pool)).filter(([key]) => !gone.includes(key))));
    return {};
  },
  ListTagsForResource: (context) => {
    const pool = poolOfArn(context);
    return { Tags: { ...pool.systemTags, ...tagsOf(pool) } };
  },
};

const tokenFor = (start: number) => Buffer.from(`from ${start}`).toString('base64');

function startOf(token: unknown): number {
  if (token === undefined || token === null) return 0;
  const match = /^from (\d+)$/.exec(Buffer.from(String(token), 'base64').toString());
  if (!match) throw cognitoRefusal('InvalidParameterException', 'Invalid NextToken');
  return Number(match[1]);
}

/** Does an operation of Cognito. Throws `Refusal`. */
export function handleCognito(operation: string, context: CognitoContext): JsonObject {
  const act = operations[operation];
  if (!act) throw cognitoRefusal('UnknownOperationException', operation);
  return act(context);
}
