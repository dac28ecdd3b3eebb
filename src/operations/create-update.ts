import { alternativesTo, observe } from '../aws/observe';
import type { Declaration, ReadBack } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { type Decision, decide } from '../domain/plan/decide';
import { identitiesOf } from '../domain/plan/desired';
import { undecidedDenials } from '../domain/plan/foreign-denials';
import { claimGuard } from '../domain/plan/guards';
import { poolAbsent } from '../domain/plan/not-found';
import { type Claim, isFromThisCreate, isOwnEarlierSetup } from '../domain/plan/ownership';
import { isNoOp } from '../domain/plan/plan';
import { renderProblems } from '../domain/plan/problems';
import { readBack } from '../domain/plan/read-back';
import { settingsAfter } from '../domain/user-pool/accepted-update';
import { explainUpdateError } from '../domain/user-pool/update-errors';
import { isFirstInvocation, startPhase } from '../engine/callback-context';
import type { InProgress, Outcome } from '../engine/invocation';
import { reinvokeWhileVerifying } from '../engine/reinvoke';
import { runOperation } from '../engine/run';
import { applyPlan } from './apply-plan';
import { logged } from './confirm-update';
import type { Operation } from './operation';
import { rollbackOf } from './rollback';

/** What Create and Update are asked for. */
export interface Request {
  readonly action: 'create' | 'update';
  readonly declared: Declaration;
  /** What the stack declared before; Update only. */
  readonly previous?: Declaration | undefined;
}

/** What an invocation has found out about its pool. */
interface State {
  /** The first invocation may find a setup that a Delete would take for this Create's: then nothing may name the pool. */
  mayReturnPrimaryIdentifier: boolean;
  readonly isFirst: boolean;
}

/**
 * Makes a pool's setup be what is declared. Every invocation looks at what is there and does what is left, so it is safe to
 * repeat. Throws `HandlerError` where nothing was written, or all of it was rolled back.
 */
export function createOrUpdate(operation: Operation, request: Request): Promise<Outcome<ReadBack>> {
  const isFirst = isFirstInvocation(operation.context);
  const state: State = { isFirst, mayReturnPrimaryIdentifier: request.action === 'update' || !isFirst };
  return runOperation(operation, {
    forward: () => forward(operation, request, state),
    mayReturnPrimaryIdentifier: () => state.mayReturnPrimaryIdentifier,
    explain: (error) => explainUpdateError(error, request.declared, operation.pool),
    verificationTimeoutMinutes: minutesOf(request),
    rollback: rollbackOf(operation, request.action),
  });
}

const minutesOf = ({ declared }: Request) => declared.verificationTimeoutMinutes ?? 0;

async function forward(operation: Operation, request: Request, state: State): Promise<Outcome<ReadBack>> {
  const { context, pool: ref, requestToken, owner, log } = operation;
  const { action, declared, previous } = request;
  const claim: Claim = { declared, requestToken, owner };
  const guard = claimGuard(action, claim, () => context.change);
  const { from, to } = context.change ?? {};
  const former = previous ? identitiesOf(previous, ref.region) : [];
  const observing = observe(operation, declared, [...former, ...(from?.policies ?? []), ...(to?.policies ?? [])]);
  const first = await observing.pool;
  if (first.kind === 'present') {
    guard(first);
    state.mayReturnPrimaryIdentifier ||= !isOwnEarlierSetup(first, claim);
    if (action === 'create' && state.isFirst && isFromThisCreate(first, claim)) context.startedBefore = true;
  }
  const { pool, observed } = await observing.whole;
  if (pool.kind === 'absent') throw poolAbsent(action, ref);
  const changed = context.change?.lastUpdate && logged(operation, settingsAfter(pool, context.change.lastUpdate));
  if (changed) throw changed;
  if (state.isFirst) for (const line of undecidedDenials({ declared, pool, observed })) log(line);
  guard(pool);

  const decision = decide({ operation: action, ...claim, pool, observed });
  if (decision.kind === 'reject') throw await rejection(operation, request, decision);
  if (decision.kind === 'wait')
    return verifying(operation, request, renderProblems(decision.problems, declared), state);
  if (isNoOp(decision.plan)) return { status: 'success', model: readBack(pool) };
  if (context.phase === 'verifying') startPhase(context, 'applying');
  context.change ??= { from: decision.from, to: decision.to };
  const after = await applyPlan(operation, { pool, policies: decision.from.policies }, decision.to, { guard });
  if (after.kind === 'absent') throw new Error('a plan was applied to a pool that is gone');
  return { status: 'success', model: readBack(after) };
}

type Rejection = Extract<Decision, { kind: 'reject' }>;

async function rejection(operation: Operation, { declared }: Request, rejected: Rejection): Promise<HandlerError> {
  const { code, problems } = rejected;
  const wantsAlternatives = problems.some(({ alternativesHelp }) => alternativesHelp);
  const alternatives = wantsAlternatives ? await alternativesTo(operation, declared) : [];
  return new HandlerError(code, renderProblems(problems, declared, alternatives));
}

/** Waits in further invocations for SES to verify the identity, which is before the first write. */
function verifying(operation: Operation, request: Request, message: string, state: State): InProgress {
  const { context } = operation;
  if (context.change) throw new HandlerError('NotStabilized', message);
  if (!state.mayReturnPrimaryIdentifier) throw new HandlerError('InvalidRequest', message);
  if (context.phase !== 'verifying') startPhase(context, 'verifying');
  const minutes = minutesOf(request);
  const inProgress = reinvokeWhileVerifying(operation, minutes, message);
  if (inProgress) return inProgress;
  throw new HandlerError('NotStabilized', `After ${minutes} minutes (VerificationTimeoutMinutes): ${message}`);
}
