import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { payloadOf } from '../emulator/cloudformation/payload';
import type { Operation, ProgressEvent } from '../emulator/cloudformation/types';
import type { Call, Fault, JsonObject } from '../emulator/types';
import { version } from '../package.json';
import { startTestHarness, type TestHarness } from './support/harness';
import { type Recording, recordedState } from './support/recordings';
import { acceptDefaultSenderFrom, addIdentities, kindsFor, type RegionRow, regionTable } from './support/setup-kinds';

/**
 * Records what the built handler of this version leaves in an account, and its schema, so that the tests of later versions
 * can start from there. Done once, right before a version is released: what was recorded never changes.
 */
const root = join(__dirname, '..');
const folder = join(__dirname, 'fixtures', version);
/** A Region of either kind that the table tells apart, with a setup of every kind in each. */
const rows = ['me-central-1', 'eu-west-2'].map(
  (region) => regionTable.find((row) => row.region === region) as RegionRow,
);

/** What is to be recorded. */
interface Plan {
  readonly name: string;
  readonly row: RegionRow;
  readonly operation: Omit<Operation, 'token' | 'properties'> & { readonly properties: JsonObject };
  /** A setup that is created before the operation. */
  readonly first?: JsonObject;
  /** SES has not verified the identities yet. */
  readonly unverified?: boolean;
  readonly faultPlan?: (call: Call) => Fault | undefined;
}

const throttled: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
const denied: Fault = { kind: 'error', status: 400, name: 'InvalidParameterException', message: 'No.' };

function plans(): readonly Plan[] {
  const whole = rows.flatMap((row) =>
    kindsFor(row).map(({ name, properties }) => ({
      name: `${name} in ${row.region}`,
      row,
      operation: { action: 'CREATE' as const, properties: { ...properties, Revision: '1' } },
    })),
  );
  return [...whole, ...rows.flatMap(interrupted)];
}

/** Operations that one version begins and the next one finishes, one for each phase of the callback context. */
function interrupted(row: RegionRow): readonly Plan[] {
  const [from, , to] = kindsFor(row).map(({ properties }) => properties) as [JsonObject, JsonObject, JsonObject];
  const waiting = { ...to, VerificationTimeoutMinutes: 10 };
  const failing = (fault: Fault, operation: RegExp) => (call: Call) =>
    operation.test(call.operation) ? fault : undefined;
  const phases: readonly Omit<Plan, 'row'>[] = [
    { name: 'verifying', unverified: true, operation: { action: 'CREATE', properties: waiting } },
    {
      name: 'applying',
      operation: { action: 'CREATE', properties: to },
      faultPlan: failing(throttled, /^UpdateUserPool$/),
    },
    {
      name: 'rolling-back',
      first: from,
      operation: { action: 'UPDATE', properties: to, previous: from },
      faultPlan: (call) =>
        failing(denied, /^UpdateUserPool$/)(call) ?? failing(throttled, /^DeleteEmailIdentityPolicy$/)(call),
    },
    {
      name: 'deleting',
      first: to,
      operation: { action: 'DELETE', properties: to },
      faultPlan: failing(throttled, /^DeleteEmailIdentityPolicy$/),
    },
  ];
  return phases.map((one) => ({ ...one, row, name: `${one.name} in ${row.region}` }));
}

async function record(plan: Plan): Promise<Recording> {
  const harness = await startTestHarness({ behaviours: acceptDefaultSenderFrom });
  try {
    return await recordOn(harness, plan);
  } finally {
    await harness.close();
  }
}

async function recordOn(
  harness: TestHarness,
  { name, row, operation, first, unverified, faultPlan }: Plan,
): Promise<Recording> {
  const { region, sesRegions } = row;
  addIdentities(harness.regionState, row);
  const poolId = harness
    .regionState(region)
    .cognito.addPool({ MfaConfiguration: 'OPTIONAL', UserPoolTags: { team: 'a' } });
  const named = (properties: JsonObject) => ({ UserPoolId: poolId, ...properties });
  if (first) await harness.succeed(region, { action: 'CREATE', properties: named(first) });
  for (const ses of sesRegions) {
    for (const identity of harness.regionState(ses).ses.identities.values()) identity.verified = !unverified;
  }
  const state = () => recordedState(harness, { region, poolId, sesRegions });
  const before = state();
  const { previous, ...rest } = operation;
  const request = {
    ...rest,
    properties: named(operation.properties),
    ...(previous && { previous: named(previous) }),
    token: createHash('sha256').update(name).digest('hex').slice(0, 36),
  };
  harness.aws.intercept = faultPlan;
  const caller = harness.caller(region);
  const answer = (await caller.invoke(payloadOf(caller, request, request.token))) as unknown as ProgressEvent;
  const expected = faultPlan || unverified ? 'IN_PROGRESS' : 'SUCCESS';
  if (answer.status !== expected) throw new Error(`${name} is ${answer.status}, not ${expected}: ${answer.message}`);
  return { name, region, poolId, operation: request, answer, at: Date.now(), before, after: state() };
}

async function main(): Promise<void> {
  if (existsSync(folder)) {
    throw new Error(`test/fixtures/${version} stands already: a new version in package.json records a new folder.`);
  }
  const all: Recording[] = [];
  for (const plan of plans()) all.push(await record(plan));
  mkdirSync(folder, { recursive: true });
  for (const recording of all) {
    const file = `${recording.name.replaceAll(/[^\w-]+/g, '-')}.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(recording, null, 2)}\n`);
  }
  cpSync(join(root, 'schema.json'), join(folder, 'schema.json'));
  process.stdout.write(`${all.length} recordings of ${version} in test/fixtures/${version}\n`);
}

main().catch((error) => {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
