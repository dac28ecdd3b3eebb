import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { InjectedFault } from './commands';
import { faultKinds } from './faults';
import type { ExpectedOutcome, PoolModel } from './model';
import { type AddFinding, poolSnapshots, type Simulation } from './simulation';
import type { FaultPlan } from './test-account';

/** How an operation has ended. */
export interface OperationResult {
  readonly answer: ProgressEvent;
  /** `ok`, or the error code. */
  readonly code: string;
  /** It failed, and its roll-back failed too. */
  readonly leftover: boolean;
  /** An answer has named the resource: a failed Create is followed by a Delete. */
  readonly named: boolean;
}

/** Runs an operation, with a fault or without, and adds a finding for whatever is not as expected. */
export async function runWithFault(
  {
    simulation,
    pool,
    addFinding,
  }: { readonly simulation: Simulation; readonly pool: PoolModel; readonly addFinding: AddFinding },
  operation: Operation,
  injectedFault: InjectedFault | null,
  expected: ExpectedOutcome,
): Promise<OperationResult> {
  const { testAccount, harness } = simulation;
  const before = poolSnapshots(simulation);
  const delivering = simulation.pools.filter(({ region, id }) => testAccount.regionState(region).canSend(id).sends);
  const deliveryGaps: string[] = [];
  const watch = () => {
    // Where Cognito sees policies late, it accepts DEVELOPER without them in alternate Regions, and mail waits for them.
    if (harness.aws.behaviours.policyVisibleAfterMs > 0) return;
    for (const { region, id } of delivering) {
      const delivery = testAccount.regionState(region).canSend(id);
      if (!delivery.sends) deliveryGaps.push(`mail of ${id} stops: ${delivery.why}`);
    }
  };
  const answers = await testAccount.run(pool.region, operation, {
    faultPlan: injectedFault ? faultPlanFor(injectedFault) : undefined,
    afterCall: watch,
  });
  const answer = answers[answers.length - 1] as ProgressEvent;
  for (const gap of deliveryGaps) addFinding(gap);
  const fault = injectedFault ? faultKinds[injectedFault.kind] : undefined;
  const code = answer.status === 'SUCCESS' ? 'ok' : (answer.errorCode ?? '');
  const isRetried = !fault || (fault.transient && !injectedFault?.forEver);
  const allowed = isRetried ? expected.codes : [...expected.codes, fault.code];
  if (!allowed.includes(code))
    addFinding(`${operation.action}: ${code} and not ${allowed.join(' or ')}: ${answer.message ?? ''}`);
  const leftover = answer.message?.includes('could not all be undone') ?? false;
  if (leftover && isRetried) addFinding(`a fault that passes leaves something behind: ${answer.message}`);
  // A Delete is not rolled back; it may leave the state only where it had nothing to do.
  const still = operation.action === 'DELETE' ? expected.after === pool.state : code !== 'ok';
  if (still && !leftover && poolSnapshots(simulation) !== before)
    addFinding(`${operation.action}: ${code}, and not as before`);
  return { answer, code, leftover, named: answers.some(({ resourceModel }) => resourceModel !== undefined) };
}

function faultPlanFor({ kind, at, forEver }: InjectedFault): FaultPlan {
  const fault = faultKinds[kind];
  let injected = '';
  return (call, index) => {
    if (!fault?.appliesTo(call.operation)) return undefined;
    if (index === at) injected = call.operation;
    return index === at || (forEver && injected === call.operation) ? fault.fault(call) : undefined;
  };
}
