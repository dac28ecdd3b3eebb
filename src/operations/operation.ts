import { partition } from '@aws-sdk/core/client';
import { clientsFor } from '../aws/clients';
import { type Cognito, cognitoOf } from '../aws/cognito';
import { rateLimit } from '../aws/rate-limit';
import type { Deadline } from '../aws/retry';
import { type Ses, sesOf } from '../aws/ses';
import { cachedSes } from '../aws/ses-cache';
import type { Change } from '../domain/plan/rollback-target';
import { policyName } from '../domain/plan/sending-policy';
import { type PoolRef, poolRef } from '../domain/pool-ref';
import type { AcceptedUpdate } from '../domain/user-pool/accepted-update';
import { newCallbackContext, type Phase, parseCallbackContext } from '../engine/callback-context';
import type { Invocation, Run } from '../engine/invocation';

/** The change that an operation makes to a setup. */
export interface SetupChange extends Change {
  /** The latest update: how the pool is later is compared with how it was right before. */
  lastUpdate?: AcceptedUpdate | undefined;
}

/** What every step of an operation on one pool works with. */
export interface Operation extends Run<SetupChange> {
  readonly pool: PoolRef;
  readonly requestToken: string;
  /** The resource that the request is for, see `ownerOf`. */
  readonly owner: string;
  readonly cognito: Cognito;
  readonly ses: Ses;
  /** The same operation, whose calls may be retried until another time (in milliseconds since the epoch). */
  readonly until: (time: number) => Operation;
  /** When the invocation began, in milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Starts an invocation of an operation on a pool, in the phase that its callback context says. */
export function startOperation(invocation: Invocation, poolId: string, firstPhase: Phase): Operation {
  const { region, account, credentials, requestToken, owner, timeouts, log } = invocation;
  const context = parseCallbackContext<SetupChange>(invocation.callbackContext) ?? newCallbackContext(firstPhase);
  const startedAt = Date.now();
  const pool = poolRef({ id: poolId, partition: partition(region).name, region, account });
  const clients = clientsFor(credentials, region, timeouts);
  const limit = rateLimit({ interval: timeouts.sesInterval, contended: context.throttledInvocations > 0 });
  const cacheRules = { policyName: policyName(pool), ttl: timeouts.cacheTtl };
  const until = (time: number): Operation => {
    const deadline: Deadline = { timeouts, until: time };
    const cognito = cognitoOf(clients, deadline);
    const ses = cachedSes(sesOf(clients, limit, deadline), context, cacheRules);
    return { pool, requestToken, owner, cognito, ses, context, deadline, rateLimit: limit, log, until, startedAt };
  };
  return until(startedAt + timeouts.forwardDeadline);
}

/** An operation with another time than that of going forward: what is left for rolling back, or the time of READ. */
export function withTime({ until, startedAt, deadline }: Operation, time: 'deadline' | 'readDeadline'): Operation {
  return until(startedAt + deadline.timeouts[time]);
}

/** What List works with, which is about no pool in particular. */
export type Listing = Pick<Operation, 'cognito' | 'log'>;

/** Starts an invocation of List. */
export function startListing({ region, credentials, timeouts, log }: Invocation): Listing {
  const deadline: Deadline = { timeouts, until: Date.now() + timeouts.readDeadline };
  return { cognito: cognitoOf(clientsFor(credentials, region, timeouts), deadline), log };
}
