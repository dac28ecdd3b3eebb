import { type Harness, startHarness } from '../../emulator/harness';
import { warmUp } from './concurrency';
import { testDelayScale } from './harness';
import type { Scenario } from './scenarios';
import { detectStalls, type StallDetector } from './stall-detector';
import { type TestAccount, testAccounts } from './test-account';
import { type TestCase, testCases } from './test-case';

/** One embedded AWS with many accounts, so that many cases run at once through one handler, each in its own account. */
export interface MultiAccountHarness extends Harness {
  readonly stallDetector: StallDetector;
  /** An account with everything in it that the scenarios need. */
  testAccount(): TestAccount;
  /** Prepares a scenario in an account of its own: everything that was there before the operation. */
  prepare(scenario: Scenario): Promise<TestCase>;
}

/**
 * Starts a harness in which the 40 s of an invocation last `deadline` milliseconds, and the 15 min that an operation may
 * be retried last `patience`, as long unless given; all other times keep their proportion.
 */
export async function startMultiAccountHarness(deadline = 4800, patience = deadline): Promise<MultiAccountHarness> {
  const environment = { EMAILSETUP_DEADLINE_MS: String(deadline), EMAILSETUP_PATIENCE_MS: String(patience) };
  const harness = await startHarness({ environment, delayScale: testDelayScale });
  const { aws, handler } = harness;
  const stallDetector = detectStalls(handler.ping, deadline / 32);
  const testAccount = testAccounts(harness);
  const { run } = testAccount();
  await warmUp(() => run('eu-west-2', { action: 'LIST' }));
  return {
    ...harness,
    stallDetector,
    testAccount,
    prepare: testCases(aws, testAccount),
    close: async () => {
      await stallDetector.stop();
      await harness.close();
    },
  };
}
