import { HandlerError } from '../errors';

/** Said where a setup that Read, Update or Delete asks for is not there. */
export function setupNotFound(poolId: string, region: string): HandlerError {
  return new HandlerError(
    'NotFound',
    `User pool ${poolId} in ${region} has no e-mail setup of this type: to go on, skip the resource in the rollback if one is stuck, take it from the template, and add it again.`,
  );
}

/** Said where the pool itself is not there. */
export function poolAbsent(operation: 'create' | 'read' | 'update' | 'delete', poolId: string): HandlerError {
  return operation === 'create'
    ? new HandlerError(
        'InvalidRequest',
        `User pool ${poolId} does not exist in this account and Region: write the id of one that does, in the stack's own Region.`,
      )
    : new HandlerError(
        'NotFound',
        `User pool ${poolId} does not exist in this account and Region, or no longer: take the setup out of the template.`,
      );
}
