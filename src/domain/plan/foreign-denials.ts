import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import { type IdentityRef, identityArn } from '../identity-ref';
import { stringAt } from '../json';
import type { PoolRef } from '../pool-ref';
import { denies, type Sender, type Verdict } from './deny';
import { type EmailConfiguration, emailConfigurationOf, identitiesOf, trustedPrincipal } from './desired';
import { identityAt, type Observed, type PresentPool } from './observed';
import type { Problem } from './problems';
import { policyName } from './sending-policy';

/** The role with which Cognito sends as DEVELOPER where no policy is needed. */
const serviceLinkedRole = 'AWSServiceRoleForAmazonCognitoIdpEmailService';
const actions = ['ses:SendEmail', 'ses:SendRawEmail'];

/** A declaration, and what was observed that its sending depends on. */
interface Sending {
  readonly declared: Declaration;
  readonly pool: PresentPool;
  readonly observed: Observed;
}

/** What the check decides from. */
interface DenialInput extends Sending {
  /** The configuration that is to be set. */
  readonly emailConfiguration: EmailConfiguration;
  /** What is in use already is not rejected. */
  readonly allowIfInUse: boolean;
}

/** A foreign policy, and whether it denies each of the actions to the sender. */
interface ForeignPolicy extends IdentityRef {
  readonly policy: string;
  readonly sender: Sender;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The problems with policies of other owners that deny Cognito the sending of a declared identity. */
export function foreignDenials(input: DenialInput): readonly Problem[] {
  const { pool, emailConfiguration, allowIfInUse } = input;
  if (allowIfInUse && stringAt(pool.emailConfiguration, 'SourceArn') === emailConfiguration.SourceArn) return [];
  return foreignPolicies(input).flatMap(({ policy, identity, region, sender, verdicts }) => {
    const denied = actions.filter((action) => verdicts.get(action) === 'yes');
    if (denied.length === 0) return [];
    const message = `Policy ${policy} on identity ${identity} in SES of ${region} denies ${denied.join(' and ')} to ${nameOf(sender)}, so no e-mail would go out: remove the policy, or exempt Cognito from it.`;
    return [{ code: 'InvalidRequest', message }];
  });
}

/** Lines for the log: which policies of other owners deny something under conditions that are not evaluated here. */
export function undecidedDenials(sending: Sending): readonly string[] {
  return foreignPolicies(sending)
    .filter(({ verdicts }) => actions.every((action) => verdicts.get(action) !== 'yes'))
    .filter(({ verdicts }) => actions.some((action) => verdicts.get(action) === 'unknown'))
    .map(
      ({ policy, identity, region }) =>
        `Policy ${policy} on identity ${identity} in SES of ${region} denies something in a form that is not evaluated here: if no e-mail arrives, see whether it denies Cognito.`,
    );
}

function foreignPolicies({ declared, pool, observed }: Sending): readonly ForeignPolicy[] {
  const own = policyName(pool.ref);
  return identitiesOf(declared, pool.ref.region).flatMap((ref) => {
    const seen = identityAt(observed.identities, ref);
    if (seen?.kind !== 'present') return [];
    const sender = senderOf(declared, pool.ref, ref.region);
    const resource = identityArn(pool.ref, ref);
    const context = contextOf(declared, pool.ref, sender);
    const verdictOn = (policy: string, action: string) => denies(policy, { sender, action, resource, context });
    return Object.entries(seen.policies)
      .filter(([name]) => name !== own)
      .map(([policy, document]) => {
        const verdicts = new Map(actions.map((action) => [action, verdictOn(document, action)] as const));
        return { ...ref, policy, sender, verdicts };
      });
  });
}

function senderOf(declared: Declaration, { partition, account, region }: PoolRef, sesRegion: string): Sender {
  const service = trustedPrincipal(declared.emailSendingAccount, region, sesRegion);
  if (service !== undefined) return { service };
  const iam = `arn:${partition}:iam::${account}`;
  const role = `${iam}:role/aws-service-role/email.cognito-idp.amazonaws.com/${serviceLinkedRole}`;
  return { role, account, root: `${iam}:root` };
}

/**
 * The condition keys of a request of Cognito's. AWS documents `aws:SourceAccount` and `aws:SourceArn` for requests of a
 * service principal alone: those of the service-linked role lack them. "Deny all but our account"
 * (`StringNotEquals` on `aws:SourceAccount`) therefore does not deny the service principal and, by IAM's rules, denies
 * the role. Under the role it is rejected like any other Deny: a wrong rejection is seen at once and changes nothing, a
 * wrong SUCCESS is e-mail that never arrives.
 */
function contextOf(declared: Declaration, pool: PoolRef, sender: Sender): ReadonlyMap<string, string | undefined> {
  const byService = 'service' in sender;
  const from = fromAddress(declared, pool);
  return new Map([
    ['aws:sourceaccount', byService ? pool.account : undefined],
    ['aws:sourcearn', byService ? pool.arn : undefined],
    ...(from === undefined ? [] : [['ses:fromaddress', from] as const]),
  ]);
}

/** The address that is sent from: that in `From`, or the identity's own. */
function fromAddress(declared: Declaration, pool: PoolRef): string | undefined {
  const { From: from } = emailConfigurationOf(declared, pool);
  if (from !== undefined) return (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();
  return declared.identity !== undefined && isAddress(declared.identity) ? declared.identity : undefined;
}

function nameOf(sender: Sender): string {
  return 'service' in sender
    ? sender.service
    : `Cognito's role ${serviceLinkedRole} (whose requests have no aws:SourceAccount and no aws:SourceArn)`;
}
