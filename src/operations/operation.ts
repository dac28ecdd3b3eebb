import { type Clients, type Credentials, clientsFor } from '../aws/clients';
import { type UserPools, userPools } from '../aws/cognito';
import { type RateLimit, rateLimit } from '../aws/rate-limit';
import type { Deadline } from '../aws/retry';
import { type Identities, identities } from '../aws/ses';
import { cachedSes, type SesCache } from '../aws/ses-cache';
import type { ReadBack } from '../domain/declaration/declaration';
import type { HandlerError } from '../domain/errors';
import { policyName } from '../domain/plan/sending-policy';
import type { Timeouts } from '../domain/timeouts';
import type { Journal } from './callback-context';

/** What one call of the handler works with; nothing of it outlives the call. */
export interface Invocation {
  readonly pools: UserPools;
  readonly identities: Identities;
  /** What `identities` was told, in this round and earlier ones of the operation. */
  readonly memory: SesCache;
  readonly pace: RateLimit;
  /** How many earlier rounds of the operation SES has refused. */
  readonly refused: number;
  readonly poolRegion: string;
  readonly account: string;
  readonly requestToken: string;
  /** Who asks, see `ownerOf`. */
  readonly owner: string;
  readonly limits: Timeouts;
  /** The time shared by going forward, by undoing, and by READ and LIST. */
  readonly forward: Deadline;
  readonly undoing: Deadline;
  readonly reading: Deadline;
  readonly log: (line: string) => void;
}

/** How an operation stands at the end of an invocation; a failure that left nothing behind is thrown instead. */
export type Outcome =
  | { readonly kind: 'done'; readonly model: ReadBack | undefined }
  /** CloudFormation is to call again with the journal after `delaySeconds` (a whole number). */
  | { readonly kind: 'again'; readonly journal: Journal; readonly delaySeconds: number; readonly message: string }
  /** Something was written and could not be undone: the answer names the pool, so that a Delete finishes. */
  | { readonly kind: 'failed'; readonly failure: HandlerError };

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
  limits: Timeouts,
  journal: Journal | undefined,
  log: (line: string) => void,
): Invocation {
  const started = Date.now();
  const clients: Clients = clientsFor(request.credentials, request.region);
  const memory: SesCache = new Map(Object.entries(journal?.seen ?? {}));
  const refused = journal?.refused ?? 0;
  const pace = rateLimit(limits.sesInterval, refused > 0);
  const patience = (milliseconds: number): Deadline => ({ limits, until: started + milliseconds });
  return {
    pools: userPools(clients),
    identities: cachedSes(
      identities(clients, pace),
      memory,
      policyName(request.region, request.poolId),
      limits.cacheTtl,
    ),
    memory,
    pace,
    refused,
    poolRegion: request.region,
    account: request.account,
    requestToken: request.requestToken,
    owner: request.owner,
    limits,
    forward: patience(limits.forwardDeadline),
    undoing: patience(limits.deadline),
    reading: patience(limits.readDeadline),
    log,
  };
}
