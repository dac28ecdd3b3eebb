import { identityArn, type PoolArn } from '../arns';
import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import { stringAt } from '../json';
import { denies, type Sender, type Verdict } from './deny';
import {
  type EmailConfiguration,
  emailConfigurationOf,
  type IdentityRef,
  identitiesOf,
  trustedPrincipal,
} from './desired';
import { identityAt, type Observed, type PresentPool } from './observed';
import { policyName } from './sending-policy';

/** The role with which Cognito sends as DEVELOPER where no policy is needed. */
const serviceLinkedRole = 'AWSServiceRoleForAmazonCognitoIdpEmailService';
const actions = ['ses:SendEmail', 'ses:SendRawEmail'];

/** A policy of somebody else's that denies sending, or may. */
interface Found extends IdentityRef {
  readonly policy: string;
  readonly sender: Sender;
  /** By action. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** What is known when it is asked whether somebody else's policy is in the way. */
interface Asked {
  readonly declared: Declaration;
  readonly observed: Observed;
  readonly pool: PresentPool;
  /** The configuration that is to be set. */
  readonly emailConfiguration: EmailConfiguration;
  /** What works already is not refused. */
  readonly allowIfInUse: boolean;
}

/** Says which policies of others deny Cognito the sending of a declared identity. */
export function foreignDenials(asked: Asked): readonly { readonly code: 'InvalidRequest'; readonly message: string }[] {
  const { declared, observed, pool, emailConfiguration, allowIfInUse } = asked;
  if (allowIfInUse && stringAt(pool.emailConfiguration, 'SourceArn') === emailConfiguration.SourceArn) return [];
  return policiesOfOthers(declared, observed, pool).flatMap(({ policy, identity, region, sender, verdicts }) => {
    const denied = actions.filter((action) => verdicts.get(action) === 'yes');
    if (denied.length === 0) return [];
    const message = `Policy ${policy} on identity ${identity} in SES of ${region} denies ${denied.join(' and ')} to ${nameOf(sender)}, so no e-mail would go out: remove the policy, or exempt Cognito from it.`;
    return [{ code: 'InvalidRequest', message }];
  });
}

/** Lines for the log: which policies of others deny something under conditions that are not evaluated here. */
export function undecidedDenials(declared: Declaration, observed: Observed): readonly string[] {
  const { pool } = observed;
  if (pool.kind === 'absent') return [];
  return policiesOfOthers(declared, observed, pool)
    .filter(({ verdicts }) => actions.every((action) => verdicts.get(action) !== 'yes'))
    .filter(({ verdicts }) => actions.some((action) => verdicts.get(action) === 'unknown'))
    .map(
      ({ policy, identity, region }) =>
        `Policy ${policy} on identity ${identity} in SES of ${region} denies something in a form that is not evaluated here: if no e-mail arrives, see whether it denies Cognito.`,
    );
}

function policiesOfOthers(declared: Declaration, observed: Observed, pool: PresentPool): readonly Found[] {
  const own = policyName(pool.arn.region, declared.userPoolId);
  return identitiesOf(declared, pool.arn.region).flatMap((place) => {
    const seen = identityAt(observed.identities, place);
    if (seen?.kind !== 'present') return [];
    const sender = senderOf(declared, pool.arn, place.region);
    const resource = identityArn(pool.arn, place.region, place.identity);
    const context = contextOf(declared, pool.arn, sender);
    return Object.entries(seen.policies)
      .filter(([name]) => name !== own)
      .map(([policy, text]) => ({
        ...place,
        policy,
        sender,
        verdicts: new Map(
          actions.map((action) => [action, denies(text, { sender, action, resource, context })] as const),
        ),
      }));
  });
}

function senderOf(declared: Declaration, { partition, account, region }: PoolArn, sesRegion: string): Sender {
  const service = trustedPrincipal(declared.emailSendingAccount, region, sesRegion);
  if (service !== undefined) return { service };
  const iam = `arn:${partition}:iam::${account}`;
  const role = `${iam}:role/aws-service-role/email.cognito-idp.amazonaws.com/${serviceLinkedRole}`;
  return { role, account, root: `${iam}:root` };
}

/**
 * The condition keys of a request of Cognito's. AWS documents `aws:SourceAccount` and `aws:SourceArn` for requests of a
 * service principal alone: those of the service-linked role lack them. "Deny all but our account"
 * (`StringNotEquals` on `aws:SourceAccount`) therefore spares the service principal and, by IAM's rules, denies the
 * role. It is refused under the role like any other Deny: a refusal that is wrong is read at once and changes nothing,
 * a SUCCESS that is wrong is e-mail that never arrives.
 */
function contextOf(declared: Declaration, pool: PoolArn, sender: Sender): ReadonlyMap<string, string | undefined> {
  const byService = 'service' in sender;
  const from = fromAddress(declared, pool);
  return new Map([
    ['aws:sourceaccount', byService ? pool.account : undefined],
    ['aws:sourcearn', byService ? pool.arn : undefined],
    ...(from === undefined ? [] : [['ses:fromaddress', from] as const]),
  ]);
}

/** The address that is sent from: that in `From`, or the identity's own. */
function fromAddress(declared: Declaration, pool: PoolArn): string | undefined {
  const { From: from } = emailConfigurationOf(declared, pool);
  if (from !== undefined) return (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();
  return declared.identity !== undefined && isAddress(declared.identity) ? declared.identity : undefined;
}

function nameOf(sender: Sender): string {
  return 'service' in sender
    ? sender.service
    : `Cognito's role ${serviceLinkedRole} (whose requests have no aws:SourceAccount and no aws:SourceArn)`;
}
