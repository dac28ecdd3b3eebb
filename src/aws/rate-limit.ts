import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { HandlerError } from '../domain/errors';

/** Makes a call of one service in one Region when it is its turn. */
export type Turn = <T>(send: () => Promise<T>, until: number) => Promise<T>;

/** The rate limit that the calls of one invocation keep to. */
export interface RateLimit {
  turn(region: string): Turn;
  /** The service has throttled a call, and no more are made in this invocation. */
  readonly isThrottled: () => boolean;
  /** Lets an invocation that may not end here call the service again. */
  readonly reset: () => void;
  /** How many calls have failed so far with a retryable error. */
  readonly failures: () => number;
}

const isThrottling = (error: unknown): error is HandlerError =>
  error instanceof HandlerError && error.code === 'Throttling';

/**
 * The rate limit of a service that answers about one call a second for each account and Region, whoever calls. Where many
 * operations call at once, retrying would only take the answers from others: a throttled invocation ends, and is invoked again
 * after a pause. An invocation that gets an answer knows when the service answers next, `interval` milliseconds later, and makes
 * its remaining calls one after another at that rate. `contended`: an earlier invocation of the operation was throttled.
 */
export function rateLimit({
  interval,
  contended,
}: {
  readonly interval: number;
  readonly contended: boolean;
}): RateLimit {
  const queues = new Map<string, Queue>();
  let failures = 0;
  const onFailure = () => {
    failures += 1;
  };
  return {
    turn: (region) => {
      const queue = queues.get(region) ?? queueOf({ interval, contended, onFailure });
      queues.set(region, queue);
      return queue.turn;
    },
    isThrottled: () => [...queues.values()].some((queue) => queue.isClosed()),
    reset: () => queues.clear(),
    failures: () => failures,
  };
}

interface Queue {
  readonly turn: Turn;
  isClosed(): boolean;
}

interface QueueOptions {
  readonly interval: number;
  readonly contended: boolean;
  readonly onFailure: () => void;
}

/** The calls of one Region: all at once until one of them is throttled, one after another from then on. */
function queueOf({ interval, contended, onFailure }: QueueOptions): Queue {
  let isSerial = contended;
  let closedBy: HandlerError | undefined;
  let answeredAt: number | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inFlight = new Set<Promise<unknown>>();

  const sendNow = async <T>(send: () => Promise<T>): Promise<T> => {
    const answer = send();
    inFlight.add(answer);
    try {
      const value = await answer;
      answeredAt = Date.now();
      return value;
    } catch (error) {
      if (error instanceof HandlerError && error.retryable) onFailure();
      throw error;
    } finally {
      inFlight.delete(answer);
    }
  };
  const wait = async (milliseconds: number, until: number, throttledBy: HandlerError | undefined) => {
    if (throttledBy && Date.now() + milliseconds >= until) throw throttledBy;
    await sleep(Math.max(0, Math.min(milliseconds, until - Date.now())));
  };
  /** A throttled call is sent once more, if the service has answered this invocation at all. */
  const sendSerially = async <T>(send: () => Promise<T>, until: number): Promise<T> => {
    for (let throttledBy: HandlerError | undefined; ; ) {
      if (closedBy) throw closedBy;
      if (answeredAt !== undefined) await wait(answeredAt + interval - Date.now(), until, throttledBy);
      try {
        return await sendNow(send);
      } catch (error) {
        if (!isThrottling(error)) throw error;
        if (answeredAt === undefined || throttledBy) {
          closedBy = error;
          throw error;
        }
        throttledBy = error;
        await wait(interval * (0.3 + Math.random() / 2), until, error);
      }
    }
  };
  const enqueue = <T>(send: () => Promise<T>, until: number): Promise<T> => {
    const mine = last.then(() => sendSerially(send, until));
    last = mine.catch(() => undefined);
    return mine;
  };
  const turn: Turn = async (send, until) => {
    if (isSerial) return enqueue(send, until);
    try {
      return await sendNow(send);
    } catch (error) {
      if (!isThrottling(error)) throw error;
      isSerial = true;
      // Calls that were sent together may still be answered, and their answers are kept for the next invocation.
      await Promise.allSettled(inFlight);
      await setImmediate();
      if (answeredAt === undefined) closedBy = error;
      return enqueue(send, until);
    }
  };
  return { turn, isClosed: () => closedBy !== undefined };
}
