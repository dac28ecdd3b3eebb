import type { Declaration } from '../declaration/declaration';
import { objectAt, stringAt } from '../json';
import { capitalize, describePool, type PoolName } from '../pool-ref';
import { poolTag } from '../tags';
import { type AttachedPolicy, type EmailConfiguration, identitiesOf } from './desired';
import { foreignDenials } from './foreign-denials';
import { identityAt, type Observed, type PresentPool } from './observed';
import type { Problem } from './problems';
import { policyName } from './sending-policy';

/** What the preflight checks look at. */
export interface PreflightContext {
  readonly declared: Declaration;
  readonly observed: Observed;
  readonly pool: PresentPool;
  /** The configuration that is to be set. */
  readonly emailConfiguration: EmailConfiguration;
  readonly policies: readonly AttachedPolicy[];
  /** What is in use already is not rejected: in an Update, or a Create that goes on. */
  readonly allowIfInUse: boolean;
}

type PreflightCheck = (context: PreflightContext) => readonly Problem[];

const invalid = (message: string): readonly Problem[] => [{ code: 'InvalidRequest', message }];

/** Cognito refuses its default sender on a pool with e-mail MFA, and mail for MFA would stop. */
const emailMfa: PreflightCheck = ({ declared, observed, pool }) =>
  declared.emailSendingAccount === 'COGNITO_DEFAULT' && observed.emailMfa ? invalid(emailMfaMessage(pool.ref)) : [];

/** The message wherever an operation would set COGNITO_DEFAULT on a pool with e-mail MFA. */
export function emailMfaMessage(pool: PoolName): string {
  return `${capitalize(describePool(pool))} has e-mail MFA, which needs EmailSendingAccount DEVELOPER: turn e-mail MFA off first, or keep DEVELOPER (to drop the resource alone, DeletionPolicy: Retain).`;
}

/** A Region as a message names it, with the reason where it is neither declared nor the pool's own. */
function inRegion(region: string, { declared, pool }: PreflightContext): string {
  const isKnown = region === pool.ref.region || region === declared.sesRegion;
  return isKnown ? region : `${region} (pools in ${pool.ref.region} send through it)`;
}

const configurationSet: PreflightCheck = (context) => {
  const { declared, observed, pool, emailConfiguration, allowIfInUse } = context;
  const { configurationSet: name } = declared;
  if (name === undefined || !observed.configurationSet) return [];
  const live = pool.emailConfiguration;
  const isLive = live['ConfigurationSet'] === name && live['SourceArn'] === emailConfiguration.SourceArn;
  if (allowIfInUse && isLive) return [];
  const [first] = identitiesOf(declared, pool.ref.region);
  const where = inRegion(first?.region ?? pool.ref.region, context);
  if (observed.configurationSet.kind === 'absent') {
    return invalid(`ConfigurationSet ${name} does not exist in SES of ${where}: create it there, or name another.`);
  }
  if (observed.configurationSet.sendingEnabled) return [];
  return invalid(`ConfigurationSet ${name} in ${where} has its sending paused: enable it there, or name another.`);
};

const account: PreflightCheck = (context) => {
  const { declared, observed, pool, allowIfInUse } = context;
  const region = identitiesOf(declared, pool.ref.region)[0]?.region;
  if (declared.emailSendingAccount !== 'DEVELOPER' || !observed.account || region === undefined) return [];
  const live = pool.emailConfiguration;
  const liveRegion = stringAt(live, 'SourceArn')?.split(':')[3];
  if (allowIfInUse && live['EmailSendingAccount'] === 'DEVELOPER' && liveRegion === region) return [];
  const where = `account ${pool.ref.account} in ${inRegion(region, context)}`;
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
  return identitiesOf(declared, pool.ref.region).flatMap((ref): readonly Problem[] => {
    const seen = identityAt(observed.identities, ref);
    const where = `${ref.identity} in SES of ${inRegion(ref.region, context)}`;
    if (!seen || seen.kind === 'absent') {
      // A template makes identities of its own Region only.
      const made = ref.region === pool.ref.region ? ', or, if this template makes it, add DependsOn' : '';
      const message = `Identity ${where} does not exist in account ${pool.ref.account}: create and verify it there${made}.`;
      return [{ code: 'InvalidRequest', message, alternativesHelp: true }];
    }
    if (!seen.verified && !(allowIfInUse && isLive)) {
      const wait = declared.verificationTimeoutMinutes ? '' : '; declare VerificationTimeoutMinutes to wait for it';
      const message = `Identity ${where} is not verified: ${seen.waitingFor}${wait}.`;
      return [{ code: 'InvalidRequest', message, pendingVerification: true, alternativesHelp: true }];
    }
    const needsPolicy = policies.some(({ region, policy }) => region === ref.region && policy !== undefined);
    const attached = Object.keys(seen.policies);
    if (!needsPolicy || attached.length < 20 || attached.includes(policyName(pool.ref))) return [];
    const message = `Identity ${where} has 20 policies, which is SES's limit: remove one that is no longer used.`;
    return [{ code: 'ServiceLimitExceeded', message }];
  });
};

/** Cognito takes 50 tags a pool, those of AWS itself not counted. */
const poolTags: PreflightCheck = ({ pool }) => {
  const own = Object.keys(objectAt(pool.described, 'UserPoolTags')).filter((key) => !key.startsWith('aws:'));
  if (own.length < 50 || own.includes(poolTag)) return [];
  const message = `${capitalize(describePool(pool.ref))} has 50 tags, which is Cognito's limit, and the setup needs one: remove a tag.`;
  return [{ code: 'ServiceLimitExceeded', message }];
};

/** The checks of what was observed, in the order in which they are reported. */
const checks: readonly PreflightCheck[] = [
  identities, // there, verified, room for a policy: in every Region that is used
  foreignDenials, // no policy of another owner that denies Cognito
  account, // out of the sandbox, sending not paused (DEVELOPER)
  configurationSet, // there, sending not paused
  emailMfa, // not with the default sender
  poolTags, // room for ours
];

/** Everything in what was observed that prevents a setup; empty where nothing does. */
export function preflightProblems(context: PreflightContext): readonly Problem[] {
  return checks.flatMap((check) => check(context));
}
