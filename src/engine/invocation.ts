import type { Credentials } from '../aws/clients';
import type { RateLimit } from '../aws/rate-limit';
import type { Deadline } from '../aws/retry';
import type { HandlerError } from '../domain/errors';
import type { Timeouts } from '../domain/timeouts';
import type { CallbackContext } from './callback-context';

/** What CloudFormation hands over with each invocation of a handler, whatever the resource type. */
export interface Invocation {
  readonly region: string;
  readonly account: string;
  readonly credentials: Credentials;
  /** The same in every invocation of an operation. */
  readonly requestToken: string;
  /** The resource that the request is for, see `ownerOf`. */
  readonly owner: string;
  /** As the invocation before has returned it; undefined in the first one. */
  readonly callbackContext: unknown;
  readonly timeouts: Timeouts;
  readonly log: (line: string) => void;
}

/** What running an operation takes of its invocation, whatever the resource type. */
export interface Run<Change> {
  readonly context: CallbackContext<Change>;
  readonly deadline: Deadline;
  readonly rateLimit: RateLimit;
  readonly log: (line: string) => void;
}

/** How an invocation ends; an error that leaves nothing behind is thrown instead. */
export type Outcome<Model> =
  | { readonly status: 'success'; readonly model?: Model }
  | InProgress
  /** The answer names the resource, so that a Delete cleans up. */
  | { readonly status: 'failed'; readonly error: HandlerError };

/** CloudFormation is to invoke the handler again, with this context, after `delaySeconds` (a whole number). */
export interface InProgress {
  readonly status: 'in-progress';
  readonly callbackContext: CallbackContext<unknown>;
  readonly delaySeconds: number;
  readonly message: string;
}
