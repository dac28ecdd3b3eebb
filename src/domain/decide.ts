import { type Problem, worldProblems } from './checks/world';
import type { Declaration } from './declaration';
import { emailConfigurationOf, holdingsOf } from './desired';
import { Failure } from './failure';
import { stringAt } from './json';
import type { Observation, PresentPool } from './observation';
import { poolTag, poolTagValue } from './record';
import { anyHeld, holdingsSeen, merged, type Plan, planBetween, type Setup, showsSetup } from './setup';

/** What Create and Update decide from. */
export interface Question {
  readonly operation: 'create' | 'update';
  readonly declared: Declaration;
  readonly requestToken: string;
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
  const { operation, declared, observed, requestToken } = question;
  const { pool } = observed;
  if (pool.kind === 'absent') return refuse(poolAbsent(question));
  const holdings = holdingsSeen(observed.identities, pool.arn.region, declared.userPoolId);
  const inTheWay = operation === 'create' ? occupied(pool, declared, requestToken) : undefined;
  if (inTheWay) return refuse(inTheWay);
  if (operation === 'update' && !showsSetup(pool) && !anyHeld(holdings)) {
    return refuse(setupNotFound(declared.userPoolId, pool.arn.region));
  }

  const ownToken = pool.tag === poolTagValue(requestToken);
  const configuration = emailConfigurationOf(declared, pool.arn);
  const wanted = holdingsOf(declared, pool.arn);
  const problems = worldProblems({
    declared,
    observed,
    pool,
    emailConfiguration: configuration,
    holdings: wanted,
    sparesLive: operation === 'update' || ownToken,
    alternatives: question.alternatives,
  });
  if (problems.length > 0) return against(problems, declared);

  const before: Setup = { emailConfiguration: pool.emailConfiguration, tag: pool.tag, holdings };
  const target: Setup = {
    emailConfiguration: merged(pool.emailConfiguration, configuration),
    tag: operation === 'update' && pool.tag !== undefined ? pool.tag : poolTagValue(requestToken),
    holdings: wanted,
  };
  return { kind: 'go', before, target, plan: planBetween(before, target) };
}

function against(problems: readonly Problem[], declared: Declaration): Decision {
  const message = problems.map((problem) => problem.message).join(' ');
  const minutes = declared.verificationTimeoutMinutes ?? 0;
  if (minutes > 0 && problems.every((problem) => problem.mayPass)) return { kind: 'wait', message };
  const kind = problems.every((problem) => problem.kind === 'limit') ? 'limit' : 'invalid';
  return refuse(new Failure(kind, message), declared.identity !== undefined);
}

/** A setup or a configuration of somebody else's, which Create does not touch unless it is told to take over. */
export function occupied(pool: PresentPool, declared: Declaration, requestToken: string): Failure | undefined {
  if (declared.takeOver || !showsSetup(pool) || pool.tag === poolTagValue(requestToken)) return undefined;
  const found =
    pool.tag === undefined
      ? `sends with ${stringAt(pool.emailConfiguration, 'SourceArn')} already`
      : `has an e-mail setup already (it carries the tag ${poolTag})`;
  return new Failure(
    'already-exists',
    `User pool ${declared.userPoolId} in ${pool.arn.region} ${found}: import it into this stack, or declare TakeOver: true to replace it.`,
  );
}

/** Said where a setup that Read, Update or Delete asks for is not there. */
export function setupNotFound(poolId: string, region: string): Failure {
  return new Failure(
    'not-found',
    `User pool ${poolId} in ${region} has no e-mail setup of this type: to go on, skip the resource in the rollback if one is stuck, take it from the template, and add it again.`,
  );
}

function poolAbsent({ operation, declared }: Question): Failure {
  const { userPoolId: id } = declared;
  return operation === 'create'
    ? new Failure(
        'invalid',
        `User pool ${id} does not exist in this account and Region: write the id of one that does, in the stack's own Region.`,
      )
    : new Failure(
        'not-found',
        `User pool ${id} does not exist (any more) in this account and Region: take the setup from the template.`,
      );
}
