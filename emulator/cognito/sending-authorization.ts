import { principalFor } from '../regions';
import { allows, denies } from '../ses/policy-evaluation';
import type { Identity } from '../ses/state';
import type { EmailContext } from './email-rules';
import { addressIn } from './sender';

/** How Cognito sends: both actions, for this identity. */
function attemptsOf(identity: Identity, region: string, from: string | undefined, { account, poolArn }: EmailContext) {
  const partition = poolArn.split(':')[1];
  const fromAddress = from === undefined ? identity.name : addressIn(from);
  return ['ses:SendEmail', 'ses:SendRawEmail'].map((action) => ({
    action,
    resource: `arn:${partition}:ses:${region}:${account}:identity/${identity.name}`,
    fromAddress,
  }));
}

/** Do the identity's policies, as far as Cognito sees them yet, let it send for the pool? */
export function isGranted(
  identity: Identity,
  region: string,
  from: string | undefined,
  context: EmailContext,
): boolean {
  const { poolRegion, account, poolArn, modes } = context;
  const seenBy = Date.now() - modes.grantVisibleAfterMs;
  const policies = [...identity.policies].filter(([name]) => (identity.writtenAt.get(name) ?? 0) <= seenBy);
  const principal = principalFor(poolRegion, region);
  return attemptsOf(identity, region, from, context).every((attempt) =>
    allows(
      policies.map(([, policy]) => policy),
      { ...attempt, principal, sourceArn: poolArn, sourceAccount: account },
    ),
  );
}

/**
 * Does a policy deny Cognito's service-linked role the sending? The role sends in its own name: what a service says of
 * whom it acts for, `aws:SourceArn` and `aws:SourceAccount`, is absent (our reading of IAM).
 */
export function isDeniedToRole(
  identity: Identity,
  region: string,
  from: string | undefined,
  context: EmailContext,
): boolean {
  const { account, poolArn } = context;
  const principal = `arn:${poolArn.split(':')[1]}:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`;
  return attemptsOf(identity, region, from, context).some((attempt) =>
    denies(identity.policies.values(), { ...attempt, principal, principalType: 'AWS' }),
  );
}
