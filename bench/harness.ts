import { join } from 'node:path';
import { type Caller, type HandlerAnswer, type Operation, outcome, payloadOf } from '../emulator/cloudformation/drive';
import { hostFunction } from '../emulator/function/host';
import { type EmbeddedAws, startAws } from '../emulator/index';
import type { JsonObject } from '../emulator/types';
import { bundle } from './shipped';

/** An embedded AWS and the built handler beside it, in a process that lives for many invocations. */
export interface BenchHarness {
  readonly aws: EmbeddedAws;
  /** Environment of a process whose handler is to talk to this AWS. */
  readonly environment: Readonly<Record<string, string>>;
  caller(region: string): Caller;
  /** Runs an operation to its last answer, and insists on SUCCESS. */
  succeed(region: string, operation: Operation): Promise<MeasuredAnswer>;
  close(): Promise<void>;
}

/** An answer with what its invocation took, in milliseconds and bytes. */
export type MeasuredAnswer = HandlerAnswer & {
  readonly measured: { readonly took: number; readonly waited: number; readonly memory: number };
};

const account = '111122223333';
const sesRegions = ['eu-west-2', 'eu-central-1'];

/** Opens a ground with all that the figures' setups need: verified identities and a configuration set. */
export async function startBenchHarness(handler = bundle): Promise<BenchHarness> {
  const aws = await startAws();
  for (const region of sesRegions) {
    const { ses } = aws.region(region);
    for (const name of ['no-reply@example.com', 'help@example.com', 'example.org', 'example.net'])
      ses.addIdentity(name);
    ses.addConfigurationSet('sign-up');
  }
  const credentials = aws.credentials();
  const environment = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
  const measured = join(__dirname, 'processes', 'measured.js');
  const hosted = hostFunction(measured, { ...environment, MEASURED_HANDLER: handler });
  const caller = (region: string): Caller => ({ invoke: hosted.invoke, region, account, credentials });
  return {
    aws,
    environment,
    caller,
    succeed: async (region, operation) => {
      const answer = await outcome(caller(region), operation);
      if (answer.status !== 'SUCCESS') throw new Error(`${operation.action}: ${answer.errorCode}: ${answer.message}`);
      return answer as MeasuredAnswer;
    },
    close: async () => {
      await hosted.stop();
      await aws.close();
    },
  };
}

/** CloudFormation's event for an operation. */
export function eventOf(ground: BenchHarness, region: string, operation: Operation): JsonObject {
  return payloadOf(ground.caller(region), operation, crypto.randomUUID());
}

/** A setup that the figures are taken of. */
export interface Sample {
  readonly region: string;
  readonly properties: JsonObject;
}

/** Cognito's own address: nothing in SES takes part. */
export const simplest: Sample = { region: 'eu-west-2', properties: { EmailSendingAccount: 'COGNITO_DEFAULT' } };

/** Your own SES: what most stacks declare. */
export const usual: Sample = {
  region: 'eu-west-2',
  properties: {
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.org',
    From: 'no-reply@example.org',
    ConfigurationSet: 'sign-up',
  },
};

/** Cognito's quotas with an address of your own where SES is elsewhere: a policy in each of two Regions. */
export const hardest: Sample = {
  region: 'me-central-1',
  properties: { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.com' },
};

/**
 * Adds a pool for a sample, and answers the properties of the sample's setup on it. What earlier pools have left on the
 * identities goes: SES takes 20 policies.
 */
export function onNewPool({ aws }: BenchHarness, { region, properties }: Sample): JsonObject {
  for (const at of sesRegions) {
    for (const { policies } of aws.region(at).ses.identities.values()) policies.clear();
  }
  return { UserPoolId: aws.region(region).cognito.addPool(), ...properties };
}
