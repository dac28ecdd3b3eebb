import { cognitoRefusal } from '../errors';
import type { JsonObject } from '../types';
import type { CognitoContext } from './operations';
import { described } from './state';
import { updatePool } from './update';

/** Settings that a pool gets when it is made and that no update takes. */
const createOnly = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'];

/** CreateUserPool: by the rules of an update, save that MFA may be turned on. */
export function createPool({ world, input, arnPrefix, email }: CognitoContext): JsonObject {
  const { PoolName, Schema, ...rest } = input;
  if (typeof PoolName !== 'string' || PoolName === '') {
    throw cognitoRefusal('InvalidParameterException', "Value null at 'poolName' failed to satisfy constraint");
  }
  const fixed = Object.entries(rest).filter(([member]) => createOnly.includes(member));
  const settings = Object.entries(rest).filter(([member]) => !createOnly.includes(member));
  const id = world.addPool({
    ...Object.fromEntries(fixed),
    Name: PoolName,
    ...(Array.isArray(Schema) && { SchemaAttributes: Schema }),
    MfaConfiguration: input['MfaConfiguration'] ?? 'OFF',
  });
  const pool = world.pools.get(id);
  if (!pool) throw cognitoRefusal('InternalErrorException', `User pool ${id} was not made.`);
  try {
    updatePool(pool, Object.fromEntries(settings), email(pool));
  } catch (error) {
    world.pools.delete(id);
    throw error;
  }
  return { UserPool: described(pool, arnPrefix) };
}
