import type { Command, InjectedFault } from './commands';
import { change } from './external-changes';
import { faultKinds } from './faults';
import { expectedRead, freshPool, kindsIn, listed, type PoolModel } from './model';
import type { MultiAccountHarness } from './multi-account-harness';
import { runWithFault } from './run-with-fault';
import type { SetupKind } from './setup-kinds';
import { type AddFinding, inspect, knownHashes, type Simulation, settingsOf } from './simulation';
import { type At, create, move, operation, remove, update } from './stack-operations';

const regions = ['me-central-1', 'me-central-1', 'eu-west-2'];

/** Runs a sequence of commands. Returns everything that was not as the model says, with the sequence. */
export async function runCommands(
  harness: MultiAccountHarness,
  sequence: readonly Command[],
): Promise<readonly string[]> {
  const testAccount = harness.testAccount();
  const pools = regions.map((region) =>
    freshPool(
      region,
      testAccount
        .regionState(region)
        .cognito.addPool({ MfaConfiguration: 'OPTIONAL', PasskeyVault: { Mode: 'STRICT' } }),
    ),
  );
  const simulation: Simulation = { harness, testAccount, pools, settings: [], findings: [], hashes: knownHashes() };
  pools.forEach((_, index) => {
    simulation.settings[index] = settingsOf(simulation, index);
  });
  for (const [step, command] of sequence.entries()) {
    const addFinding = (finding: string) =>
      simulation.findings.push(`step ${step}, ${JSON.stringify(command)}: ${finding}`);
    await stepOf(simulation, command, addFinding);
    inspect(simulation, addFinding);
    if (simulation.findings.length > 0) break;
  }
  return simulation.findings.length === 0 ? [] : [...simulation.findings, `the steps: ${JSON.stringify(sequence)}`];
}

async function stepOf(simulation: Simulation, command: Command, addFinding: AddFinding): Promise<void> {
  const pool = simulation.pools[command.pool] as PoolModel;
  const at: At = { simulation, pool, addFinding };
  const kinds = kindsIn(pool.region);
  const kindOf = (number: number) => kinds[number] as SetupKind;
  switch (command.do) {
    case 'change':
      return change(simulation, command.pool, command.what);
    case 'list':
      return list(at, command.injectedFault);
    case 'read':
      return read(at, command.injectedFault);
    case 'create':
      // CloudFormation does not create what a stack has.
      if (pool.declares.has(command.by)) return;
      await create(at, kindOf(command.kind), command);
      return;
    case 'update':
      return update(at, kindOf(command.kind), command);
    case 'delete': {
      const model = pool.declares.get(command.by) ?? kindOf(command.kind);
      return remove(at, command.bare ? undefined : model, command.by, command.injectedFault);
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

async function list(at: At, injectedFault: InjectedFault | null): Promise<void> {
  const { simulation, pool, addFinding } = at;
  const { answer } = await runWithFault(at, { action: 'LIST' }, injectedFault, { codes: ['ok'], after: pool.state });
  if (answer.status !== 'SUCCESS') return;
  const ids = (answer.resourceModels ?? []).map((model) => String(model['UserPoolId']));
  const wanted = listed(simulation.pools, pool.region);
  // What may not be described is left out.
  const isDenied = injectedFault !== null && faultKinds[injectedFault.kind]?.name === 'denied';
  const isWrong = isDenied ? ids.some((id) => !wanted.includes(id)) : String(ids) !== String(wanted);
  if (isWrong) addFinding(`lists ${ids}, and not ${wanted}`);
}

async function read(at: At, injectedFault: InjectedFault | null): Promise<void> {
  const { pool, addFinding } = at;
  const { answer } = await runWithFault(at, operation(at, 'one', 'READ'), injectedFault, expectedRead(pool));
  if (answer.status !== 'SUCCESS' || typeof pool.state.live !== 'object') return;
  for (const [name, value] of Object.entries(pool.state.live.properties)) {
    if (answer.resourceModel?.[name] !== value) addFinding(`reads ${name} as ${answer.resourceModel?.[name]}`);
  }
}
