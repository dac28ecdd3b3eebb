import type { Command, InjectedFault } from './commands';
import { change } from './external-changes';
import { faultKinds } from './faults';
import type { Kind } from './kinds';
import { freshPool, kindsIn, listed, type PoolModel, reading } from './model';
import type { MultiAccountHarness } from './multi-account-harness';
import { inspect, knownHashes, type Said, type Simulation, settingsOf } from './simulation';
import { type At, create, move, operation, remove, update } from './stack-operations';
import { disturbed } from './told';

const regions = ['me-central-1', 'me-central-1', 'eu-west-2'];

/** Plays a sequence and answers everything that was not as the model says. */
export async function runCommands(
  arena: MultiAccountHarness,
  sequence: readonly Command[],
): Promise<readonly string[]> {
  const tenant = arena.testAccount();
  const pools = regions.map((region) =>
    freshPool(
      region,
      tenant.world(region).cognito.addPool({ MfaConfiguration: 'OPTIONAL', PasskeyVault: { Mode: 'STRICT' } }),
    ),
  );
  const game: Simulation = { arena, tenant, pools, settings: [], findings: [], hashes: knownHashes() };
  pools.forEach((_, index) => {
    game.settings[index] = settingsOf(game, index);
  });
  for (const [step, command] of sequence.entries()) {
    const said = (finding: string) => game.findings.push(`step ${step}, ${JSON.stringify(command)}: ${finding}`);
    await stepOf(game, command, said);
    inspect(game, said);
    if (game.findings.length > 0) break;
  }
  return game.findings.length === 0 ? [] : [...game.findings, `the steps: ${JSON.stringify(sequence)}`];
}

async function stepOf(game: Simulation, command: Command, said: Said): Promise<void> {
  const pool = game.pools[command.pool] as PoolModel;
  const at: At = { game, pool, said };
  const kinds = kindsIn(pool.region);
  const kindOf = (number: number) => kinds[number] as Kind;
  switch (command.do) {
    case 'change':
      return change(game, command.pool, command.what);
    case 'list':
      return list(at, command.strike);
    case 'read':
      return read(at, command.strike);
    case 'create':
      // CloudFormation does not create what a stack has.
      if (pool.declares.has(command.by)) return;
      await create(at, kindOf(command.kind), command);
      return;
    case 'update':
      return update(at, kindOf(command.kind), command);
    case 'delete': {
      const model = pool.declares.get(command.by) ?? kindOf(command.kind);
      return remove(at, command.bare ? undefined : model, command.by, command.strike);
    }
    case 'move':
      return move(at, command);
    case 'refactor': {
      const declared = pool.declares.get(command.from);
      if (!declared || command.to === 'Cloud Control') return;
      pool.declares.delete(command.from);
      if (command.to !== command.from) pool.declares.set(command.to, declared);
      return;
    }
  }
}

async function list(at: At, strike: InjectedFault | null): Promise<void> {
  const { game, pool, said } = at;
  const { answer } = await disturbed(at, { action: 'LIST' }, strike, { codes: ['ok'], after: pool.state });
  if (answer.status !== 'SUCCESS') return;
  const ids = (answer.resourceModels ?? []).map((model) => String(model['UserPoolId']));
  const wanted = listed(game.pools, pool.region);
  // What may not be described is left out.
  const isDenied = strike !== null && faultKinds[strike.kind]?.name === 'denied';
  const isWrong = isDenied ? ids.some((id) => !wanted.includes(id)) : String(ids) !== String(wanted);
  if (isWrong) said(`lists ${ids}, and not ${wanted}`);
}

async function read(at: At, strike: InjectedFault | null): Promise<void> {
  const { pool, said } = at;
  const { answer } = await disturbed(at, operation(at, 'one', 'READ'), strike, reading(pool));
  if (answer.status !== 'SUCCESS' || typeof pool.state.live !== 'object') return;
  for (const [name, value] of Object.entries(pool.state.live.properties)) {
    if (answer.resourceModel?.[name] !== value) said(`reads ${name} as ${answer.resourceModel?.[name]}`);
  }
}
