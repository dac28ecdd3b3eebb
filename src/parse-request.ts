import type { Request } from './cloudformation/request';
import { userPoolId } from './domain/declaration/checks/user-pool-id';
import type { Declaration } from './domain/declaration/declaration';
import * as declaration from './domain/declaration/parse';
import { wellTyped } from './domain/declaration/well-typed';
import { HandlerError } from './domain/errors';
import { setupNotFound } from './domain/plan/not-found';
import type { ResourceModel } from './model';

/** The declaration of a Create or an Update. Throws `InvalidRequest` with all that is wrong with it in itself. */
export function parseDeclaration(request: Request<ResourceModel>, operation: 'create' | 'update'): Declaration {
  const model = request.desiredResourceState;
  const properties = { raw: model ?? {}, unknown: model?.unknownProperties ?? [] };
  const parsed = declaration.parseDeclaration(properties, { poolRegion: request.region, operation });
  if ('problems' in parsed) throw new HandlerError('InvalidRequest', parsed.problems.join(' '));
  const { userPoolId: id } = parsed.declaration;
  const before = request.previousResourceState?.userPoolId;
  if (operation === 'update' && before !== undefined && before !== id) {
    throw new HandlerError(
      'NotUpdatable',
      `UserPoolId cannot change from ${before} to ${id}: a setup belongs to its pool, so declare another resource for the other pool.`,
    );
  }
  return parsed.declaration;
}

/** What a Read or a Delete is for: only the pool's id must be right, the rest is used as far as it goes. */
export function identifierOf(request: Request<ResourceModel>): Declaration {
  const { declaration: declared } = wellTyped(request.desiredResourceState ?? {});
  const id = declared.userPoolId;
  const problem = userPoolId.check({ userPoolId: id }, { operation: 'update' });
  // What cannot be a pool's id has no setup: a stack that once wrote it must be able to be deleted.
  if (problem) {
    const { message } = setupNotFound({ id: String(id), region: request.region });
    throw new HandlerError('NotFound', `${message} ${problem}`);
  }
  return declared;
}

/** What the stack declared before an Update. */
export function previousDeclaration(request: Request<ResourceModel>): Declaration | undefined {
  return request.previousResourceState && wellTyped(request.previousResourceState).declaration;
}
