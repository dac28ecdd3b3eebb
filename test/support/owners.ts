import { stackIdOf } from '../../emulator/cloudformation/example-stack';
import {
  type CreateResult,
  createWithRollback,
  type DeclaredResource,
  type RunOperation,
} from '../../emulator/cloudformation/stack-resources';
import type { Caller, Operation, ProgressEvent, StackResource } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { accountSnapshot } from './account-snapshot';
import { tagKey } from './expect-setup';
import type { MultiAccountHarness } from './multi-account-harness';
import { assertObeysSchema } from './schema';
import { kindsFor, type RegionRow, regionTable, type SetupKind } from './setup-kinds';
import type { Interference, TestAccount } from './test-account';

/** What a pool's tag says: hashes, which tell nothing but whether they are the same. */
export interface SetupTag {
  readonly token: string;
  readonly owner: string;
  readonly sender: string;
  /** The owner before, where the tag has a note of one: `-` for one without a stack, `.` for nobody. */
  readonly before: string | undefined;
}

const hash = '[0-9a-f]{16}';
const form = new RegExp(`^v2 (?<token>${hash}) (?<owner>${hash}|-) (?<sender>${hash})(?: (?<before>${hash}|[-.]))?$`);

/** The tag of a pool, undefined where it carries none. Throws where it is not of the form that the type writes. */
export function setupTagOf(
  { regionState }: Pick<TestAccount, 'regionState'>,
  region: string,
  poolId: string,
): SetupTag | undefined {
  const value = (regionState(region).cognito.describe(poolId)['UserPoolTags'] as JsonObject)[tagKey];
  if (value === undefined) return undefined;
  const groups = form.exec(String(value))?.groups;
  if (!groups) throw new Error(`the pool's tag says: ${value}`);
  const { token = '', owner = '', sender = '', before } = groups;
  return { token, owner, sender, before };
}

/** A pool in an account of its own, and the stacks that set it up one after another. */
export interface PoolFixture {
  readonly testAccount: TestAccount;
  readonly region: string;
  readonly poolId: string;
  /** A resource; the same one in the same stack under another logical id; and in other stacks. */
  readonly owners: Readonly<Record<'first' | 'renamed' | 'elsewhere' | 'third', StackResource>>;
  /** A kind's properties with the pool's id. */
  setupProperties(kind: SetupKind, more?: JsonObject): JsonObject;
  /** Drives the handler for tests that look at single invocations. */
  readonly caller: Caller;
  /** Runs operations one after another; the pool's tag is noted after each. */
  readonly run: RunOperation;
  /** The tags after each operation of `run`. */
  readonly setupTags: (SetupTag | undefined)[];
  /** The last answer of one operation. */
  last(operation: Operation): Promise<ProgressEvent>;
  /** Runs an operation that must end with SUCCESS. Returns the last answer. */
  succeed(operation: Operation): Promise<ProgressEvent>;
  /** Runs an operation that must end with NotFound. Returns its message. */
  notFound(operation: Operation): Promise<string>;
  /** A Create in its stack; `interference` acts on the Create's own calls alone. */
  create(declared: DeclaredResource, interference?: Interference): Promise<CreateResult>;
  setupTag(): SetupTag | undefined;
  /** The whole account but the pool's tag: settings, and each identity's policies and tags. */
  rest(): unknown;
  /** The pool's EmailConfiguration. */
  email(): JsonObject;
  /** Changes settings of the pool, as its own stack or the console does. */
  change(members: JsonObject): void;
  /** Takes our tag off the pool. */
  untag(): void;
  /** The writing calls since the last call of this function. */
  writes(): readonly string[];
  /** Would mail of the pool go out? */
  sends(): boolean;
}

/** The kinds of setup of a Region. */
export const setupKindsIn = (region: string) =>
  kindsFor(regionTable.find((row) => row.region === region) as RegionRow) as readonly [
    SetupKind,
    SetupKind,
    SetupKind,
    SetupKind,
    SetupKind,
  ];

/** Owners in the stacks of an account. */
export function ownersOf(region: string, account: string): PoolFixture['owners'] {
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

/** Creates a pool with these members in an account of its own. */
export function createPoolFixture(harness: MultiAccountHarness, region: string, members: JsonObject = {}): PoolFixture {
  const testAccount = harness.testAccount();
  const { account } = testAccount;
  const regionState = testAccount.regionState(region);
  const { cognito } = regionState;
  const poolId = cognito.addPool({ MfaConfiguration: 'OPTIONAL', PasskeyVault: { Mode: 'STRICT' }, ...members });
  const setupTags: (SetupTag | undefined)[] = [];
  let seen = harness.aws.calls.length;
  const runAndNoteTag = async (operation: Operation, interference?: Interference) => {
    const answers = await testAccount.run(region, operation, interference);
    setupTags.push(cognito.pools.has(poolId) ? setupTagOf(testAccount, region, poolId) : undefined);
    return answers;
  };
  const last: PoolFixture['last'] = async (operation) => (await runAndNoteTag(operation)).slice(-1)[0] as ProgressEvent;
  const summaryOf = ({ status, errorCode, message }: ProgressEvent) => `${status} ${errorCode ?? ''}: ${message ?? ''}`;
  const stored = () => {
    const pool = cognito.pools.get(poolId);
    if (!pool) throw new Error('the pool is gone');
    return pool;
  };
  return {
    testAccount,
    region,
    poolId,
    owners: ownersOf(region, account),
    setupProperties: (kind, more = {}) => ({ UserPoolId: poolId, ...kind.properties, ...more }),
    caller: harness.caller(region, { account, onProgressEvent: assertObeysSchema }),
    run: (operation) => runAndNoteTag(operation),
    setupTags,
    last,
    succeed: async (operation) => {
      const answer = await last(operation);
      if (answer.status !== 'SUCCESS') throw new Error(`${operation.action}: ${summaryOf(answer)}`);
      return answer;
    },
    notFound: async (operation) => {
      const answer = await last(operation);
      if (answer.errorCode !== 'NotFound')
        throw new Error(`${operation.action}, and not NotFound: ${summaryOf(answer)}`);
      return answer.message ?? '';
    },
    create: (declared, interference) =>
      createWithRollback(
        (operation) => runAndNoteTag(operation, operation.action === 'CREATE' ? interference : undefined),
        declared,
      ),
    setupTag: () => setupTagOf(testAccount, region, poolId),
    rest: () => {
      const [pools, identities] = JSON.parse(accountSnapshot(testAccount, [region])) as [JsonObject[], JsonObject[]];
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
      const calls = harness.aws.calls.slice(seen).filter((call) => call.account === account);
      seen = harness.aws.calls.length;
      return calls.map(({ operation }) => operation).filter((operation) => !/^(Get|Describe|List)/.test(operation));
    },
    sends: () => regionState.canSend(poolId).sends,
  };
}

/** To CloudFormation a resource that is not there is deleted. */
export const isGone = ({ status, errorCode }: ProgressEvent) => status === 'SUCCESS' || errorCode === 'NotFound';
