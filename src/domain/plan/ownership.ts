import type { Declaration } from '../declaration/declaration';
import { HandlerError } from '../errors';
import { stringAt } from '../json';
import { nobody, noStack, shortHash } from '../owners';
import { capitalize, describePool, type PoolName } from '../pool-ref';
import { formatSetupTag, parseSetupTag, poolTag, senderHash } from '../tags';
import { emailConfigurationOf } from './desired';
import type { PresentPool } from './observed';
import { isConfigured } from './plan';

/** A request for a setup: what it declares, and for which owner. */
export interface Claim {
  readonly declared: Declaration;
  readonly requestToken: string;
  /** See `ownerOf`. */
  readonly owner: string;
}

const declaredSender = (pool: PresentPool, { declared }: Claim) =>
  senderHash({ ...emailConfigurationOf(declared, pool.ref) });

/** Does the pool carry the tag that this very Create wrote: its token, its owner and its sender? */
export function isFromThisCreate(pool: PresentPool, claim: Claim): boolean {
  const tag = parseSetupTag(pool.tag);
  return (
    tag?.token === shortHash(claim.requestToken) &&
    tag.owner === claim.owner &&
    tag.sender === declaredSender(pool, claim)
  );
}

/**
 * Does the pool have a setup that the same resource made before, and that its stack has retained? A Delete would treat it
 * as the new one, so a Create that takes it over must not return the primary identifier before it has succeeded.
 */
export function isOwnEarlierSetup(pool: PresentPool, claim: Claim): boolean {
  return parseSetupTag(pool.tag)?.owner === claim.owner && !isFromThisCreate(pool, claim);
}

/** The value of the tag that a Create writes. A take-over that keeps the sender notes the owner before, for its Delete. */
export function createTag(pool: PresentPool, claim: Claim): string {
  if (pool.tag !== undefined && isFromThisCreate(pool, claim)) return pool.tag;
  const sender = declaredSender(pool, claim);
  const tag = { token: shortHash(claim.requestToken), owner: claim.owner, sender };
  const live = senderHash(pool.emailConfiguration);
  if (!isConfigured(pool) || live !== sender) return formatSetupTag(tag);
  const previous = parseSetupTag(pool.tag);
  // A tag about another sender does not tell the owner of the live one.
  const before = previous?.sender === live ? (previous.before ?? previous.owner) : nobody;
  return formatSetupTag(before === claim.owner ? tag : { ...tag, before });
}

/** The value of the tag that an Update writes. Its owner becomes the setup's, unless it is the owner before a take-over. */
export function updateTag(pool: PresentPool, claim: Claim): string {
  const sender = declaredSender(pool, claim);
  const { requestToken, owner } = claim;
  const current = parseSetupTag(pool.tag);
  if (!current) return formatSetupTag({ token: shortHash(requestToken), owner, sender });
  const keepsOwner = owner === noStack || owner === current.before;
  return formatSetupTag(keepsOwner ? { ...current, sender } : { token: current.token, owner, sender });
}

/** The error of a Create for a pool that is configured already, unless it declares TakeOver; undefined for a free pool. */
export function conflict(pool: PresentPool, claim: Claim): HandlerError | undefined {
  const { declared } = claim;
  if (declared.takeOver || !isConfigured(pool) || isFromThisCreate(pool, claim)) return undefined;
  return new HandlerError('AlreadyExists', `${capitalize(describePool(pool.ref))} ${conflictingSetup(pool)}`);
}

function conflictingSetup({ tag, emailConfiguration }: PresentPool): string {
  const takeOver =
    'declare TakeOver: true to move it here or replace it (a sender that was replaced is not given back: with DeletionPolicy: Retain a Delete of this resource leaves the new one)';
  const declaredOnPool = 'if AWS::Cognito::UserPool in this template declares EmailConfiguration, take that out first';
  if (tag !== undefined) {
    return `has an e-mail setup already (it carries the tag ${poolTag}): ${declaredOnPool}; otherwise import it into this stack, or ${takeOver}.`;
  }
  const source = stringAt(emailConfiguration, 'SourceArn');
  if (source !== undefined) {
    return `sends with ${source} already: ${declaredOnPool}; otherwise import it into this stack, or ${takeOver}.`;
  }
  const reply = stringAt(emailConfiguration, 'ReplyToEmailAddress');
  return `has the reply address ${reply} already: ${declaredOnPool}; otherwise take it out, or ${takeOver}.`;
}

/** The error of an operation that finds, between two of its writes, that the pool has another owner's tag. */
export function overtaken(operation: 'create' | 'update', pool: PoolName): HandlerError {
  const setup = `The e-mail setup of ${describePool(pool)}`;
  return operation === 'create'
    ? new HandlerError(
        'AlreadyExists',
        `${setup} was made by somebody else meanwhile: see which stacks declare one for this pool, and keep one.`,
      )
    : new HandlerError(
        'ResourceConflict',
        `${setup} was changed by somebody else meanwhile: see which stacks declare one for this pool, then update again.`,
      );
}
