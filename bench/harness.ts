import { join } from 'node:path';
import { payloadOf } from '../emulator/cloudformation/payload';
import type { Operation, ProgressEvent } from '../emulator/cloudformation/types';
import { builtHandler, type Harness, startHarness } from '../emulator/harness';
import type { JsonObject } from '../emulator/types';

/** The harness as benchmarks use it: a handler that is measured from within, in a process that answers many events. */
export interface BenchHarness extends Harness {
  /** Environment of a further process whose handler is to talk to this AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs an operation to its end. Returns the last answer; throws unless it is SUCCESS. */
  succeed(region: string, operation: Operation): Promise<MeasuredAnswer>;
}

/** An answer with what its invocation took, in milliseconds and bytes. */
export type MeasuredAnswer = ProgressEvent & {
  readonly measured: { readonly took: number; readonly waited: number; readonly memory: number };
};

const sesRegions = ['eu-west-2', 'eu-central-1'];

/** Starts a harness with all that the setups below need: verified identities and a configuration set. */
export async function startBenchHarness(handler = builtHandler): Promise<BenchHarness> {
  const measured = join(__dirname, 'processes', 'measured.js');
  const harness = await startHarness({ handler: measured, environment: { MEASURED_HANDLER: handler } });
  const { aws } = harness;
  for (const region of sesRegions) {
    const { ses } = aws.region(region);
    for (const name of ['no-reply@example.com', 'help@example.com', 'example.org', 'example.net'])
      ses.addIdentity(name);
    ses.addConfigurationSet('sign-up');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials();
  return {
    ...harness,
    environment: {
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
    succeed: async (region, operation) => (await harness.succeed(region, operation)) as MeasuredAnswer,
  };
}

/** CloudFormation's event for an operation. */
export function eventFor(harness: BenchHarness, region: string, operation: Operation): JsonObject {
  return payloadOf(harness.caller(region), operation, crypto.randomUUID());
}

/** A setup that benchmarks measure. */
export interface BenchSetup {
  readonly region: string;
  readonly properties: JsonObject;
}

/** Cognito's own address: nothing in SES takes part. */
export const simplest: BenchSetup = { region: 'eu-west-2', properties: { EmailSendingAccount: 'COGNITO_DEFAULT' } };

/** Your own SES: what most stacks declare. */
export const usual: BenchSetup = {
  region: 'eu-west-2',
  properties: {
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.org',
    From: 'no-reply@example.org',
    ConfigurationSet: 'sign-up',
  },
};

/** Cognito's quotas with an address of your own where SES is elsewhere: a policy in each of two Regions. */
export const hardest: BenchSetup = {
  region: 'me-central-1',
  properties: { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.com' },
};

/**
 * Adds a pool for a setup. Returns the setup's properties with the pool's id. Policies of earlier pools are deleted from
 * the identities: SES takes 20.
 */
export function addPoolFor({ aws }: BenchHarness, { region, properties }: BenchSetup): JsonObject {
  for (const at of sesRegions) {
    for (const { policies } of aws.region(at).ses.identities.values()) policies.clear();
  }
  return { UserPoolId: aws.region(region).cognito.addPool(), ...properties };
}
