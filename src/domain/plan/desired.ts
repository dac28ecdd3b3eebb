import type { Declaration, EmailSendingAccount } from '../declaration/declaration';
import { encodeFrom } from '../declaration/mailbox';
import { type IdentityRef, identityArn } from '../identity-ref';
import type { PoolRef } from '../pool-ref';
import { regionRow } from '../regions';
import { sendingPolicy } from './sending-policy';

/** The members of Cognito's `EmailConfiguration` that the type sets. */
export interface EmailConfiguration {
  readonly EmailSendingAccount: EmailSendingAccount;
  readonly SourceArn?: string;
  readonly From?: string;
  readonly ReplyToEmailAddress?: string;
  readonly ConfigurationSet?: string;
}

/** Our policy for a pool on one identity; undefined where the identity has none, or needs none. */
export interface AttachedPolicy extends IdentityRef {
  readonly policy?: string | undefined;
}

/** The Regions in which a declared sender's identity is used, in AWS's order; none for the default address. */
export function sesRegionsOf(declared: Declaration, poolRegion: string): readonly string[] {
  if (declared.identity === undefined) return [];
  const row = regionRow(poolRegion);
  if (!row) return declared.sesRegion === undefined ? [] : [declared.sesRegion];
  if (row.category === 'alternate') {
    // AWS splits the default sender's mail between both Regions and sends DEVELOPER's through the first alone.
    return declared.emailSendingAccount === 'COGNITO_DEFAULT' ? row.sesRegions : row.sesRegions.slice(0, 1);
  }
  const own = row.sesRegions.includes(poolRegion) ? poolRegion : row.sesRegions[0];
  return [declared.sesRegion ?? own ?? poolRegion];
}

/** The identity in each Region that a declaration uses. */
export function identitiesOf(declared: Declaration, poolRegion: string): readonly IdentityRef[] {
  const { identity } = declared;
  if (identity === undefined) return [];
  return sesRegionsOf(declared, poolRegion).map((region) => ({ region, identity }));
}

/**
 * The Cognito principal that an identity in `sesRegion` must trust, or undefined where none is needed because Cognito
 * sends through its service-linked role. Regions without SES of their own have a principal of their own.
 */
export function trustedPrincipal(
  sender: EmailSendingAccount,
  poolRegion: string,
  sesRegion: string,
): string | undefined {
  const row = regionRow(poolRegion);
  const elsewhere = row ? row.category === 'alternate' : sesRegion !== poolRegion;
  if (elsewhere) return `cognito-idp.${poolRegion}.amazonaws.com`;
  return sender === 'COGNITO_DEFAULT' ? 'email.cognito-idp.amazonaws.com' : undefined;
}

/** The `EmailConfiguration` that a declaration means for a pool. */
export function emailConfigurationOf(declared: Declaration, pool: PoolRef): EmailConfiguration {
  const regions = sesRegionsOf(declared, pool.region);
  const region = regions.length > 1 ? '*' : regions[0];
  const { identity } = declared;
  return {
    EmailSendingAccount: declared.emailSendingAccount,
    ...(identity !== undefined && region && { SourceArn: identityArn(pool, { region, identity }) }),
    ...(declared.from !== undefined && { From: encodeFrom(declared.from) }),
    ...(declared.replyToEmailAddress !== undefined && { ReplyToEmailAddress: declared.replyToEmailAddress }),
    ...(declared.configurationSet !== undefined && { ConfigurationSet: declared.configurationSet }),
  };
}

/** The policy that each identity of a declaration must have for the pool; none where the service-linked role sends. */
export function policiesOf(declared: Declaration, pool: PoolRef): readonly AttachedPolicy[] {
  return identitiesOf(declared, pool.region).map((identity) => {
    const principal = trustedPrincipal(declared.emailSendingAccount, pool.region, identity.region);
    return principal === undefined ? identity : { ...identity, policy: sendingPolicy(pool, identity, principal) };
  });
}
