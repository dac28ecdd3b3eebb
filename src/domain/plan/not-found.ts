import { HandlerError } from '../errors';
import { capitalize, describePool, type PoolName } from '../pool-ref';

/** The error of Read, Update and Delete where the pool has no setup. */
export function setupNotFound(pool: PoolName): HandlerError {
  return new HandlerError(
    'NotFound',
    `${capitalize(describePool(pool))} has no e-mail setup of this type: to go on, skip the resource in the rollback if one is stuck, take it from the template, and add it again.`,
  );
}

/** The error where the pool itself does not exist. */
export function poolAbsent(operation: 'create' | 'read' | 'update' | 'delete', { id }: PoolName): HandlerError {
  return operation === 'create'
    ? new HandlerError(
        'InvalidRequest',
        `User pool ${id} does not exist in this account and Region: write the id of one that does, in the stack's own Region.`,
      )
    : new HandlerError(
        'NotFound',
        `User pool ${id} does not exist in this account and Region, or no longer: take the setup out of the template.`,
      );
}
