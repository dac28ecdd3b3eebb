import type { Declaration } from '../declaration/declaration';
import { HandlerError } from '../errors';
import { isSameIdentity } from '../identity-ref';
import { type JsonObject, stringAt } from '../json';
import { nobody, noStack } from '../owners';
import { capitalize, describePool, type PoolRef } from '../pool-ref';
import { cognitoDefaultSender, formatSetupTag, parseSetupTag, type SetupTag, senderHash } from '../tags';
import { type AttachedPolicy, emailConfigurationOf } from './desired';
import { setupNotFound } from './not-found';
import type { PresentPool } from './observed';
import { hasAttachedPolicies, liveIdentities, type Setup, setupOf, withoutSender } from './plan';
import type { Change } from './rollback-target';

/** What Delete decides from. */
export interface DeleteInput {
  /** The request's model; the contract promises no more of it than the pool's id. */
  readonly declared: Partial<Declaration> & Pick<Declaration, 'userPoolId'>;
  /** The owner that the request acts for, see `ownerOf`. */
  readonly owner: string;
  readonly pool: PresentPool;
  /** Our policies for the pool, by identity. */
  readonly policies: readonly AttachedPolicy[];
  /** What an earlier invocation of this Delete has decided: true where the setup is being deleted already. */
  readonly deletesSetup: boolean;
  /** An earlier invocation has reset the pool: its sender since then is not this setup's. */
  readonly poolWasReset: boolean;
  /** Our policies that earlier invocations have deleted. */
  readonly deletedPolicies: readonly AttachedPolicy[];
}

/** What earlier invocations of a Delete have done, from the change that they noted. */
export function earlierProgress(
  change: (Change & { readonly lastUpdate?: unknown }) | undefined,
): Pick<DeleteInput, 'deletesSetup' | 'poolWasReset' | 'deletedPolicies'> {
  return {
    deletesSetup: change !== undefined,
    poolWasReset: change?.lastUpdate !== undefined,
    deletedPolicies: change?.from.policies.filter(({ policy }) => policy !== undefined) ?? [],
  };
}

/** What a Delete leads to, and how it ends. */
export interface DeleteDecision {
  readonly from: Setup;
  readonly to: Setup;
  /** This Delete deletes the setup, and so whatever a later invocation of it finds left. */
  readonly deletesSetup: boolean;
  /** How the Delete fails once `to` is reached; undefined where it succeeds. */
  readonly error: HandlerError | undefined;
}

/**
 * Decides a Delete. Only the owner deletes a setup, and only the sender that the setup itself has set; a request without
 * a stack names the pool itself and may delete any.
 */
export function decideDelete(input: DeleteInput): DeleteDecision {
  const { owner, pool, policies, deletesSetup } = input;
  const from = setupOf(pool, policies);
  const tag = parseSetupTag(pool.tag);
  if (pool.tag !== undefined && owner !== noStack && tag?.owner !== owner) {
    const error = ownedByAnother(pool.ref);
    // The setup got another owner while it was being deleted: what that one sends with stays, or is put back.
    if (deletesSetup) return { from, to: { ...from, policies: policiesInUse(input) }, deletesSetup, error };
    const to = tag?.before === owner ? { ...from, tag: withBefore(tag, undefined) } : from;
    return { from, to, deletesSetup: false, error };
  }
  if (tag?.before !== undefined && owner !== noStack) {
    return { from, to: { ...from, tag: givenBack(tag, tag.before) }, deletesSetup: false, error: undefined };
  }
  if (pool.tag === undefined && !hasAttachedPolicies(policies) && !deletesSetup) {
    return { from, to: from, deletesSetup: false, error: setupNotFound(pool.ref) };
  }
  return deletion(input, from, tag);
}

function deletion(input: DeleteInput, from: Setup, tag: SetupTag | undefined): DeleteDecision {
  const { declared, pool, policies, poolWasReset } = input;
  const sender = pool.tag === undefined ? declaredSender(declared, pool.ref) : tag?.sender;
  const isOurs = senderHash(pool.emailConfiguration) === sender && !(poolWasReset && pool.tag === undefined);
  const to: Setup = {
    emailConfiguration: isOurs ? reset(pool.emailConfiguration, declared) : pool.emailConfiguration,
    tag: undefined,
    policies: isOurs ? policies.map(withoutPolicy) : policiesInUse(input),
  };
  // The model may be older than the setup: a reply address that it does not name does not make the Delete fail.
  return { from, to, deletesSetup: true, error: isOurs ? undefined : senderStays(to, pool.ref) };
}

const withBefore = (tag: SetupTag, before: string | undefined) => formatSetupTag({ ...tag, before });

/** The tag after a take-over that kept the sender: it names the owner before again, or is gone where there was none. */
function givenBack(tag: SetupTag, owner: string): string | undefined {
  return owner === nobody ? undefined : withBefore({ ...tag, owner }, undefined);
}

/**
 * The sender that a request's model declares; undefined where it declares none. A take-over without a tag has none of
 * its own: the sender may have been given back, or the take-over never made.
 */
function declaredSender(declared: DeleteInput['declared'], pool: PoolRef): string | undefined {
  const { emailSendingAccount, takeOver } = declared;
  if (takeOver || !emailSendingAccount) return undefined;
  // From is no part of the sender, and in an old model may be one that cannot be encoded.
  return senderHash({ ...emailConfigurationOf({ ...declared, emailSendingAccount, from: undefined }, pool) });
}

/** Back to Cognito's default sender; of that sender itself only a declared reply address is the setup's. */
function reset(live: JsonObject, { replyToEmailAddress: reply }: DeleteInput['declared']): JsonObject {
  if (senderHash(live) !== cognitoDefaultSender) return withoutSender(live);
  const { ReplyToEmailAddress: _declared, ...rest } = live;
  return reply !== undefined && live['ReplyToEmailAddress'] === reply ? rest : live;
}

const withoutPolicy = ({ region, identity }: AttachedPolicy): AttachedPolicy => ({ region, identity });

/** Our policies on the identities that the pool sends with now, for another sender may need them; none on others. */
function policiesInUse({ pool, policies, deletedPolicies }: DeleteInput): readonly AttachedPolicy[] {
  const live = liveIdentities(pool);
  return policies.map((attached) => {
    if (!live.some((identity) => isSameIdentity(identity, attached))) return withoutPolicy(attached);
    const deleted = deletedPolicies.find((identity) => isSameIdentity(identity, attached));
    return { ...attached, policy: attached.policy ?? deleted?.policy };
  });
}

function senderStays({ emailConfiguration, policies }: Setup, pool: PoolRef): HandlerError | undefined {
  const source = stringAt(emailConfiguration, 'SourceArn');
  const reply = stringAt(emailConfiguration, 'ReplyToEmailAddress');
  if (source === undefined && reply === undefined) return undefined;
  const what = source === undefined ? `the reply address ${reply}` : `its sender ${source}`;
  const attached = policies.flatMap(({ policy, identity, region }) => (policy ? [`${identity} in ${region}`] : []));
  const kept = attached.length > 0 ? ` and the policy on ${attached.join(' and ')}` : '';
  return new HandlerError(
    'NotFound',
    `${capitalize(describePool(pool))} keeps ${what}${kept}, which this setup has not set: whoever set it can change it; nothing else is left of the setup.`,
  );
}

function ownedByAnother(pool: PoolRef): HandlerError {
  return new HandlerError(
    'NotFound',
    `The e-mail setup of ${describePool(pool)} belongs to another resource, and stays: if it is this one, moved by a stack refactoring or an import, change its Revision first, then delete it.`,
  );
}
