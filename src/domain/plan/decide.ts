import type { ErrorCode } from '../errors';
import { emailConfigurationOf, policiesOf } from './desired';
import { setupNotFound } from './not-found';
import type { Observed, PresentPool } from './observed';
import { type Claim, createTag, isFromThisCreate, updateTag } from './ownership';
import {
  attachedPolicies,
  hasAttachedPolicies,
  hasSetup,
  isConfigured,
  isInForce,
  mergeEmailConfiguration,
  type Plan,
  planBetween,
  type Setup,
  setupOf,
} from './plan';
import { preflightProblems } from './preflight';
import { codeOf, type Problem } from './problems';

/** What Create and Update decide from. */
export interface DecisionInput extends Claim {
  readonly operation: 'create' | 'update';
  /** A pool for which `conflict` has returned nothing. */
  readonly pool: PresentPool;
  readonly observed: Observed;
}

/** The plan from what is there to what is declared; or what SES must verify first; or all problems. */
export type Decision =
  | { readonly kind: 'go'; readonly plan: Plan; readonly from: Setup; readonly to: Setup }
  | { readonly kind: 'wait'; readonly problems: readonly Problem[] }
  | { readonly kind: 'reject'; readonly code: ErrorCode; readonly problems: readonly Problem[] };

/** Decides a Create or an Update; calls nothing and changes nothing. */
export function decide(input: DecisionInput): Decision {
  const { operation, declared, pool, observed } = input;
  const attached = attachedPolicies(observed.identities, pool.ref);
  if (operation === 'update' && !hasSetup(pool) && !hasAttachedPolicies(attached)) {
    const { code, message } = setupNotFound(pool.ref);
    return { kind: 'reject', code, problems: [{ code, message }] };
  }

  const emailConfiguration = emailConfigurationOf(declared, pool.ref);
  const policies = policiesOf(declared, pool.ref);
  const from = setupOf(pool, attached);
  const to: Setup = {
    emailConfiguration: mergeEmailConfiguration(pool.emailConfiguration, emailConfiguration),
    tag: operation === 'update' ? updateTag(pool, input) : createTag(pool, input),
    policies,
  };
  const plan = planBetween(from, to);
  const allowIfInUse = operation === 'update' || isFromThisCreate(pool, input);
  const all = preflightProblems({ declared, observed, pool, emailConfiguration, policies, allowIfInUse });
  // A take-over of what is in force already changes only its owner: nothing but the limit on tags prevents that.
  const isMove = operation === 'create' && isConfigured(pool) && isInForce(plan);
  const problems = isMove ? all.filter(({ code }) => code === 'ServiceLimitExceeded') : all;
  if (problems.length === 0) return { kind: 'go', plan, from, to };
  const mayWait = (declared.verificationTimeoutMinutes ?? 0) > 0;
  return mayWait && problems.every(({ pendingVerification }) => pendingVerification)
    ? { kind: 'wait', problems }
    : { kind: 'reject', code: codeOf(problems), problems };
}
