import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HandlerAnswer, type Operation, payloadOf } from '../emulator/cloudformation/drive';
import type { Call, Fault, JsonObject } from '../emulator/types';
import { version } from '../package.json';
import { type Harness, startHarness, succeed } from '../test/support/harness';
import { addIdentities, kindsFor, type Row, table, takingEveryKind } from '../test/support/kinds';
import { type LeftBehind, stateOf } from '../test/support/left-behind';

/**
 * Records what the built handler of this version leaves in an account, and its schema, so that the tests of later versions
 * can start from there. Done once, right before a version is released: what was recorded never changes.
 */
const root = join(__dirname, '..');
const folder = join(root, 'test', 'fixtures', version);
/** A Region of either kind that the table tells apart, with a setup of every kind in each. */
const rows = ['me-central-1', 'eu-west-2'].map((region) => table.find((row) => row.region === region) as Row);

interface Recording {
  readonly name: string;
  readonly row: Row;
  readonly operation: Omit<Operation, 'token' | 'properties'> & { readonly properties: JsonObject };
  /** Was made first, undisturbed. */
  readonly first?: JsonObject;
  /** SES has not verified the identities yet. */
  readonly unverified?: boolean;
  readonly fate?: (call: Call) => Fault | undefined;
}

const throttled: Fault = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
const denied: Fault = { kind: 'error', status: 400, name: 'InvalidParameterException', message: 'No.' };

function recordings(): readonly Recording[] {
  const whole = rows.flatMap((row) =>
    kindsFor(row).map(({ name, properties }) => ({
      name: `${name} in ${row.region}`,
      row,
      operation: { action: 'CREATE' as const, properties: { ...properties, Revision: '1' } },
    })),
  );
  return [...whole, ...rows.flatMap(interrupted)];
}

/** Operations that one version begins and the next one finishes, one for each phase that rounds can be in. */
function interrupted(row: Row): readonly Recording[] {
  const [from, , to] = kindsFor(row).map(({ properties }) => properties) as [JsonObject, JsonObject, JsonObject];
  const waiting = { ...to, VerificationTimeoutMinutes: 10 };
  const strike = (fault: Fault, operation: RegExp) => (call: Call) =>
    operation.test(call.operation) ? fault : undefined;
  const phases: readonly Omit<Recording, 'row'>[] = [
    { name: 'waiting', unverified: true, operation: { action: 'CREATE', properties: waiting } },
    {
      name: 'applying',
      operation: { action: 'CREATE', properties: to },
      fate: strike(throttled, /^UpdateUserPool$/),
    },
    {
      name: 'undoing',
      first: from,
      operation: { action: 'UPDATE', properties: to, previous: from },
      fate: (call) =>
        strike(denied, /^UpdateUserPool$/)(call) ?? strike(throttled, /^DeleteEmailIdentityPolicy$/)(call),
    },
    {
      name: 'deleting',
      first: to,
      operation: { action: 'DELETE', properties: to },
      fate: strike(throttled, /^DeleteEmailIdentityPolicy$/),
    },
  ];
  return phases.map((one) => ({ ...one, row, name: `${one.name} in ${row.region}` }));
}

async function recorded(recording: Recording): Promise<LeftBehind> {
  const stage = await startHarness({ modes: takingEveryKind });
  try {
    return await recordedOn(stage, recording);
  } finally {
    await stage.close();
  }
}

async function recordedOn(
  stage: Harness,
  { name, row, operation, first, unverified, fate }: Recording,
): Promise<LeftBehind> {
  const { region, sesRegions } = row;
  addIdentities(stage.world, row);
  const poolId = stage.world(region).cognito.addPool({ MfaConfiguration: 'OPTIONAL', UserPoolTags: { team: 'a' } });
  const named = (properties: JsonObject) => ({ UserPoolId: poolId, ...properties });
  if (first) await succeed(stage, region, { action: 'CREATE', properties: named(first) });
  for (const ses of sesRegions) {
    for (const identity of stage.world(ses).ses.identities.values()) identity.verified = !unverified;
  }
  const state = () => stateOf(stage, region, poolId, sesRegions);
  const before = state();
  const { previous, ...rest } = operation;
  const request = {
    ...rest,
    properties: named(operation.properties),
    ...(previous && { previous: named(previous) }),
    token: createHash('sha256').update(name).digest('hex').slice(0, 36),
  };
  stage.aws.intercept = fate;
  const caller = stage.caller(region);
  const answer = (await caller.invoke(payloadOf(caller, request, request.token))) as unknown as HandlerAnswer;
  const expected = fate || unverified ? 'IN_PROGRESS' : 'SUCCESS';
  if (answer.status !== expected) throw new Error(`${name} is ${answer.status}, not ${expected}: ${answer.message}`);
  return { name, region, poolId, operation: request, answer, at: Date.now(), before, after: state() };
}

async function main(): Promise<void> {
  if (existsSync(folder)) {
    throw new Error(`test/fixtures/${version} stands already: a new version in package.json records a new folder.`);
  }
  const all: LeftBehind[] = [];
  for (const recording of recordings()) all.push(await recorded(recording));
  mkdirSync(folder, { recursive: true });
  for (const left of all) {
    const file = `${left.name.replaceAll(/[^\w-]+/g, '-')}.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(left, null, 2)}\n`);
  }
  cpSync(join(root, 'schema.json'), join(folder, 'schema.json'));
  process.stdout.write(`${all.length} recordings of ${version} in test/fixtures/${version}\n`);
}

main().catch((error) => {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
