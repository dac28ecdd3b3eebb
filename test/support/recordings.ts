import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import type { TestHarness } from './harness';

/** What an operation of one version of the type has left in an account, as `test/fixtures/VERSION/` keeps it. */
export interface Recording {
  readonly name: string;
  readonly region: string;
  readonly poolId: string;
  /** The request as CloudFormation made it. */
  readonly operation: Operation & { readonly properties: JsonObject; readonly token: string };
  /** Its last answer; one that is in progress belongs to an operation that the next version goes on with. */
  readonly answer: ProgressEvent;
  /** When the answer was given, in milliseconds since the epoch. */
  readonly at: number;
  readonly before: State;
  readonly after: State;
}

/** A pool's settings, and the identities of every Region that the pool may use. */
export interface State {
  readonly pool: JsonObject;
  readonly identities: readonly {
    readonly region: string;
    readonly name: string;
    readonly verified: boolean;
    readonly policies: Record<string, string>;
    readonly tags: Record<string, string>;
  }[];
}

/** The state of a pool now, with the identities of these Regions. */
export function recordedState(
  harness: TestHarness,
  { region, poolId, sesRegions }: Pick<Recording, 'region' | 'poolId'> & { readonly sesRegions: readonly string[] },
): State {
  const identities = sesRegions.flatMap((ses) =>
    [...harness.regionState(ses).ses.identities.values()].map(({ name, verified, policies, tags }) => ({
      region: ses,
      name,
      verified,
      policies: Object.fromEntries(policies),
      tags: Object.fromEntries(tags),
    })),
  );
  return { pool: structuredClone(harness.regionState(region).cognito.pools.get(poolId)?.members ?? {}), identities };
}

/** Puts a recorded state into the account. */
export function restoreRecording(harness: TestHarness, { region, poolId, after }: Recording): void {
  const { cognito } = harness.regionState(region);
  cognito.addPool({}, { id: poolId });
  const pool = cognito.pools.get(poolId);
  if (pool) pool.members = structuredClone(after.pool);
  for (const { region: ses, name, verified, policies, tags } of after.identities) {
    const identity = harness.regionState(ses).ses.addIdentity(name, { verified });
    for (const [key, policy] of Object.entries(policies)) identity.policies.set(key, policy);
    for (const [key, value] of Object.entries(tags)) identity.tags.set(key, value);
  }
}

/** The next invocation of a recorded operation, as if its last answer had been given just now. */
export function nextInvocation({ operation, answer, at }: Recording): Operation {
  const shift = Date.now() - at;
  const fresh = JSON.parse(JSON.stringify(answer.callbackContext ?? null), (_key, value: unknown) =>
    typeof value === 'number' && value > 1_600_000_000_000 ? value + shift : value,
  ) as JsonObject;
  return { ...operation, properties: answer.resourceModel ?? operation.properties, callbackContext: fresh };
}
