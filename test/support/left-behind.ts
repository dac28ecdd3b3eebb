import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import type { Harness } from './harness';

/** What one version of the type left in an account, as `test/fixtures/VERSION/` keeps it. */
export interface LeftBehind {
  readonly name: string;
  readonly region: string;
  readonly poolId: string;
  /** The request as CloudFormation made it. */
  readonly operation: Operation & { readonly properties: JsonObject; readonly token: string };
  /** Its last answer; one that is in progress belongs to an operation that the next version goes on with. */
  readonly answer: HandlerAnswer;
  /** When it was given, in milliseconds since the epoch. */
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

/** What is there for a pool. */
export function stateOf(stage: Harness, region: string, poolId: string, sesRegions: readonly string[]): State {
  const identities = sesRegions.flatMap((ses) =>
    [...stage.world(ses).ses.identities.values()].map(({ name, verified, policies, tags }) => ({
      region: ses,
      name,
      verified,
      policies: Object.fromEntries(policies),
      tags: Object.fromEntries(tags),
    })),
  );
  return { pool: structuredClone(stage.world(region).cognito.pools.get(poolId)?.members ?? {}), identities };
}

/** Puts what was left behind where it was. */
export function restore(stage: Harness, { region, poolId, after }: LeftBehind): void {
  const { cognito } = stage.world(region);
  cognito.addPool({}, { id: poolId });
  const pool = cognito.pools.get(poolId);
  if (pool) pool.members = structuredClone(after.pool);
  for (const { region: ses, name, verified, policies, tags } of after.identities) {
    const identity = stage.world(ses).ses.addIdentity(name, { verified });
    for (const [key, policy] of Object.entries(policies)) identity.policies.set(key, policy);
    for (const [key, value] of Object.entries(tags)) identity.tags.set(key, value);
  }
}

/** The operation as CloudFormation goes on with it, as if its last answer had been given just now. */
export function nextRound({ operation, answer, at }: LeftBehind): Operation {
  const shift = Date.now() - at;
  const fresh = JSON.parse(JSON.stringify(answer.callbackContext ?? null), (_key, value: unknown) =>
    typeof value === 'number' && value > 1_600_000_000_000 ? value + shift : value,
  ) as JsonObject;
  return { ...operation, properties: answer.resourceModel ?? operation.properties, callbackContext: fresh };
}
