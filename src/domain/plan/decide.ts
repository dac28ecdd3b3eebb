import type { Declaration } from '../declaration/declaration';
import { HandlerError } from '../errors';
import { emailConfigurationOf, policiesOf } from './desired';
import { poolAbsent, setupNotFound } from './not-found';
import type { Observed } from './observed';
import { conflict, createTag, isFromThisCreate, updateTag } from './ownership';
import {
  attachedPolicies,
  hasAttachedPolicies,
  hasSetup,
  isInForce,
  isTaken,
  mergeEmailConfiguration,
  type Plan,
  planBetween,
  type Setup,
  setupOf,
} from './plan';
import { type Problem, preflightProblems } from './preflight';

/** What Create and Update decide from. */
export interface DecisionInput {
  readonly operation: 'create' | 'update';
  readonly declared: Declaration;
  readonly requestToken: string;
  /** Who asks, see `ownerOf`. */
  readonly owner: string;
  readonly observed: Observed;
  /** Verified identities that could be declared instead; looked up only where one is wanted. */
  readonly alternatives: readonly string[];
}

/** The plan from what is there to what is declared; or what SES must verify first; or every reason against it. */
export type Decision =
  | { readonly kind: 'go'; readonly plan: Plan; readonly before: Setup; readonly target: Setup }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'refuse'; readonly failure: HandlerError; readonly wantsAlternatives: boolean };

const refuse = (failure: HandlerError, wantsAlternatives = false): Decision => ({
  kind: 'refuse',
  failure,
  wantsAlternatives,
});

/** Decides a Create or an Update; asks nothing and changes nothing. */
export function decide(question: DecisionInput): Decision {
  const { operation, declared, observed } = question;
  const { pool } = observed;
  if (pool.kind === 'absent') return refuse(poolAbsent(operation, declared.userPoolId));
  const holdings = attachedPolicies(observed.identities, pool.arn.region, declared.userPoolId);
  const taken = operation === 'create' ? conflict(pool, question) : undefined;
  if (taken) return refuse(taken);
  if (operation === 'update' && !hasSetup(pool) && !hasAttachedPolicies(holdings)) {
    return refuse(setupNotFound(declared.userPoolId, pool.arn.region));
  }

  const configuration = emailConfigurationOf(declared, pool.arn);
  const wanted = policiesOf(declared, pool.arn);
  const before = setupOf(pool, holdings);
  const target: Setup = {
    emailConfiguration: mergeEmailConfiguration(pool.emailConfiguration, configuration),
    tag: operation === 'update' ? updateTag(pool, question) : createTag(pool, question),
    policies: wanted,
  };
  const plan = planBetween(before, target);
  const problems = preflightProblems({
    declared,
    observed,
    pool,
    emailConfiguration: configuration,
    policies: wanted,
    allowIfInUse: operation === 'update' || isFromThisCreate(pool, question),
    alternatives: question.alternatives,
  });
  // What is in force already only changes hands: nothing but a limit on tags speaks against that.
  const isMove = operation === 'create' && isTaken(pool) && isInForce(plan);
  const counted = isMove ? problems.filter((problem) => problem.code === 'ServiceLimitExceeded') : problems;
  return counted.length > 0 ? rejection(counted, declared) : { kind: 'go', before, target, plan };
}

function rejection(problems: readonly Problem[], declared: Declaration): Decision {
  const message = problems.map((problem) => problem.message).join(' ');
  const minutes = declared.verificationTimeoutMinutes ?? 0;
  if (minutes > 0 && problems.every((problem) => problem.pendingVerification)) return { kind: 'wait', message };
  const kind = problems.every((problem) => problem.code === 'ServiceLimitExceeded')
    ? 'ServiceLimitExceeded'
    : 'InvalidRequest';
  return refuse(new HandlerError(kind, message), declared.identity !== undefined);
}
