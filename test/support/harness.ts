import type { Behaviours } from '../../emulator/behaviours';
import type { Operation } from '../../emulator/cloudformation/types';
import { type Harness, startHarness } from '../../emulator/harness';
import type { RegionState } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';
import { assertObeysSchema } from './schema';

/** The harness as tests use it: answers are checked against the schema and the contract, and searched for secrets. */
export interface TestHarness extends Harness {
  /** What the default account has in a Region. */
  regionState(region: string): RegionState;
  /** The calls that AWS got since `from` (a length of `aws.calls`), as `Operation@Region`. */
  callsSince(from: number): readonly string[];
}

/** Timeouts for tests: 40 s and 15 min shortened alike, so that every part of them stays in proportion. */
export const testTimeouts = { EMAILSETUP_DEADLINE_MS: '6000', EMAILSETUP_PATIENCE_MS: '12000' };

/** Seconds that pass in tests for each second of `callbackDelaySeconds`. */
export const testDelayScale = 0.001;

/** Starts an embedded AWS with the built handler; an `environment` stands in place of `testTimeouts`. */
export async function startTestHarness(
  options: { behaviours?: Partial<Behaviours>; environment?: Record<string, string> } = {},
): Promise<TestHarness> {
  const { behaviours = {}, environment = testTimeouts } = options;
  const harness = await startHarness({
    behaviours,
    environment,
    delayScale: testDelayScale,
    onProgressEvent: (action, answer) => {
      assertObeysSchema(action, answer);
      assertNoSecret(JSON.stringify(answer) + handler.printed.join(''), secrets);
    },
  });
  const { aws, handler } = harness;
  const { secretAccessKey, sessionToken } = aws.credentials();
  const secrets = [secretAccessKey, sessionToken];
  return {
    ...harness,
    regionState: (region) => aws.region(region),
    callsSince: (from) => aws.calls.slice(from).map(({ operation, region }) => `${operation}@${region}`),
  };
}

/** Throws where a text holds any of the secrets. */
export function assertNoSecret(text: string, secrets: readonly string[]): void {
  if (secrets.some((secret) => text.includes(secret))) throw new Error('a secret was printed or answered');
}

/** Properties of a setup with the pool's id filled in. */
export function setupProperties(UserPoolId: string, properties: JsonObject): JsonObject {
  return { UserPoolId, ...properties };
}

/** Runs an operation that must fail with this code. Returns its message; throws where it ends otherwise. */
export async function expectFailure(
  harness: TestHarness,
  region: string,
  operation: Operation,
  code: string,
): Promise<string> {
  const { status, errorCode, message } = await harness.last(region, operation);
  if (errorCode !== code) throw new Error(`expected ${code}, got ${status} ${errorCode}: ${message}`);
  return message ?? '';
}
