import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { EmbeddedAws, RegionState } from '../../emulator/index';
import type { Call } from '../../emulator/types';
import { accountSnapshot } from './account-snapshot';
import { copyAccount } from './copy-account';
import { attachments } from './expect-setup';
import { manualConfiguration, propertiesOf, type Scenario } from './scenarios';
import type { Interference, TestAccount } from './test-account';

/** A scenario whose operation has yet to run, in an account of its own. */
export interface TestCase {
  readonly scenario: Scenario;
  readonly account: string;
  readonly poolId: string;
  /** The Region of the pool. */
  readonly regionState: RegionState;
  readonly operation: Operation;
  /** What is in the account now. */
  snapshot(): string;
  /** The same without what differs between accounts and tokens. */
  normalizedSnapshot(): string;
  /** The normalized snapshot from before the operation. */
  readonly normalizedSnapshotBefore: string;
  /** Our policies and tags for the pool on any identity: `Region/identity policy` or `… tag`. */
  attachments(): readonly string[];
  /** Runs an operation in the scenario's Region, as a test account does. */
  run(operation: Operation, interference?: Interference): Promise<readonly ProgressEvent[]>;
  /** Calls of the account since the case was prepared. */
  calls(): readonly Call[];
  /** Every call after which mail of the pool did not go out, with why. */
  readonly deliveryGaps: string[];
}

/** Makes a function that prepares scenarios: everything that was there before the operation. */
export function testCases(aws: EmbeddedAws, openAccount: () => TestAccount): (scenario: Scenario) => Promise<TestCase> {
  const created = new Map<Scenario, (other: TestAccount) => void>();
  return async (scenario) => {
    const testAccount = openAccount();
    const { account } = testAccount;
    const { region } = scenario;
    const regionState = testAccount.regionState(region);
    const poolId = regionState.cognito.addPool({
      MfaConfiguration: 'OPTIONAL',
      PasskeyVault: { Mode: 'STRICT' },
      ...(scenario.byHand && { EmailConfiguration: manualConfiguration(account) }),
    });
    const deliveryGaps: string[] = [];
    const run: TestCase['run'] = (operation, { faultPlan, afterCall } = {}) =>
      testAccount.run(region, operation, {
        faultPlan,
        afterCall: (call) => {
          const delivery = regionState.canSend(poolId);
          if (!delivery.sends && regionState.cognito.pools.has(poolId))
            deliveryGaps.push(`${call.operation}: ${delivery.why}`);
          return afterCall?.(call);
        },
      });
    const properties = propertiesOf(poolId, scenario.to, scenario);
    const previous = propertiesOf(poolId, scenario.from, scenario);
    if (scenario.from && created.has(scenario)) created.get(scenario)?.(testAccount);
    else if (scenario.from) {
      const [answer] = (await run({ action: 'CREATE', properties: previous })).slice(-1);
      if (answer?.status !== 'SUCCESS') throw new Error(`could not prepare ${scenario.name}: ${answer?.message}`);
      created.set(scenario, copyAccount(testAccount, region));
    }
    const operation: Operation = {
      CREATE: { action: 'CREATE', properties } as const,
      UPDATE: { action: 'UPDATE', properties, previous } as const,
      DELETE: { action: 'DELETE', properties: previous } as const,
      READ: { action: 'READ', properties: { UserPoolId: poolId } } as const,
      LIST: { action: 'LIST' } as const,
    }[scenario.action];
    const start = aws.calls.length;
    const snapshot = () => accountSnapshot(testAccount, [region]);
    const normalizedSnapshot = () =>
      snapshot()
        .replaceAll(account, 'ACCOUNT')
        .replaceAll(/v2 [0-9a-f]{16} ([0-9a-f]{16}|-) [0-9a-f]{16}/g, 'v2 HASHES');
    return {
      scenario,
      account,
      poolId,
      operation,
      run,
      deliveryGaps,
      snapshot,
      normalizedSnapshot,
      normalizedSnapshotBefore: normalizedSnapshot(),
      attachments: () => attachments(testAccount, region, poolId),
      regionState,
      calls: () => aws.calls.slice(start).filter((call) => call.account === account),
    };
  };
}
