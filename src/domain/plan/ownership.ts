import type { Declaration } from '../declaration/declaration';
import { HandlerError } from '../errors';
import { stringAt } from '../json';
import { formatSetupTag, nobody, noStack, parseSetupTag, poolTag, senderHash, shortHash } from '../tags';
import { emailConfigurationOf } from './desired';
import type { PresentPool } from './observed';
import { isTaken } from './plan';

/** Who asks for which setup. */
export interface Claim {
  readonly declared: Declaration;
  readonly requestToken: string;
  /** See `ownerOf`. */
  readonly owner: string;
}

const declaredSender = (pool: PresentPool, { declared }: Claim) =>
  senderHash({ ...emailConfigurationOf(declared, pool.arn) });

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
 * Does the pool carry a setup that this very resource made before, and that its stack has let go of? A Delete would take it
 * for its own, so a Create that takes it over must not name the pool before it has succeeded.
 */
export function isOwnEarlierSetup(pool: PresentPool, claim: Claim): boolean {
  return parseSetupTag(pool.tag)?.owner === claim.owner && !isFromThisCreate(pool, claim);
}

/** The value of the tag that a Create writes. A take-over that keeps the sender notes whose it was, to give it back. */
export function createTag(pool: PresentPool, claim: Claim): string {
  if (pool.tag !== undefined && isFromThisCreate(pool, claim)) return pool.tag;
  const sender = declaredSender(pool, claim);
  const tag = { token: shortHash(claim.requestToken), owner: claim.owner, sender };
  const live = senderHash(pool.emailConfiguration);
  if (!isTaken(pool) || live !== sender) return formatSetupTag(tag);
  const found = parseSetupTag(pool.tag);
  // A tag about another sender does not say whose the live one is.
  const before = found?.sender === live ? (found.before ?? found.owner) : nobody;
  return formatSetupTag(before === claim.owner ? tag : { ...tag, before });
}

/** The value of the tag that an Update writes: it makes its stack the owner, but for the owner before a take-over. */
export function updateTag(pool: PresentPool, claim: Claim): string {
  const sender = declaredSender(pool, claim);
  const { requestToken, owner } = claim;
  const found = parseSetupTag(pool.tag);
  if (!found) return formatSetupTag({ token: shortHash(requestToken), owner, sender });
  const leavesOwner = owner === noStack || owner === found.before;
  return formatSetupTag(leavesOwner ? { ...found, sender } : { token: found.token, owner, sender });
}

/** Something of somebody else's, which Create does not touch unless it is told to take over. */
export function conflict(pool: PresentPool, claim: Claim): HandlerError | undefined {
  const { declared } = claim;
  if (declared.takeOver || !isTaken(pool) || isFromThisCreate(pool, claim)) return undefined;
  return new HandlerError(
    'AlreadyExists',
    `User pool ${declared.userPoolId} in ${pool.arn.region} ${conflictingSetup(pool)}`,
  );
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

/** The pool's record changed hands between two looks of one operation, which goes no further. */
export function overtaken(operation: 'create' | 'update', poolId: string, region: string): HandlerError {
  const pool = `The e-mail setup of user pool ${poolId} in ${region}`;
  return operation === 'create'
    ? new HandlerError(
        'AlreadyExists',
        `${pool} was made by somebody else meanwhile: see which stacks declare one for this pool, and keep one.`,
      )
    : new HandlerError(
        'ResourceConflict',
        `${pool} was changed by somebody else meanwhile: see which stacks declare one for this pool, then update again.`,
      );
}
