import type { PoolArn } from '../arns';
import type { Declaration, EmailSendingAccount } from '../declaration/declaration';
import { HandlerError } from '../errors';
import { type JsonObject, stringAt } from '../json';
import {
  cognitoDefaultSender,
  formatSetupTag,
  nobody,
  noStack,
  parseSetupTag,
  type SetupTag,
  senderHash,
} from '../tags';
import { type AttachedPolicy, emailConfigurationOf } from './desired';
import { setupNotFound } from './not-found';
import type { PresentPool } from './observed';
import { hasAttachedPolicies, isSameIdentity, liveIdentities, type Setup, setupOf, withoutSender } from './plan';

/** What Delete decides from. */
export interface DeleteInput {
  /** The request's model; the contract promises no more of it than the pool's id. */
  readonly declared: Partial<Declaration> & Pick<Declaration, 'userPoolId'>;
  /** Who asks, see `ownerOf`. */
  readonly owner: string;
  readonly pool: PresentPool;
  readonly policies: readonly AttachedPolicy[];
  /** An earlier invocation of this Delete has seen that the setup is its own to take away. */
  readonly begun: boolean;
  /** It has set the pool back already: what the pool sends with since then is somebody else's. */
  readonly switched: boolean;
  /** Our policies that it has taken away since. */
  readonly revoked: readonly AttachedPolicy[];
}

/** What a Delete leads to, and how it ends then. */
export interface DeleteDecision {
  readonly before: Setup;
  readonly target: Setup;
  /** The setup is this Delete's to take away: what is left of it in a later invocation is, too. */
  readonly takesAway: boolean;
  /** What the Delete answers once `target` is there; undefined: SUCCESS. */
  readonly answer: HandlerError | undefined;
}

/**
 * Decides a Delete. Only the owner's takes a setup away, and only the sender that the setup itself has set; a request
 * without a stack names the pool itself and is obeyed.
 */
export function decideDelete(question: DeleteInput): DeleteDecision {
  const { declared, owner, pool, policies, begun } = question;
  const before = setupOf(pool, policies);
  const { region } = pool.arn;
  const leave = (answer: HandlerError, target = before): DeleteDecision => ({
    before,
    target,
    takesAway: false,
    answer,
  });
  const tag = parseSetupTag(pool.tag);
  if (pool.tag !== undefined && owner !== noStack && tag?.owner !== owner) {
    const others = notTheOwner(declared.userPoolId, region);
    // The setup changed hands while it was taken away: what the other owner sends with stays, or comes back.
    if (begun) return { ...leave(others), target: { ...before, policies: onlyLive(question) }, takesAway: true };
    return tag?.before === owner ? leave(others, { ...before, tag: withBefore(tag, undefined) }) : leave(others);
  }
  if (tag?.before !== undefined && owner !== noStack) {
    return { before, target: { ...before, tag: givenBack(tag, tag.before) }, takesAway: false, answer: undefined };
  }
  if (pool.tag === undefined && !hasAttachedPolicies(policies) && !begun) {
    return leave(setupNotFound(declared.userPoolId, region));
  }
  return takenAway(question, before, tag);
}

function takenAway(question: DeleteInput, before: Setup, tag: SetupTag | undefined): DeleteDecision {
  const { declared, pool } = question;
  const set = pool.tag === undefined ? senderIn(declared, pool.arn) : tag?.sender;
  const isOurs = senderHash(pool.emailConfiguration) === set && !(question.switched && pool.tag === undefined);
  const emailConfiguration = isOurs ? reset(pool.emailConfiguration, declared) : pool.emailConfiguration;
  const policies = isOurs ? question.policies.map(withoutPolicy) : onlyLive(question);
  const target: Setup = { emailConfiguration, tag: undefined, policies };
  // The model may be older than the setup: that it does not name a reply address is no reason against SUCCESS.
  const answer = isOurs ? undefined : staying(target, declared.userPoolId, pool.arn.region);
  return { before, target, takesAway: true, answer };
}

const withBefore = (tag: SetupTag, before: string | undefined) => formatSetupTag({ ...tag, before });

/** A take-over that kept the sender is taken back: the owner before has it again, or nobody, without a tag. */
function givenBack(tag: SetupTag, owner: string): string | undefined {
  return owner === nobody ? undefined : withBefore({ ...tag, owner }, undefined);
}

/**
 * The sender that a request's model names; undefined where it names none. A take-over without a tag names none of its own:
 * it may have been given back, or never made.
 */
function senderIn(declared: DeleteInput['declared'], arn: PoolArn): string | undefined {
  const { emailSendingAccount } = declared;
  if (declared.takeOver) return undefined;
  // A From says nothing of the sender, and need not be one that can be written.
  const configuration = (sender: EmailSendingAccount) =>
    emailConfigurationOf({ ...declared, emailSendingAccount: sender, from: undefined }, arn);
  return emailSendingAccount && senderHash({ ...configuration(emailSendingAccount) });
}

/** Back to Cognito's default sender; of that sender itself nothing is the setup's but a reply address that it declares. */
function reset(live: JsonObject, { replyToEmailAddress: reply }: DeleteInput['declared']): JsonObject {
  if (senderHash(live) !== cognitoDefaultSender) return withoutSender(live);
  const { ReplyToEmailAddress: _declared, ...rest } = live;
  return reply !== undefined && live['ReplyToEmailAddress'] === reply ? rest : live;
}

const withoutPolicy = ({ region, identity }: AttachedPolicy): AttachedPolicy => ({ region, identity });

/** Our policies where the pool sends with the identity now, for another sender may need them. None elsewhere. */
function onlyLive({ pool, policies, revoked }: DeleteInput): readonly AttachedPolicy[] {
  const live = liveIdentities(pool);
  return policies.map((held) => {
    if (!live.some((place) => isSameIdentity(place, held))) return withoutPolicy(held);
    return { ...held, policy: held.policy ?? revoked.find((place) => isSameIdentity(place, held))?.policy };
  });
}

function staying({ emailConfiguration, policies }: Setup, poolId: string, region: string): HandlerError | undefined {
  const source = stringAt(emailConfiguration, 'SourceArn');
  const reply = stringAt(emailConfiguration, 'ReplyToEmailAddress');
  if (source === undefined && reply === undefined) return undefined;
  const what = source === undefined ? `the reply address ${reply}` : `its sender ${source}`;
  const standing = policies.flatMap(({ policy, identity, region: at }) => (policy ? [`${identity} in ${at}`] : []));
  const kept = standing.length > 0 ? ` and the policy on ${standing.join(' and ')}` : '';
  return new HandlerError(
    'NotFound',
    `User pool ${poolId} in ${region} keeps ${what}${kept}, which this setup has not set: whoever set it can change it; nothing else is left of the setup.`,
  );
}

function notTheOwner(poolId: string, region: string): HandlerError {
  return new HandlerError(
    'NotFound',
    `The e-mail setup of user pool ${poolId} in ${region} belongs to another resource, and stays: if it is this one, moved by a stack refactoring or an import, change its Revision first, then delete it.`,
  );
}
