import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import type { ErrorCode } from '../errors';
import { objectAt, stringAt } from '../json';
import { poolTag } from '../tags';
import { type AttachedPolicy, type EmailConfiguration, identitiesOf } from './desired';
import { foreignDenials } from './foreign-denials';
import { identityAt, type Observed, type PresentPool } from './observed';
import { policyName } from './sending-policy';

/** What a check of the state of the world looks at. */
export interface PreflightContext {
  readonly declared: Declaration;
  readonly observed: Observed;
  readonly pool: PresentPool;
  /** The configuration that is to be set. */
  readonly emailConfiguration: EmailConfiguration;
  readonly policies: readonly AttachedPolicy[];
  /** What works already is not refused: an Update, or a Create that goes on. */
  readonly allowIfInUse: boolean;
  /** Verified identities that could be declared in place of a missing or unverified one. */
  readonly alternatives: readonly string[];
}

export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  /** True where waiting may help: SES has not verified the identity yet. */
  readonly pendingVerification?: boolean;
}

type PreflightCheck = (context: PreflightContext) => readonly Problem[];

const invalid = (message: string): readonly Problem[] => [{ code: 'InvalidRequest', message }];

/** Cognito refuses its default sender on a pool with e-mail MFA, and mail for MFA would stop. */
const emailMfa: PreflightCheck = ({ declared, observed, pool }) =>
  declared.emailSendingAccount === 'COGNITO_DEFAULT' && observed.emailMfa
    ? invalid(emailMfaMessage(String(pool.described['Id']), pool.arn.region))
    : [];

/** Said wherever an operation would end on COGNITO_DEFAULT under e-mail MFA. */
export function emailMfaMessage(poolId: string, region: string): string {
  return `User pool ${poolId} in ${region} has e-mail MFA, which needs EmailSendingAccount DEVELOPER: turn e-mail MFA off first, or keep DEVELOPER (to drop the resource alone, DeletionPolicy: Retain).`;
}

/** A Region as a message names it: why it is asked, where neither the template nor the pool's own Region says so. */
function inRegion(region: string, { declared, pool }: PreflightContext): string {
  const told = region === pool.arn.region || region === declared.sesRegion;
  return told ? region : `${region} (pools in ${pool.arn.region} send through it)`;
}

const configurationSet: PreflightCheck = (context) => {
  const { declared, observed, pool, emailConfiguration, allowIfInUse } = context;
  const { configurationSet: name } = declared;
  if (name === undefined || !observed.configurationSet) return [];
  const live = pool.emailConfiguration;
  const isLive = live['ConfigurationSet'] === name && live['SourceArn'] === emailConfiguration.SourceArn;
  if (allowIfInUse && isLive) return [];
  const [place] = identitiesOf(declared, pool.arn.region);
  const where = inRegion(place?.region ?? pool.arn.region, context);
  if (observed.configurationSet.kind === 'absent') {
    return invalid(`ConfigurationSet ${name} does not exist in SES of ${where}: create it there, or name another.`);
  }
  if (observed.configurationSet.sendingEnabled) return [];
  return invalid(`ConfigurationSet ${name} in ${where} has its sending paused: enable it there, or name another.`);
};

const account: PreflightCheck = (context) => {
  const { declared, observed, pool, allowIfInUse } = context;
  const region = identitiesOf(declared, pool.arn.region)[0]?.region;
  if (declared.emailSendingAccount !== 'DEVELOPER' || !observed.account || region === undefined) return [];
  const live = pool.emailConfiguration;
  const liveRegion = stringAt(live, 'SourceArn')?.split(':')[3];
  if (allowIfInUse && live['EmailSendingAccount'] === 'DEVELOPER' && liveRegion === region) return [];
  const where = `account ${pool.arn.account} in ${inRegion(region, context)}`;
  return [
    ...(observed.account.productionAccess || declared.allowSandbox
      ? []
      : invalid(
          `SES of ${where} is in the sandbox and reaches verified addresses only: request production access, or declare AllowSandbox: true.`,
        )),
    ...(observed.account.sendingEnabled
      ? []
      : invalid(`SES of ${where} has its sending paused: resume it in SES first.`)),
  ];
};

/** Each identity there and verified, with room for a policy. */
const identities: PreflightCheck = (context) => {
  const { declared, observed, pool, emailConfiguration, policies, allowIfInUse } = context;
  const isLive = pool.emailConfiguration['SourceArn'] === emailConfiguration.SourceArn;
  return identitiesOf(declared, pool.arn.region).flatMap((place) => {
    const seen = identityAt(observed.identities, place);
    const where = `${place.identity} in SES of ${inRegion(place.region, context)}`;
    if (!seen || seen.kind === 'absent') {
      // A template makes identities of its own Region only.
      const made = place.region === pool.arn.region ? ', or, if this template makes it, add DependsOn' : '';
      return invalid(
        `Identity ${where} does not exist in account ${pool.arn.account}: create and verify it there${made}${instead(context)}.`,
      );
    }
    if (!seen.verified && !(allowIfInUse && isLive)) {
      const wait = declared.verificationTimeoutMinutes ? '' : '; declare VerificationTimeoutMinutes to wait for it';
      const message = `Identity ${where} is not verified: ${seen.waitingFor}${wait}${instead(context)}.`;
      return [{ code: 'InvalidRequest', message, pendingVerification: true }];
    }
    const grant = policies.find((held) => held.region === place.region)?.policy;
    if (
      grant === undefined ||
      Object.keys(seen.policies).length < 20 ||
      Object.hasOwn(seen.policies, policyName(pool.arn.region, declared.userPoolId))
    )
      return [];
    return [
      {
        code: 'ServiceLimitExceeded',
        message: `Identity ${where} has 20 policies, which is SES's limit: remove one that is no longer used.`,
      },
    ];
  });
};

function instead({ declared, alternatives }: PreflightContext): string {
  const [domain] = alternatives;
  if (domain === undefined || declared.identity === undefined) return '';
  const from = isAddress(declared.identity) && declared.from === undefined ? ` and From: ${declared.identity}` : '';
  const sender = declared.emailSendingAccount === 'DEVELOPER' ? '' : ', best with EmailSendingAccount: DEVELOPER';
  return `; or use ${domain}, which is verified there: Identity: ${domain}${from}${sender}`;
}

/** Cognito takes 50 tags a pool, those of AWS itself not counted. */
const poolTags: PreflightCheck = ({ pool }) => {
  const own = Object.keys(objectAt(pool.described, 'UserPoolTags')).filter((key) => !key.startsWith('aws:'));
  if (own.length < 50 || own.includes(poolTag)) return [];
  const message = `User pool ${String(pool.described['Id'])} in ${pool.arn.region} has 50 tags, which is Cognito's limit, and the setup needs one: remove a tag.`;
  return [{ code: 'ServiceLimitExceeded', message }];
};

/** The rules on the state of the world, in the order in which they are reported. */
const checks: readonly PreflightCheck[] = [
  identities, // there, verified, room for a policy: in every Region that is used
  foreignDenials, // no policy of somebody else's that denies Cognito
  account, // out of the sandbox, sending not paused (DEVELOPER)
  configurationSet, // there, sending not paused
  emailMfa, // not with the default sender
  poolTags, // room for ours
];

/** Everything in the state of the world that speaks against a setup; empty where nothing does. */
export function preflightProblems(context: PreflightContext): readonly Problem[] {
  return checks.flatMap((check) => check(context));
}
