import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import type { InjectedFault } from './commands';
import { faultKinds } from './faults';
import type { PoolModel, Verdict } from './model';
import type { FaultPlan } from './multi-account-harness';
import { portraits, type Said, type Simulation } from './simulation';

/** What an operation has told. */
export interface Told {
  readonly answer: HandlerAnswer;
  /** `ok`, or the error code. */
  readonly code: string;
  /** It could neither finish nor undo. */
  readonly leftover: boolean;
  /** An answer has named the resource: a failed Create is followed by a Delete. */
  readonly named: boolean;
}

/** Runs an operation that a fault may strike, and judges its answer. */
export async function disturbed(
  { game, pool, said }: { readonly game: Simulation; readonly pool: PoolModel; readonly said: Said },
  operation: Operation,
  hit: InjectedFault | null,
  verdict: Verdict,
): Promise<Told> {
  const { tenant, arena } = game;
  const before = portraits(game);
  const delivering = game.pools.filter(({ region, id }) => tenant.world(region).canSend(id).sends);
  const cuts: string[] = [];
  const watch = () => {
    // Where Cognito sees grants late, it takes DEVELOPER's on trust in alternate Regions, and mail waits for them.
    if (arena.aws.modes.grantVisibleAfterMs > 0) return;
    for (const { region, id } of delivering) {
      const delivery = tenant.world(region).canSend(id);
      if (!delivery.sends) cuts.push(`mail of ${id} stops: ${delivery.why}`);
    }
  };
  const answers = await tenant.run(pool.region, operation, hit ? fateOf(hit) : undefined, watch);
  const answer = answers[answers.length - 1] as HandlerAnswer;
  for (const cut of cuts) said(cut);
  const fault = hit ? faultKinds[hit.kind] : undefined;
  const code = answer.status === 'SUCCESS' ? 'ok' : (answer.errorCode ?? '');
  const rides = !fault || (fault.transient && !hit?.forEver);
  const allowed = rides ? verdict.codes : [...verdict.codes, fault.code];
  if (!allowed.includes(code))
    said(`${operation.action}: ${code} and not ${allowed.join(' or ')}: ${answer.message ?? ''}`);
  const leftover = answer.message?.includes('could not all be undone') ?? false;
  if (leftover && rides) said(`a fault that passes leaves something behind: ${answer.message}`);
  // A Delete goes forward only, where there is a way to go.
  const still = operation.action === 'DELETE' ? verdict.after === pool.state : code !== 'ok';
  if (still && !leftover && portraits(game) !== before) said(`${operation.action}: ${code}, and not as before`);
  return { answer, code, leftover, named: answers.some(({ resourceModel }) => resourceModel !== undefined) };
}

function fateOf({ kind, at, forEver }: InjectedFault): FaultPlan {
  const fault = faultKinds[kind];
  let struck = '';
  return (call, index) => {
    if (!fault?.strikes(call.operation)) return undefined;
    if (index === at) struck = call.operation;
    return index === at || (forEver && struck === call.operation) ? fault.fault(call) : undefined;
  };
}
