import { type Problem, worldProblems } from './checks/world';
import type { Declaration } from './declaration';
import { emailConfigurationOf, holdingsOf } from './desired';
import { Failure } from './failure';
import { poolAbsent, setupNotFound } from './not-found';
import type { Observation } from './observation';
import { conflict, createTag, isOwn, updateTag } from './owner';
import {
  anyHeld,
  holdingsSeen,
  isInForce,
  isTaken,
  merged,
  type Plan,
  planBetween,
  type Setup,
  setupOf,
  showsSetup,
} from './setup';

/** What Create and Update decide from. */
export interface Question {
  readonly operation: 'create' | 'update';
  readonly declared: Declaration;
  readonly requestToken: string;
  /** Who asks, see `ownerOf`. */
  readonly owner: string;
  readonly observed: Observation;
  /** Verified identities that could be declared instead; looked up only where one is wanted. */
  readonly alternatives: readonly string[];
}

/** The plan from what is there to what is declared; or what SES must verify first; or every reason against it. */
export type Decision =
  | { readonly kind: 'go'; readonly plan: Plan; readonly before: Setup; readonly target: Setup }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'refuse'; readonly failure: Failure; readonly wantsAlternatives: boolean };

const refuse = (failure: Failure, wantsAlternatives = false): Decision => ({
  kind: 'refuse',
  failure,
  wantsAlternatives,
});

/** Decides a Create or an Update; asks nothing and changes nothing. */
export function decide(question: Question): Decision {
  const { operation, declared, observed } = question;
  const { pool } = observed;
  if (pool.kind === 'absent') return refuse(poolAbsent(operation, declared.userPoolId));
  const holdings = holdingsSeen(observed.identities, pool.arn.region, declared.userPoolId);
  const taken = operation === 'create' ? conflict(pool, question) : undefined;
  if (taken) return refuse(taken);
  if (operation === 'update' && !showsSetup(pool) && !anyHeld(holdings)) {
    return refuse(setupNotFound(declared.userPoolId, pool.arn.region));
  }

  const configuration = emailConfigurationOf(declared, pool.arn);
  const wanted = holdingsOf(declared, pool.arn);
  const before = setupOf(pool, holdings);
  const target: Setup = {
    emailConfiguration: merged(pool.emailConfiguration, configuration),
    tag: operation === 'update' ? updateTag(pool, question) : createTag(pool, question),
    holdings: wanted,
  };
  const plan = planBetween(before, target);
  const problems = worldProblems({
    declared,
    observed,
    pool,
    emailConfiguration: configuration,
    holdings: wanted,
    sparesLive: operation === 'update' || isOwn(pool, question),
    alternatives: question.alternatives,
  });
  // What is in force already only changes hands: nothing but a limit on tags speaks against that.
  const isMove = operation === 'create' && isTaken(pool) && isInForce(plan);
  const counted = isMove ? problems.filter((problem) => problem.kind === 'limit') : problems;
  return counted.length > 0 ? against(counted, declared) : { kind: 'go', before, target, plan };
}

function against(problems: readonly Problem[], declared: Declaration): Decision {
  const message = problems.map((problem) => problem.message).join(' ');
  const minutes = declared.verificationTimeoutMinutes ?? 0;
  if (minutes > 0 && problems.every((problem) => problem.mayPass)) return { kind: 'wait', message };
  const kind = problems.every((problem) => problem.kind === 'limit') ? 'limit' : 'invalid';
  return refuse(new Failure(kind, message), declared.identity !== undefined);
}
