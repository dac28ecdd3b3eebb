import { join } from 'node:path';
import {
  type Action,
  type Caller,
  type HandlerAnswer,
  type Operation,
  operate,
} from '../../emulator/cloudformation/drive';
import { type HostedFunction, hostFunction } from '../../emulator/function/host';
import { type EmbeddedAws, type RegionState, startAws } from '../../emulator/index';
import type { Behaviours, Call, JsonObject } from '../../emulator/types';
import { assertObeysSchema } from './schema';

/** The bundle that ships: `test/global-setup.ts` builds it before the tests run. */
export const bundle = join(__dirname, '..', '..', 'build', 'TypeFunction', 'dist', 'handlers.js');

/** An embedded AWS with the built handler beside it, driven as CloudFormation drives it. */
export interface Harness {
  readonly aws: EmbeddedAws;
  readonly handler: HostedFunction;
  /** Who drives the handler for stacks in a Region. */
  caller(region: string): Caller;
  /** All answers of one operation; each is checked against the schema and the contract. */
  run(region: string, operation: Operation): Promise<readonly HandlerAnswer[]>;
  /** The last answer of one operation. */
  last(region: string, operation: Operation): Promise<HandlerAnswer>;
  world(region: string): RegionState;
  /** The calls that AWS got since `from` (a length of `aws.calls`), as `Operation@Region`. */
  callsSince(from: number): readonly string[];
  close(): Promise<void>;
}

/** Times for tests: 40 s and 15 min shortened alike, so that every part of them stays in proportion. */
export const testTimes = { EMAILSETUP_DEADLINE_MS: '6000', EMAILSETUP_PATIENCE_MS: '12000' };

/** Sets the stage; `pace` is how long a second of a callback delay lasts here. */
export async function startHarness(
  options: { modes?: Partial<Behaviours>; times?: Record<string, string> } = {},
): Promise<Harness> {
  const aws = await startAws({ modes: options.modes ?? {} });
  const handler = hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url, ...(options.times ?? testTimes) });
  const credentials = aws.credentials();
  const secrets = [credentials.secretAccessKey, credentials.sessionToken];
  const caller = (region: string): Caller => ({
    invoke: (payload) => handler.invoke(payload),
    region,
    account: '111122223333',
    credentials,
    pace: 0.001,
    onAnswer: (action, answer) => {
      assertObeysSchema(action, answer);
      const text = JSON.stringify(answer) + handler.printed.join('');
      for (const secret of secrets) if (text.includes(secret)) throw new Error('a credential was printed or answered');
    },
  });
  const run = (region: string, operation: Operation) => operate(caller(region), operation);
  return {
    aws,
    handler,
    caller,
    run,
    last: async (region, operation) => (await run(region, operation)).slice(-1)[0] as HandlerAnswer,
    world: (region) => aws.region(region),
    callsSince: (from) => aws.calls.slice(from).map((call: Call) => `${call.operation}@${call.region}`),
    close: async () => {
      await handler.stop();
      await aws.close();
    },
  };
}

/** Properties of a setup with the pool's id filled in. */
export function declaring(UserPoolId: string, properties: JsonObject): JsonObject {
  return { UserPoolId, ...properties };
}

/** Runs an operation and insists on SUCCESS. */
export async function succeed(stage: Harness, region: string, operation: Operation): Promise<HandlerAnswer> {
  const answer = await stage.last(region, operation);
  if (answer.status !== 'SUCCESS') throw new Error(`${operation.action}: ${answer.errorCode}: ${answer.message}`);
  return answer;
}

/** Runs an operation and insists on its failing with this code; answers its message. */
export async function refused(stage: Harness, region: string, operation: Operation, code: string): Promise<string> {
  const answer = await stage.last(region, operation);
  if (answer.errorCode !== code) {
    throw new Error(`expected ${code}, got ${answer.status} ${answer.errorCode}: ${answer.message}`);
  }
  return answer.message ?? '';
}

export type { Action };
