import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import { HandlerError } from '../domain/errors';

/** Gives calls of one service in one Region their turn; see `pacing`. */
export type Turn = <T>(send: () => Promise<T>, until: number) => Promise<T>;

/** The pace of one invocation's calls to SES. */
export interface RateLimit {
  turn(region: string): Turn;
  /** SES refused a call, and no more are made in this invocation. */
  readonly isThrottled: () => boolean;
  /** Lets an invocation that may not end here call SES again. */
  readonly reopen: () => void;
  /** How many calls have failed so far in a way that may pass. */
  readonly failures: () => number;
}

const isRefusal = (error: unknown): error is HandlerError =>
  error instanceof HandlerError && error.code === 'Throttling';

/**
 * SES answers about one call a second for each account and Region, whoever calls. Where many setups want one at once,
 * trying again and again would only take the answers from others: a refused invocation ends, and comes back after a
 * pause that CloudFormation keeps. Whoever is answered knows when SES answers next, `interval` milliseconds later,
 * and makes its remaining calls one after another at that pace. `crowded`: an earlier invocation was refused.
 */
export function rateLimit(interval: number, crowded: boolean): RateLimit {
  const gates = new Map<string, Gate>();
  let failures = 0;
  const failed = () => {
    failures += 1;
  };
  return {
    turn: (region) => {
      const gate = gates.get(region) ?? openGate(interval, crowded, failed);
      gates.set(region, gate);
      return gate.turn;
    },
    isThrottled: () => [...gates.values()].some((gate) => gate.isClosed()),
    reopen: () => gates.clear(),
    failures: () => failures,
  };
}

interface Gate {
  readonly turn: Turn;
  isClosed(): boolean;
}

function openGate(interval: number, startsCrowded: boolean, failed: () => void): Gate {
  let crowded = startsCrowded;
  let closed: HandlerError | undefined;
  let answeredAt: number | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const inFlight = new Set<Promise<unknown>>();

  const sent = async <T>(send: () => Promise<T>): Promise<T> => {
    const answer = send();
    inFlight.add(answer);
    try {
      const value = await answer;
      answeredAt = Date.now();
      return value;
    } catch (error) {
      if (error instanceof HandlerError && error.retryable) failed();
      throw error;
    } finally {
      inFlight.delete(answer);
    }
  };
  const wait = async (milliseconds: number, until: number, otherwise: HandlerError | undefined) => {
    if (otherwise && Date.now() + milliseconds >= until) throw otherwise;
    await pause(Math.max(0, Math.min(milliseconds, until - Date.now())));
  };
  /** One call of a crowded gate; a refused one is tried again once, where SES has answered this invocation at all. */
  const inTurn = async <T>(send: () => Promise<T>, until: number): Promise<T> => {
    for (let refused: HandlerError | undefined; ; ) {
      if (closed) throw closed;
      if (answeredAt !== undefined) await wait(answeredAt + interval - Date.now(), until, refused);
      try {
        return await sent(send);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (answeredAt === undefined || refused) {
          closed = error;
          throw error;
        }
        refused = error;
        await wait(interval * (0.3 + Math.random() / 2), until, error);
      }
    }
  };
  const queued = <T>(send: () => Promise<T>, until: number): Promise<T> => {
    const mine = queue.then(() => inTurn(send, until));
    queue = mine.catch(() => undefined);
    return mine;
  };
  const turn: Turn = async (send, until) => {
    if (crowded) return queued(send, until);
    try {
      return await sent(send);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      crowded = true;
      // Calls that were made together may still be answered, and what they say is kept for the next invocation.
      await Promise.allSettled(inFlight);
      await setImmediate();
      if (answeredAt === undefined) closed = error;
      return queued(send, until);
    }
  };
  return { turn, isClosed: () => closed !== undefined };
}
