import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import type { CognitoContext } from './context';
import { describePool } from './state';
import { updatePool } from './update-user-pool';

/** Settings that only CreateUserPool takes. */
const createOnly = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'];

/** CreateUserPool: the rules of UpdateUserPool, except that MFA may be turned on. */
export function createPool({ state, input, arnPrefix, emailContext }: CognitoContext): JsonObject {
  const { PoolName, Schema, ...rest } = input;
  if (typeof PoolName !== 'string' || PoolName === '') {
    throw cognitoException('InvalidParameterException', "Value null at 'poolName' failed to satisfy constraint");
  }
  const createOnlySettings = Object.entries(rest).filter(([member]) => createOnly.includes(member));
  const settings = Object.entries(rest).filter(([member]) => !createOnly.includes(member));
  const id = state.addPool({
    ...Object.fromEntries(createOnlySettings),
    Name: PoolName,
    ...(Array.isArray(Schema) && { SchemaAttributes: Schema }),
    MfaConfiguration: input['MfaConfiguration'] ?? 'OFF',
  });
  const pool = state.pools.get(id);
  if (!pool) throw cognitoException('InternalErrorException', `User pool ${id} was not made.`);
  try {
    updatePool(pool, Object.fromEntries(settings), emailContext(pool));
  } catch (error) {
    state.pools.delete(id);
    throw error;
  }
  return { UserPool: describePool(pool, arnPrefix) };
}
