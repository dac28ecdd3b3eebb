import { randomUUID } from 'node:crypto';
import { type Caller, type HandlerAnswer, type Operation, operate } from '../../emulator/cloudformation/drive';
import { type HostedFunction, hostFunction } from '../../emulator/function/host';
import { type EmbeddedAws, type RegionState, startAws } from '../../emulator/index';
import type { Call, Fault } from '../../emulator/types';
import { warm } from './concurrency';
import { copyOf } from './copy';
import { held } from './expect-setup';
import { bundle } from './harness';
import { furnish, handMadeIn, propertiesOf, type Scenario } from './scenarios';
import { assertObeysSchema } from './schema';
import { detectStalls, type StallDetector } from './stall-detector';
import { stateOf } from './state';

/** One embedded AWS with many accounts, in each of which one trial runs, all at once through one handler. */
export interface MultiAccountHarness {
  readonly aws: EmbeddedAws;
  readonly handler: HostedFunction;
  readonly stallDetector: StallDetector;
  /** An account with everything in it that the scenarios need. */
  testAccount(): TestAccount;
  /** Prepares a scenario in an account of its own: everything that was there before the operation. */
  prepare(scenario: Scenario): Promise<Case>;
  close(): Promise<void>;
}

/** One account. */
export interface TestAccount {
  readonly account: string;
  world(region: string): RegionState;
  /** Runs an operation, `fate` deciding each call's fate and `after` seeing each effect. All answers. */
  run(region: string, operation: Operation, fate?: FaultPlan, after?: After): Promise<readonly HandlerAnswer[]>;
}

/** A scenario about to happen. */
export interface Case {
  readonly scenario: Scenario;
  readonly account: string;
  readonly poolId: string;
  /** The Region of the pool. */
  readonly world: RegionState;
  readonly operation: Operation;
  /** What is in the account now. */
  snapshot(): string;
  /** The same without what differs between accounts and tokens. */
  normalizedSnapshot(): string;
  /** The portrait as it was when the trial was prepared. */
  readonly normalizedSnapshotBefore: string;
  /** What there is of ours for the pool on any identity: `Region/identity policy` or `… tag`. */
  held(): readonly string[];
  /** Runs an operation in the scenario's Region, as a tenant does. */
  run(operation: Operation, fate?: FaultPlan, after?: After): Promise<readonly HandlerAnswer[]>;
  /** Calls of the account since the trial was prepared. */
  calls(): readonly Call[];
  /** What stopped mail at any moment since the trial was prepared. */
  readonly deliveryGaps: string[];
}

/** Sees each effect before its answer, which waits for a promise. */
export type After = (call: Call) => unknown;
export type FaultPlan = (call: Call, index: number) => Fault | undefined;

/**
 * Opens an arena, in which 40 s last so many milliseconds, and 15 min as many unless told; the parts keep their
 * proportion. Every answer and every line that the handler prints is searched for secrets.
 */
export async function startMultiAccountHarness(
  milliseconds = 4800,
  patience = milliseconds,
): Promise<MultiAccountHarness> {
  const aws = await startAws();
  const handler = hostFunction(bundle, {
    AWS_ENDPOINT_URL: aws.url,
    EMAILSETUP_DEADLINE_MS: String(milliseconds),
    EMAILSETUP_PATIENCE_MS: String(patience),
  });
  const fates = new Map<string, { fate: FaultPlan | undefined; after: After; seen: number }>();
  aws.intercept = (call) => {
    const current = fates.get(call.account);
    if (!current) return undefined;
    current.seen += 1;
    return current.fate?.(call, current.seen - 1);
  };
  aws.afterCall = (call) => fates.get(call.account)?.after(call);
  let count = 0;
  let searched = 0;
  const search = (answer: HandlerAnswer, secrets: readonly string[]) => {
    const text = JSON.stringify(answer) + handler.printed.slice(searched).join('');
    searched = handler.printed.length;
    for (const secret of secrets) if (text.includes(secret)) throw new Error('a secret was printed or answered');
  };

  const tenant = (): TestAccount => {
    count += 1;
    const account = String(100_000_000_000 + count);
    furnish(aws, account);
    const credentials = aws.credentials(account);
    const { secretAccessKey, sessionToken, accessKeyId } = credentials;
    return {
      account,
      world: (region) => aws.region(region, account),
      run: async (region, operation, fate, after = () => undefined) => {
        const token = operation.token ?? randomUUID();
        const caller: Caller = {
          invoke: handler.invoke,
          region,
          account,
          credentials,
          pace: 0.001,
          onAnswer: (action, answer) => {
            assertObeysSchema(action, answer);
            search(answer, [secretAccessKey, sessionToken, accessKeyId, token]);
          },
        };
        fates.set(account, { fate, seen: 0, after });
        try {
          return await operate(caller, { ...operation, token });
        } finally {
          fates.delete(account);
        }
      },
    };
  };

  const created = new Map<Scenario, (other: TestAccount) => void>();
  const prepare = async (scenario: Scenario): Promise<Case> => {
    const home = tenant();
    const { account } = home;
    const { region } = scenario;
    const world = home.world(region);
    const poolId = world.cognito.addPool({
      MfaConfiguration: 'OPTIONAL',
      PasskeyVault: { Mode: 'STRICT' },
      ...(scenario.byHand && { EmailConfiguration: handMadeIn(account) }),
    });
    const cuts: string[] = [];
    const run: Case['run'] = (operation, fate, after) =>
      home.run(region, operation, fate, (call) => {
        const delivery = world.canSend(poolId);
        if (!delivery.sends && world.cognito.pools.has(poolId)) cuts.push(`${call.operation}: ${delivery.why}`);
        return after?.(call);
      });
    const properties = propertiesOf(poolId, scenario.to, scenario);
    const previous = propertiesOf(poolId, scenario.from, scenario);
    if (scenario.from && created.has(scenario)) created.get(scenario)?.(home);
    else if (scenario.from) {
      const [made] = (await run({ action: 'CREATE', properties: previous })).slice(-1);
      if (made?.status !== 'SUCCESS') throw new Error(`could not prepare ${scenario.name}: ${made?.message}`);
      created.set(scenario, copyOf(home, region));
    }
    const operation: Operation = {
      CREATE: { action: 'CREATE', properties } as const,
      UPDATE: { action: 'UPDATE', properties, previous } as const,
      DELETE: { action: 'DELETE', properties: previous } as const,
      READ: { action: 'READ', properties: { UserPoolId: poolId } } as const,
      LIST: { action: 'LIST' } as const,
    }[scenario.action];
    const start = aws.calls.length;
    const snapshot = () => stateOf(home, [region]);
    const portrait = () =>
      snapshot()
        .replaceAll(account, 'ACCOUNT')
        .replaceAll(/v2 [0-9a-f]{16} ([0-9a-f]{16}|-) [0-9a-f]{16}/g, 'v2 HASHES');
    return {
      scenario,
      account,
      poolId,
      operation,
      run,
      deliveryGaps: cuts,
      snapshot,
      normalizedSnapshot: portrait,
      normalizedSnapshotBefore: portrait(),
      held: () => held(home, region, poolId),
      world,
      calls: () => aws.calls.slice(start).filter((call) => call.account === account),
    };
  };
  const arena: MultiAccountHarness = {
    aws,
    handler,
    stallDetector: detectStalls(handler.pulse, milliseconds / 32),
    testAccount: tenant,
    prepare,
    close: async () => {
      await arena.stallDetector.stop();
      await handler.stop();
      await aws.close();
    },
  };
  const { run } = tenant();
  await warm(() => run('eu-west-2', { action: 'LIST' }));
  return arena;
}
