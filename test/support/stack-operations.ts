import type { Operation } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import type { InjectedFault } from './commands';
import { type Actor, expectedCreate, expectedDelete, expectedUpdate, isTaken, type PoolModel, senderOf } from './model';
import { ownersOf } from './owners';
import { type OperationResult, runWithFault } from './run-with-fault';
import type { SetupKind } from './setup-kinds';
import { type AddFinding, type Simulation, stateAfterLeftover } from './simulation';

/** One pool's part of a step. */
export interface At {
  readonly simulation: Simulation;
  readonly pool: PoolModel;
  readonly addFinding: AddFinding;
}

/** A request about the pool by one of its owners. */
export const operation = (
  { simulation, pool }: At,
  by: Actor,
  action: Operation['action'],
  properties?: JsonObject,
  previous?: JsonObject,
): Operation => {
  const { first, renamed, elsewhere } = ownersOf(pool.region, simulation.testAccount.account);
  const owner = { one: first, two: renamed, three: elsewhere, 'Cloud Control': 'Cloud Control' } as const;
  const UserPoolId = pool.id;
  return {
    action,
    owner: owner[by],
    properties: { UserPoolId, ...properties },
    ...(previous && { previous: { UserPoolId, ...previous } }),
  };
};

interface Creating {
  readonly by: Actor;
  readonly takeOver: boolean;
  readonly injectedFault: InjectedFault | null;
}

/** Creates a setup; where that fails after an answer has named it, CloudFormation deletes it again. */
export async function create(at: At, kind: SetupKind, { by, takeOver, injectedFault }: Creating): Promise<boolean> {
  const { simulation, pool, addFinding } = at;
  const before = pool.state;
  const expected = expectedCreate(pool, { kind, by, takeOver, behaviours: simulation.harness.aws.behaviours });
  const properties = { ...kind.properties, ...(takeOver && { TakeOver: true }) };
  const result = await runWithFault(at, operation(at, by, 'CREATE', properties), injectedFault, expected);
  if (result.answer.status === 'SUCCESS') {
    pool.state = expected.after;
    if (by !== 'Cloud Control') pool.declares.set(by, kind);
    return true;
  }
  if (result.leftover) {
    adoptLeftover(at, by);
    const mustNotName = isTaken(before) && senderOf(before.live) !== senderOf(kind);
    const named = result.answer.resourceModel !== undefined;
    if (named === mustNotName) addFinding(`${named ? 'names' : 'does not name'} the pool: ${result.answer.message}`);
  }
  if (result.named) await remove(at, kind, by, null);
  else if (result.leftover) await repair(at, before.tag?.owner);
  return false;
}

/** Without a fault, the next Update by the owner before repairs the setup. */
async function repair(at: At, by: Actor | undefined): Promise<void> {
  const declared = by && at.pool.declares.get(by);
  if (!declared) return;
  await updateOnce(at, { kind: declared, previous: declared, by, injectedFault: null });
}

/** Updates a setup; where it fails and leaves something behind, its stack rolls back. */
export async function update(
  at: At,
  kind: SetupKind,
  { by, injectedFault }: { by: Actor; injectedFault: InjectedFault | null },
): Promise<void> {
  const { pool } = at;
  const previous = pool.declares.get(by) ?? kind;
  const result = await updateOnce(at, { kind, previous, by, injectedFault });
  if (result.answer.status === 'SUCCESS') return;
  if (!result.leftover) return;
  adoptLeftover(at, by);
  // The stack rolls back.
  await updateOnce(at, { kind: previous, previous: kind, by, injectedFault: null });
}

interface Updating {
  readonly kind: SetupKind;
  readonly previous: SetupKind;
  readonly by: Actor;
  readonly injectedFault: InjectedFault | null;
}

async function updateOnce(at: At, { kind, previous, by, injectedFault }: Updating): Promise<OperationResult> {
  const { simulation, pool } = at;
  const expected = expectedUpdate(pool, { kind, previous, by, behaviours: simulation.harness.aws.behaviours });
  const request = operation(at, by, 'UPDATE', kind.properties, previous.properties);
  const result = await runWithFault(at, request, injectedFault, expected);
  if (result.answer.status === 'SUCCESS') {
    pool.state = expected.after;
    if (by !== 'Cloud Control') pool.declares.set(by, kind);
  }
  return result;
}

/** Deletes a setup, or what a request takes for one. */
export async function remove(
  at: At,
  model: SetupKind | undefined,
  by: Actor,
  injectedFault: InjectedFault | null,
): Promise<void> {
  const { pool, addFinding } = at;
  const expected = expectedDelete(pool, model, by);
  const request = operation(at, by, 'DELETE', model?.properties);
  const { code } = await runWithFault(at, request, injectedFault, expected);
  if (expected.codes.includes(code)) pool.state = expected.after;
  else if (injectedFault) {
    // A Delete is not rolled back: repeated without a fault, it ends as it would have.
    adoptLeftover(at, by);
    await remove(at, model, by, null);
    const [found, wanted] = [pool.state, expected.after].map(({ live, tag }) =>
      JSON.stringify([senderOf(live), tag && [tag.owner, tag.sender, tag.before]]),
    );
    if (found !== wanted && expected.codes.some((one) => one === 'ok' || one === 'NotFound'))
      addFinding(`repeated, it ends with ${found}, and not ${wanted}`);
    return;
  }
  if (code === 'ok' || code === 'NotFound') pool.declares.delete(by);
}

interface Moving {
  readonly by: Actor;
  readonly rolledBack: boolean;
  readonly injectedFault: InjectedFault | null;
}

/** The new one takes over what is in force; then the old one is deleted, or the new one again. */
export async function move(at: At, { by, rolledBack, injectedFault }: Moving): Promise<void> {
  const { simulation, pool, addFinding } = at;
  const { live, tag, policies } = pool.state;
  const old = tag?.owner;
  const declared = old && pool.declares.get(old);
  if (typeof live !== 'object' || !declared || old === by || pool.declares.has(by)) return;
  const from = simulation.harness.aws.calls.length;
  if (!(await create(at, live, { by, takeOver: true, injectedFault }))) return;
  const writes = simulation.harness.aws.calls
    .slice(from)
    .filter(
      ({ account, operation }) => account === simulation.testAccount.account && !/^(Get|Describe|List)/.test(operation),
    );
  const policiesUnchanged = String([...pool.state.policies].sort()) === String([...policies].sort());
  if (policiesUnchanged && writes.some(({ operation }) => operation !== 'TagResource'))
    addFinding(`a move calls ${writes.map(({ operation }) => operation)}`);
  if (rolledBack) await remove(at, live, by, null);
  else await remove(at, declared, old, null);
}

/** Takes what a failed operation has left, where the roll-back failed too, for the model's state. */
function adoptLeftover({ simulation, pool, addFinding }: At, by: Actor): void {
  const state = stateAfterLeftover(simulation, pool, by);
  if (!state) addFinding('leaves a configuration that nobody has declared');
  else pool.state = state;
}
