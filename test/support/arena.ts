import { randomUUID } from 'node:crypto';
import { type Caller, type HandlerAnswer, type Operation, operate } from '../../emulator/cloudformation/drive';
import { type HostedFunction, hostFunction } from '../../emulator/function/host';
import { type EmbeddedAws, startAws, type World } from '../../emulator/index';
import type { Call, Fault, JsonObject, Modes } from '../../emulator/types';
import { held } from './expect-setup';
import { furnish, handMade, propertiesOf, type Scenario } from './scenarios';
import { assertObeysSchema } from './schema';
import { bundle } from './stage';

/** One embedded AWS with many accounts, in each of which one trial runs, all at once through one handler. */
export interface Arena {
  readonly aws: EmbeddedAws;
  readonly handler: HostedFunction;
  /** Prepares a scenario in an account of its own: everything that was there before the operation. */
  prepare(scenario: Scenario): Promise<Trial>;
  close(): Promise<void>;
}

/** A scenario about to happen. */
export interface Trial {
  readonly scenario: Scenario;
  readonly account: string;
  readonly poolId: string;
  /** The Region of the pool. */
  readonly world: World;
  readonly operation: Operation;
  /** What is in the account now. */
  snapshot(): string;
  /** The same without what differs between accounts and tokens. */
  portrait(): string;
  /** The portrait as it was when the trial was prepared. */
  readonly portraitBefore: string;
  /** What there is of ours for the pool on any identity: `Region/identity policy` or `… tag`. */
  held(): readonly string[];
  /** Runs an operation, `fate` deciding each call's fate and `after` seeing each effect. All answers. */
  run(operation: Operation, fate?: Fate, after?: (call: Call) => void): Promise<readonly HandlerAnswer[]>;
  /** Calls of the account since the trial was prepared. */
  calls(): readonly Call[];
  /** What stopped mail at any moment since the trial was prepared. */
  readonly cuts: string[];
}

export type Fate = (call: Call, index: number) => Fault | undefined;

/** 40 s and 15 min, shortened; the parts keep their proportion. */
export const arenaTimes = { EMAILSETUP_DEADLINE_MS: '2400', EMAILSETUP_PATIENCE_MS: '2400' };

/** Opens an arena. Every answer and every line that the handler prints is searched for secrets. */
export async function openArena(options: { modes?: Partial<Modes>; handler?: HostedFunction } = {}): Promise<Arena> {
  const aws = await startAws({ modes: options.modes ?? {} });
  const handler = options.handler ?? hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url, ...arenaTimes });
  const fates = new Map<string, { fate: Fate | undefined; after: (call: Call) => void; seen: number }>();
  aws.intercept = (call) => {
    const current = fates.get(call.account);
    if (!current) return undefined;
    current.seen += 1;
    return current.fate?.(call, current.seen - 1);
  };
  aws.afterCall = (call) => fates.get(call.account)?.after(call);
  let count = 0;
  let searched = 0;

  const prepare = async (scenario: Scenario): Promise<Trial> => {
    count += 1;
    const account = String(100_000_000_000 + count);
    furnish(aws, account);
    const world = aws.region(scenario.region, account);
    const poolId = world.cognito.addPool({
      MfaConfiguration: 'OPTIONAL',
      PasskeyVault: { Mode: 'STRICT' },
      ...(scenario.byHand && {
        EmailConfiguration: { ...handMade, SourceArn: handMade.SourceArn.replace('ACCOUNT', account) },
      }),
    });
    const credentials = aws.credentials(account);
    const secrets = [credentials.secretAccessKey, credentials.sessionToken, credentials.accessKeyId];
    const cuts: string[] = [];
    const search = (answer: HandlerAnswer, token: string) => {
      const text = JSON.stringify(answer) + handler.printed.slice(searched).join('');
      searched = handler.printed.length;
      for (const secret of [...secrets, token])
        if (text.includes(secret)) throw new Error('a secret was printed or answered');
    };
    const run = async (operation: Operation, fate?: Fate, after?: (call: Call) => void) => {
      const token = operation.token ?? randomUUID();
      const caller: Caller = {
        invoke: handler.invoke,
        region: scenario.region,
        account,
        credentials,
        pace: 0.001,
        onAnswer: (action, answer) => {
          assertObeysSchema(action, answer);
          search(answer, token);
        },
      };
      fates.set(account, {
        fate,
        seen: 0,
        after: (call) => {
          after?.(call);
          const delivery = world.delivers(poolId);
          if (!delivery.sends && world.cognito.pools.has(poolId)) cuts.push(`${call.operation}: ${delivery.why}`);
        },
      });
      try {
        return await operate(caller, { ...operation, token });
      } finally {
        fates.delete(account);
      }
    };
    const properties = propertiesOf(poolId, scenario.to, scenario);
    const previous = propertiesOf(poolId, scenario.from, scenario);
    if (scenario.from) {
      const [made] = (await run({ action: 'CREATE', properties: previous })).slice(-1);
      if (made?.status !== 'SUCCESS') throw new Error(`could not prepare ${scenario.name}: ${made?.message}`);
    }
    const operation: Operation = {
      CREATE: { action: 'CREATE', properties } as const,
      UPDATE: { action: 'UPDATE', properties, previous } as const,
      DELETE: { action: 'DELETE', properties: previous } as const,
      READ: { action: 'READ', properties: { UserPoolId: poolId } } as const,
      LIST: { action: 'LIST' } as const,
    }[scenario.action];
    const start = aws.calls.length;
    const snapshot = () => stateOf(aws, account, scenario.region);
    const portrait = () =>
      snapshot()
        .replaceAll(account, 'ACCOUNT')
        .replaceAll(/v1 [0-9a-f]{16}/g, 'v1 HASH');
    return {
      scenario,
      account,
      poolId,
      operation,
      run,
      cuts,
      snapshot,
      portrait,
      portraitBefore: portrait(),
      held: () => held({ world: (name) => aws.region(name, account) }, scenario.region, poolId),
      world: aws.region(scenario.region, account),
      calls: () => aws.calls.slice(start).filter((call) => call.account === account),
    };
  };
  return {
    aws,
    handler,
    prepare,
    close: async () => {
      await handler.stop();
      await aws.close();
    },
  };
}

/** Pools, policies and tags of an account, as text that can be compared. */
function stateOf(aws: EmbeddedAws, account: string, region: string): string {
  const { cognito } = aws.region(region, account);
  const pools = [...cognito.pools.keys()].map((id) => {
    const { LastModifiedDate: _t, EstimatedNumberOfUsers: _n, ...pool } = cognito.describe(id);
    return sorted(pool);
  });
  const identities = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-central-1'].flatMap((ses) =>
    [...aws.region(ses, account).ses.identities.values()].map(({ name, policies, tags }) =>
      sorted({ at: `${ses}/${name}`, policies: Object.fromEntries(policies), tags: Object.fromEntries(tags) }),
    ),
  );
  return JSON.stringify([pools, identities], undefined, 1);
}

function sorted(value: JsonObject[string]): JsonObject[string] {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Runs jobs with so many at a time, and answers what each said. */
export async function together<J, R>(jobs: readonly J[], atATime: number, run: (job: J) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = jobs.entries();
  const worker = async () => {
    for (const [index, job] of queue) results[index] = await run(job);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
