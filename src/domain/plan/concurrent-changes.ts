import { HandlerError } from '../errors';
import { capitalize, describePool, type PoolName } from '../pool-ref';

/** The error where another writer has changed a pool's e-mail while an operation was running; another look may settle it. */
export function changedMeanwhile(pool: PoolName): HandlerError {
  const message = `The e-mail of ${describePool(pool)} was changed by somebody else meanwhile.`;
  return new HandlerError('ResourceConflict', message, { retryable: true });
}

/** The same right after our own change, `what` saying which. */
export function changedRightAfter(pool: PoolName, what: string): HandlerError {
  const message = `The e-mail of ${describePool(pool)} was changed by somebody else right after ${what}: see who else configures it.`;
  return new HandlerError('ResourceConflict', message, { retryable: true });
}

/** The error where a pool was deleted while an operation was running. */
export function deletedMeanwhile(pool: PoolName): HandlerError {
  const message = `${capitalize(describePool(pool))} was deleted meanwhile: take the setup from the template.`;
  return new HandlerError('InvalidRequest', message);
}
