import type {
  BaseResourceHandlerRequest,
  Optional,
  SessionProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { declarationProblems } from '../domain/declaration/checks';
import type { Declaration } from '../domain/declaration/declaration';
import { userPoolId, wellTyped } from '../domain/declaration/properties';
import { HandlerError } from '../domain/errors';
import { isObject } from '../domain/json';
import { setupNotFound } from '../domain/plan/not-found';
import { ownerOf } from '../domain/tags';
import { timeoutsFrom } from '../domain/timeouts';
import type { ResourceModel } from '../model';
import type { Journal } from '../operations/callback-context';
import { type Invocation, invocation } from '../operations/operation';

/** A request as the library hands it over; `stackId` is absent where no stack asks, as through Cloud Control. */
export type Request = BaseResourceHandlerRequest<ResourceModel> & { readonly stackId?: string | null };

const states = ['resourceProperties', 'previousResourceProperties', 'desiredResourceState', 'previousResourceState'];

/**
 * An event whose properties pass through the library as text, for the model to read: in objects it loses, or stumbles
 * over, names that every object inherits, such as constructor.
 */
export function withPropertiesAsText(event: unknown): unknown {
  if (!isObject(event)) return event;
  const members = Object.entries(event).map(([name, value]) => {
    if (states.includes(name) && isObject(value)) return [name, JSON.stringify(value)];
    return [name, name === 'requestData' || name === 'request' ? withPropertiesAsText(value) : value];
  });
  return Object.fromEntries(members);
}

/** Starts an invocation with the credentials that came with the request. Throws `credentials` where none did. */
export function startInvocation(
  session: Optional<SessionProxy>,
  request: Request,
  journal: Journal | undefined,
  log: (line: string) => void,
): Invocation {
  const { accessKeyId, secretAccessKey, sessionToken } = session?.configuration.credentials ?? {};
  if (!accessKeyId || !secretAccessKey) {
    throw new HandlerError(
      'InvalidCredentials',
      'The request came without credentials: is the execution role registered with the type?',
    );
  }
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  const { region, awsAccountId: account, clientRequestToken: requestToken } = request;
  const poolId = request.desiredResourceState?.userPoolId ?? '';
  const owner = ownerOf(request.stackId ?? undefined, request.logicalResourceIdentifier);
  return invocation(
    { region, account, requestToken, owner, credentials, poolId: String(poolId) },
    timeoutsFrom(process.env),
    journal,
    log,
  );
}

/** The declaration of a Create or an Update, when every rule on it alone is kept; throws all that is wrong with it. */
export function parseDeclaration(request: Request, operation: 'create' | 'update'): Declaration {
  const model = request.desiredResourceState;
  const declared = wellTyped(model ?? {}).typed;
  const context = { poolRegion: request.region, operation };
  const problems = declarationProblems(model ?? {}, model?.unknownProperties ?? [], context);
  if (problems.length > 0) throw new HandlerError('InvalidRequest', problems.join(' '));
  const before = request.previousResourceState?.userPoolId;
  if (operation === 'update' && before !== undefined && before !== declared.userPoolId) {
    throw new HandlerError(
      'NotUpdatable',
      `UserPoolId cannot change from ${before} to ${declared.userPoolId}: a setup belongs to its pool, so declare another resource for the other pool.`,
    );
  }
  return declared;
}

/** What a Read or a Delete is about: only the pool's id must be right, the rest is used as far as it goes. */
export function identifierOf(request: Request): Declaration {
  const { typed } = wellTyped(request.desiredResourceState ?? {});
  const problem = userPoolId(typed, { poolRegion: request.region, operation: 'update' });
  // What cannot be a pool's id has no setup: a stack that once wrote it must be able to be deleted.
  if (problem)
    throw new HandlerError('NotFound', `${setupNotFound(String(typed.userPoolId), request.region).message} ${problem}`);
  return typed;
}

/** What the stack declared before an Update. */
export function previousDeclaration(request: Request): Declaration | undefined {
  return request.previousResourceState && wellTyped(request.previousResourceState).typed;
}
