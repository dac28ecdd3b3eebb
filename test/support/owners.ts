import {
  type Caller,
  type HandlerAnswer,
  type Operation,
  type Owner,
  stackIdOf,
} from '../../emulator/cloudformation/drive';
import { type Created, created, type Declared, type Run } from '../../emulator/cloudformation/stacks';
import type { JsonObject } from '../../emulator/types';
import { tagKey } from './expect-setup';
import { type Kind, kindsFor, type Row, table } from './kinds';
import type { After, FaultPlan, MultiAccountHarness, TestAccount } from './multi-account-harness';
import { assertObeysSchema } from './schema';
import { stateOf } from './state';

/** What a pool's tag says: hashes, which tell nothing but whether they are the same. */
export interface Mark {
  readonly token: string;
  readonly owner: string;
  readonly sender: string;
  /** The owner before, where the tag has a note of one: `-` for one without a stack, `.` for nobody. */
  readonly before: string | undefined;
}

const hash = '[0-9a-f]{16}';
const form = new RegExp(`^v2 (?<token>${hash}) (?<owner>${hash}|-) (?<sender>${hash})(?: (?<before>${hash}|[-.]))?$`);

/** The tag of a pool, undefined where it carries none. Throws where it is not of the form that the type writes. */
export function markOf({ world }: Pick<TestAccount, 'world'>, region: string, poolId: string): Mark | undefined {
  const value = (world(region).cognito.describe(poolId)['UserPoolTags'] as JsonObject)[tagKey];
  if (value === undefined) return undefined;
  const groups = form.exec(String(value))?.groups;
  if (!groups) throw new Error(`the pool's tag says: ${value}`);
  const { token = '', owner = '', sender = '', before } = groups;
  return { token, owner, sender, before };
}

/** A pool in an account of its own, and the stacks that set it up one after another. */
export interface Scene {
  readonly tenant: TestAccount;
  readonly region: string;
  readonly poolId: string;
  /** A resource; the same one in the same stack under another logical id; and in other stacks. */
  readonly owners: Readonly<Record<'first' | 'renamed' | 'elsewhere' | 'third', Owner>>;
  /** A kind's properties with the pool's id. */
  declaring(kind: Kind, more?: JsonObject): JsonObject;
  /** CloudFormation itself, for who wants to see the rounds of an operation. */
  readonly caller: Caller;
  /** Runs operations one after another; the pool's tag is noted after each. */
  readonly run: Run;
  /** The tags after each operation of `run`. */
  readonly marks: (Mark | undefined)[];
  /** The last answer of one operation. */
  last(operation: Operation): Promise<HandlerAnswer>;
  /** Runs an operation and insists on SUCCESS. */
  succeed(operation: Operation): Promise<HandlerAnswer>;
  /** Runs an operation and insists on NotFound. Answers its message. */
  notFound(operation: Operation): Promise<string>;
  /** A Create in its stack, with a fate for the Create's own calls alone. */
  create(declared: Declared, fate?: FaultPlan, after?: After): Promise<Created>;
  mark(): Mark | undefined;
  /** The whole account but the pool's tag: settings, and each identity's policies and tags. */
  rest(): unknown;
  /** The pool's EmailConfiguration. */
  email(): JsonObject;
  /** Changes settings of the pool, as its own stack or the console does. */
  change(members: JsonObject): void;
  /** Takes our tag off the pool. */
  untag(): void;
  /** The writing calls since this was last asked. */
  writes(): readonly string[];
  /** Would mail of the pool go out? */
  sends(): boolean;
}

/** The kinds of setup of a Region. */
export const kindsAt = (region: string) =>
  kindsFor(table.find((row) => row.region === region) as Row) as readonly [Kind, Kind, Kind, Kind, Kind];

/** Owners in the stacks of an account. */
export function ownersOf(region: string, account: string): Scene['owners'] {
  const stack = (name: string, digit: number) =>
    stackIdOf({ region, account }, name, `0a1b2c3${digit}-5f5b-11ef-9d3c-0a1b2c3d4e5f`);
  return {
    first: { stackId: stack('sign-in', 1), logicalResourceId: 'EmailSetup' },
    renamed: { stackId: stack('sign-in', 1), logicalResourceId: 'SignInEmail' },
    elsewhere: { stackId: stack('email', 2), logicalResourceId: 'EmailSetup' },
    // The stack of the same name, deleted and created again.
    third: { stackId: stack('sign-in', 3), logicalResourceId: 'EmailSetup' },
  };
}

/** Sets a scene: a pool with these members. */
export function sceneIn(arena: MultiAccountHarness, region: string, members: JsonObject = {}): Scene {
  const tenant = arena.testAccount();
  const { account } = tenant;
  const world = tenant.world(region);
  const { cognito } = world;
  const poolId = cognito.addPool({ MfaConfiguration: 'OPTIONAL', PasskeyVault: { Mode: 'STRICT' }, ...members });
  const marks: (Mark | undefined)[] = [];
  let seen = arena.aws.calls.length;
  const noted = async (operation: Operation, fate?: FaultPlan, after?: After) => {
    const answers = await tenant.run(region, operation, fate, after);
    marks.push(cognito.pools.has(poolId) ? markOf(tenant, region, poolId) : undefined);
    return answers;
  };
  const last: Scene['last'] = async (operation) => (await noted(operation)).slice(-1)[0] as HandlerAnswer;
  const said = ({ status, errorCode, message }: HandlerAnswer) => `${status} ${errorCode ?? ''}: ${message ?? ''}`;
  const stored = () => {
    const pool = cognito.pools.get(poolId);
    if (!pool) throw new Error('the pool is gone');
    return pool;
  };
  return {
    tenant,
    region,
    poolId,
    owners: ownersOf(region, account),
    declaring: (kind, more = {}) => ({ UserPoolId: poolId, ...kind.properties, ...more }),
    caller: {
      invoke: (payload) => arena.handler.invoke(payload),
      region,
      account,
      credentials: arena.aws.credentials(account),
      pace: 0.001,
      onAnswer: assertObeysSchema,
    },
    run: (operation) => noted(operation),
    marks,
    last,
    succeed: async (operation) => {
      const answer = await last(operation);
      if (answer.status !== 'SUCCESS') throw new Error(`${operation.action}: ${said(answer)}`);
      return answer;
    },
    notFound: async (operation) => {
      const answer = await last(operation);
      if (answer.errorCode !== 'NotFound') throw new Error(`${operation.action}, and not NotFound: ${said(answer)}`);
      return answer.message ?? '';
    },
    create: (declared, fate, after) =>
      created(
        (operation) => (operation.action === 'CREATE' ? noted(operation, fate, after) : noted(operation)),
        declared,
      ),
    mark: () => markOf(tenant, region, poolId),
    rest: () => {
      const [pools, identities] = JSON.parse(stateOf(tenant, [region])) as [JsonObject[], JsonObject[]];
      for (const pool of pools) delete (pool['UserPoolTags'] as JsonObject)[tagKey];
      return { pools, identities };
    },
    email: () => cognito.describe(poolId)['EmailConfiguration'] as JsonObject,
    change: (changed) => {
      stored().members = { ...stored().members, ...changed };
    },
    untag: () => {
      const { [tagKey]: _ours, ...tags } = stored().members['UserPoolTags'] as JsonObject;
      stored().members = { ...stored().members, UserPoolTags: tags };
    },
    writes: () => {
      const calls = arena.aws.calls.slice(seen).filter((call) => call.account === account);
      seen = arena.aws.calls.length;
      return calls.map(({ operation }) => operation).filter((operation) => !/^(Get|Describe|List)/.test(operation));
    },
    sends: () => world.canSend(poolId).sends,
  };
}

/** To CloudFormation a resource that is not there is deleted. */
export const isGone = ({ status, errorCode }: HandlerAnswer) => status === 'SUCCESS' || errorCode === 'NotFound';
