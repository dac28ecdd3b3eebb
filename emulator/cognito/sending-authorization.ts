import { principalFor } from '../regions';
import { allows, denies } from '../ses/policy-evaluation';
import type { Identity } from '../ses/state';
import type { EmailContext } from './context';
import { addressIn } from './from-address';

/** Cognito needs both actions of SES to send as an identity. */
function sendAttempts(
  identity: Identity,
  region: string,
  from: string | undefined,
  { account, poolArn }: EmailContext,
) {
  const partition = poolArn.split(':')[1];
  const fromAddress = from === undefined ? identity.name : addressIn(from);
  return ['ses:SendEmail', 'ses:SendRawEmail'].map((action) => ({
    action,
    resource: `arn:${partition}:ses:${region}:${account}:identity/${identity.name}`,
    fromAddress,
  }));
}

/** Do the identity's policies, as far as Cognito sees them yet, allow it to send for the pool? */
export function allowsSending(
  identity: Identity,
  region: string,
  from: string | undefined,
  context: EmailContext,
): boolean {
  const { poolRegion, account, poolArn, behaviours } = context;
  const visibleUntil = Date.now() - behaviours.policyVisibleAfterMs;
  const policies = [...identity.policies].filter(([name]) => (identity.writtenAt.get(name) ?? 0) <= visibleUntil);
  const principal = principalFor(poolRegion, region);
  return sendAttempts(identity, region, from, context).every((attempt) =>
    allows(
      policies.map(([, policy]) => policy),
      { ...attempt, principal, sourceArn: poolArn, sourceAccount: account },
    ),
  );
}

/**
 * Does a policy deny sending to Cognito's service-linked role? The role sends in its own name, so that `aws:SourceArn` and
 * `aws:SourceAccount`, with which a service names the resource it acts for, are absent (our reading of IAM).
 */
export function deniesServiceLinkedRole(
  identity: Identity,
  region: string,
  from: string | undefined,
  context: EmailContext,
): boolean {
  const { account, poolArn } = context;
  const principal = `arn:${poolArn.split(':')[1]}:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`;
  return sendAttempts(identity, region, from, context).some((attempt) =>
    denies(identity.policies.values(), { ...attempt, principal, principalType: 'AWS' }),
  );
}
