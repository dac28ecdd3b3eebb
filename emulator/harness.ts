import { join } from 'node:path';
import type { Behaviours } from './behaviours';
import { runHandler } from './cloudformation/run-handler';
import type { Caller, Operation, ProgressEvent } from './cloudformation/types';
import { type HostedFunction, hostFunction } from './function/host';
import { type EmbeddedAws, startAws } from './index';

/** Where `npm run build` puts the handler's bundle. */
export const builtHandler = join(__dirname, '..', 'build', 'TypeFunction', 'dist', 'handlers.js');

export interface HarnessOptions {
  /** The bundle whose `entrypoint` is hosted, as an absolute path; the built handler unless given. */
  readonly handler?: string;
  /** The handler's environment, beside the address of the embedded AWS. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly behaviours?: Partial<Behaviours>;
  /** Seconds that pass for each second of `callbackDelaySeconds`; 1 is CloudFormation's own pace. */
  readonly delayScale?: number;
  /** Sees every answer as it comes, unless a caller has an `onProgressEvent` of its own. */
  readonly onProgressEvent?: NonNullable<Caller['onProgressEvent']>;
}

/** What of a caller differs from the one that the harness makes. */
type CallerOptions = Partial<Omit<Caller, 'region'>>;

/** An embedded AWS, and a handler in a process of its own that talks to it. */
export interface Harness {
  readonly aws: EmbeddedAws;
  readonly handler: HostedFunction;
  /** Invokes the handler as CloudFormation does for stacks of a Region; in the default account unless told otherwise. */
  caller(region: string, options?: CallerOptions): Caller;
  /** Runs an operation to its end. Returns all answers. */
  run(region: string, operation: Operation, options?: CallerOptions): Promise<readonly ProgressEvent[]>;
  /** Runs an operation to its end. Returns the last answer. */
  last(region: string, operation: Operation, options?: CallerOptions): Promise<ProgressEvent>;
  /** Runs an operation to its end. Returns the last answer; throws unless it is SUCCESS. */
  succeed(region: string, operation: Operation, options?: CallerOptions): Promise<ProgressEvent>;
  /** Ends the handler's process, then the embedded AWS. */
  close(): Promise<void>;
}

const defaultAccount = '111122223333';

/** Starts an embedded AWS with a handler beside it. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { handler: bundle = builtHandler, environment, behaviours = {}, delayScale = 1, onProgressEvent } = options;
  const aws = await startAws({ behaviours });
  const handler = hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url, ...environment });
  const caller: Harness['caller'] = (region, { account = defaultAccount, ...more } = {}) => ({
    invoke: handler.invoke,
    region,
    account,
    credentials: aws.credentials(account),
    delayScale,
    ...(onProgressEvent && { onProgressEvent }),
    ...more,
  });
  const run: Harness['run'] = (region, operation, more) => runHandler(caller(region, more), operation);
  const last: Harness['last'] = async (region, operation, more) =>
    (await run(region, operation, more)).at(-1) as ProgressEvent;
  return {
    aws,
    handler,
    caller,
    run,
    last,
    succeed: async (region, operation, more) => {
      const answer = await last(region, operation, more);
      if (answer.status !== 'SUCCESS') throw new Error(`${operation.action}: ${answer.errorCode}: ${answer.message}`);
      return answer;
    },
    close: async () => {
      await handler.stop();
      await aws.close();
    },
  };
}
