import type { Patience } from '../aws/calls';
import { type Clients, type Credentials, clientsFor } from '../aws/clients';
import { type Identities, identities } from '../aws/identities';
import { type Pace, pacing } from '../aws/pace';
import { type UserPools, userPools } from '../aws/user-pools';
import type { ReadBack } from '../domain/declaration';
import type { Failure } from '../domain/failure';
import type { Limits } from '../domain/limits';
import { policyName } from '../domain/sending-policy';
import type { Journal } from './journal';
import { type Memory, remembering } from './memory';

/** What one call of the handler works with; nothing of it outlives the call. */
export interface Invocation {
  readonly pools: UserPools;
  readonly identities: Identities;
  /** What `identities` was told, in this round and earlier ones of the operation. */
  readonly memory: Memory;
  readonly pace: Pace;
  /** How many earlier rounds of the operation SES has refused. */
  readonly refused: number;
  readonly poolRegion: string;
  readonly account: string;
  readonly requestToken: string;
  /** Who asks, see `ownerOf`. */
  readonly owner: string;
  readonly limits: Limits;
  /** The time shared by going forward, by undoing, and by READ and LIST. */
  readonly forward: Patience;
  readonly undoing: Patience;
  readonly reading: Patience;
  readonly log: (line: string) => void;
}

/** How an operation stands at the end of an invocation; a failure that left nothing behind is thrown instead. */
export type Outcome =
  | { readonly kind: 'done'; readonly model: ReadBack | undefined }
  /** CloudFormation is to call again with the journal after `delaySeconds` (a whole number). */
  | { readonly kind: 'again'; readonly journal: Journal; readonly delaySeconds: number; readonly message: string }
  /** Something was written and could not be undone: the answer names the pool, so that a Delete finishes. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Starts the clock of an invocation. */
export function invocation(
  request: {
    readonly region: string;
    readonly account: string;
    readonly requestToken: string;
    readonly owner: string;
    readonly credentials: Credentials;
    /** Of the model's pool; empty where there is none. */
    readonly poolId: string;
  },
  limits: Limits,
  journal: Journal | undefined,
  log: (line: string) => void,
): Invocation {
  const started = Date.now();
  const clients: Clients = clientsFor(request.credentials, request.region);
  const memory: Memory = new Map(Object.entries(journal?.seen ?? {}));
  const refused = journal?.refused ?? 0;
  const pace = pacing(limits.sesInterval, refused > 0);
  const patience = (milliseconds: number): Patience => ({ limits, until: started + milliseconds });
  return {
    pools: userPools(clients),
    identities: remembering(
      identities(clients, pace),
      memory,
      policyName(request.region, request.poolId),
      limits.memory,
    ),
    memory,
    pace,
    refused,
    poolRegion: request.region,
    account: request.account,
    requestToken: request.requestToken,
    owner: request.owner,
    limits,
    forward: patience(limits.forward),
    undoing: patience(limits.deadline),
    reading: patience(limits.reading),
    log,
  };
}
