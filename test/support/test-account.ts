import { randomUUID } from 'node:crypto';
import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { Harness } from '../../emulator/harness';
import type { RegionState } from '../../emulator/index';
import type { Call, Fault } from '../../emulator/types';
import { assertNoSecret } from './harness';
import { addScenarioResources } from './scenarios';
import { assertObeysSchema } from './schema';

/** Says which fault a call meets, if any; `index` counts the calls of one operation from 0. */
export type FaultPlan = (call: Call, index: number) => Fault | undefined;

/** Is called after each call's effect and before its answer, which waits for a promise. */
type AfterCall = (call: Call) => unknown;

/** What is done to the calls of one operation. */
export interface Interference {
  readonly faultPlan?: FaultPlan | undefined;
  readonly afterCall?: AfterCall | undefined;
}

/** An account of the embedded AWS that one test has to itself. */
export interface TestAccount {
  readonly account: string;
  regionState(region: string): RegionState;
  /** Runs an operation to its end, while `interference` acts on its calls. Returns all answers. */
  run(region: string, operation: Operation, interference?: Interference): Promise<readonly ProgressEvent[]>;
}

/**
 * Makes a function that opens one account after another, each with everything in it that the scenarios need. Every
 * answer and every line that the handler prints is searched for secrets.
 */
export function testAccounts({ aws, handler, run }: Harness): () => TestAccount {
  const running = new Map<string, Interference & { seen: number }>();
  aws.intercept = (call) => {
    const current = running.get(call.account);
    if (!current) return undefined;
    current.seen += 1;
    return current.faultPlan?.(call, current.seen - 1);
  };
  aws.afterCall = (call) => running.get(call.account)?.afterCall?.(call);
  let count = 0;
  let searched = 0;
  const search = (answer: ProgressEvent, secrets: readonly string[]) => {
    const text = JSON.stringify(answer) + handler.printed.slice(searched).join('');
    searched = handler.printed.length;
    assertNoSecret(text, secrets);
  };

  return () => {
    count += 1;
    const account = String(100_000_000_000 + count);
    addScenarioResources(aws, account);
    const { secretAccessKey, sessionToken, accessKeyId } = aws.credentials(account);
    return {
      account,
      regionState: (region) => aws.region(region, account),
      run: async (region, operation, interference) => {
        const token = operation.token ?? randomUUID();
        running.set(account, { ...interference, seen: 0 });
        try {
          return await run(
            region,
            { ...operation, token },
            {
              account,
              onProgressEvent: (action, answer) => {
                assertObeysSchema(action, answer);
                search(answer, [secretAccessKey, sessionToken, accessKeyId, token]);
              },
            },
          );
        } finally {
          running.delete(account);
        }
      },
    };
  };
}
