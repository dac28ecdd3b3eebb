import type { Operation } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import type { InjectedFault } from './commands';
import type { Kind } from './kinds';
import { creating, deleting, isTaken, type PoolModel, senderOf, updating, type Who } from './model';
import { ownersOf } from './owners';
import { learned, type Said, type Simulation } from './simulation';
import { disturbed, type Told } from './told';

/** One pool's part of a step. */
export interface At {
  readonly game: Simulation;
  readonly pool: PoolModel;
  readonly said: Said;
}

/** A request about the pool by one of its owners. */
export const operation = (
  { game, pool }: At,
  by: Who,
  action: Operation['action'],
  properties?: JsonObject,
  previous?: JsonObject,
): Operation => {
  const { first, renamed, elsewhere } = ownersOf(pool.region, game.tenant.account);
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
  readonly by: Who;
  readonly takeOver: boolean;
  readonly strike: InjectedFault | null;
}

/** Creates a setup, and lets CloudFormation delete it again where it fails after an answer has named it. */
export async function create(at: At, kind: Kind, { by, takeOver, strike }: Creating): Promise<boolean> {
  const { game, pool, said } = at;
  const before = pool.state;
  const verdict = creating(pool, kind, by, takeOver, game.arena.aws.modes);
  const properties = { ...kind.properties, ...(takeOver && { TakeOver: true }) };
  const told = await disturbed(at, operation(at, by, 'CREATE', properties), strike, verdict);
  if (told.answer.status === 'SUCCESS') {
    pool.state = verdict.after;
    if (by !== 'Cloud Control') pool.declares.set(by, kind);
    return true;
  }
  if (told.leftover) {
    learn(at, by);
    const keepsQuiet = isTaken(before) && senderOf(before.live) !== senderOf(kind);
    const named = told.answer.resourceModel !== undefined;
    if (named === keepsQuiet) said(`${named ? 'names' : 'does not name'} the pool: ${told.answer.message}`);
  }
  if (told.named) await remove(at, kind, by, null);
  else if (told.leftover) await repair(at, before.tag?.owner);
  return false;
}

/** With AWS well, the next Update of whoever had the setup before repairs it. */
async function repair(at: At, by: Who | undefined): Promise<void> {
  const declared = by && at.pool.declares.get(by);
  if (!declared) return;
  await updateOnce(at, declared, declared, by, null);
}

/** Updates a setup; where it fails and leaves something behind, its stack rolls back. */
export async function update(
  at: At,
  kind: Kind,
  { by, strike }: { by: Who; strike: InjectedFault | null },
): Promise<void> {
  const { pool } = at;
  const previous = pool.declares.get(by) ?? kind;
  const told = await updateOnce(at, kind, previous, by, strike);
  if (told.answer.status === 'SUCCESS') return;
  if (!told.leftover) return;
  learn(at, by);
  // The stack rolls back.
  await updateOnce(at, previous, kind, by, null);
}

async function updateOnce(at: At, kind: Kind, previous: Kind, by: Who, strike: InjectedFault | null): Promise<Told> {
  const { game, pool } = at;
  const verdict = updating(pool, kind, previous, by, game.arena.aws.modes);
  const request = operation(at, by, 'UPDATE', kind.properties, previous.properties);
  const told = await disturbed(at, request, strike, verdict);
  if (told.answer.status === 'SUCCESS') {
    pool.state = verdict.after;
    if (by !== 'Cloud Control') pool.declares.set(by, kind);
  }
  return told;
}

/** Deletes a setup, or what a request takes for one. */
export async function remove(at: At, model: Kind | undefined, by: Who, strike: InjectedFault | null): Promise<void> {
  const { pool, said } = at;
  const verdict = deleting(pool, model, by);
  const request = operation(at, by, 'DELETE', model?.properties);
  const { code } = await disturbed(at, request, strike, verdict);
  if (verdict.codes.includes(code)) pool.state = verdict.after;
  else if (strike) {
    // It goes forward only: with AWS well it is repeated, and ends as it would have.
    learn(at, by);
    await remove(at, model, by, null);
    const [found, wanted] = [pool.state, verdict.after].map(({ live, tag }) => JSON.stringify([senderOf(live), tag]));
    if (found !== wanted && verdict.codes.some((one) => one === 'ok' || one === 'NotFound'))
      said(`repeated, it ends with ${found}, and not ${wanted}`);
    return;
  }
  if (code === 'ok' || code === 'NotFound') pool.declares.delete(by);
}

interface Moving {
  readonly by: Who;
  readonly undone: boolean;
  readonly strike: InjectedFault | null;
}

/** The new one takes over what is in force; then the old one is deleted, or the new one again. */
export async function move(at: At, { by, undone, strike }: Moving): Promise<void> {
  const { game, pool, said } = at;
  const { live, tag, policies } = pool.state;
  const old = tag?.owner;
  const declared = old && pool.declares.get(old);
  if (typeof live !== 'object' || !declared || old === by || pool.declares.has(by)) return;
  const from = game.arena.aws.calls.length;
  if (!(await create(at, live, { by, takeOver: true, strike }))) return;
  const writes = game.arena.aws.calls
    .slice(from)
    .filter(({ account, operation }) => account === game.tenant.account && !/^(Get|Describe|List)/.test(operation));
  const free = String([...pool.state.policies].sort()) === String([...policies].sort());
  if (free && writes.some(({ operation }) => operation !== 'TagResource'))
    said(`a move calls ${writes.map(({ operation }) => operation)}`);
  if (undone) await remove(at, live, by, null);
  else await remove(at, declared, old, null);
}

/** Takes over what an operation has left that could neither finish nor undo. */
function learn({ game, pool, said }: At, by: Who): void {
  const state = learned(game, pool, by);
  if (!state) said('leaves a configuration that nobody has declared');
  else pool.state = state;
}
