import type { Credentials, JsonObject } from '../types';

/** The operations of a resource type, as CloudFormation names them. */
export type Action = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE' | 'LIST';

/** What a handler returns. */
export interface ProgressEvent {
  readonly status: 'SUCCESS' | 'FAILED' | 'IN_PROGRESS';
  readonly errorCode?: string;
  readonly message?: string;
  readonly callbackContext?: JsonObject;
  readonly callbackDelaySeconds?: number;
  readonly resourceModel?: JsonObject;
  readonly resourceModels?: readonly JsonObject[];
  readonly nextToken?: string;
}

/** Invokes the handler, in one Region of one account. */
export interface Caller {
  readonly invoke: (payload: JsonObject) => Promise<JsonObject>;
  readonly region: string;
  readonly account: string;
  readonly credentials: Credentials;
  /** The logging role that the type was registered with, and its log group. */
  readonly provider?: { readonly credentials: Credentials; readonly logGroup: string };
  /** Seconds to wait for each second of `callbackDelaySeconds`; 1, as CloudFormation waits, unless given. */
  readonly delayScale?: number;
  /** Called with each progress event as it arrives. */
  readonly onProgressEvent?: (action: Action, event: ProgressEvent) => void;
}

/** A resource of a stack, as CloudFormation names it in a request. */
export interface StackResource {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** One operation on one resource. */
export interface Operation {
  readonly action: Action;
  /** The stack resource that the request is for; that of an example stack unless given. Cloud Control names none. */
  readonly owner?: StackResource | 'Cloud Control' | undefined;
  readonly properties?: JsonObject;
  readonly previous?: JsonObject;
  readonly nextToken?: string;
  /** The request token; a new one unless given. */
  readonly token?: string;
  readonly callbackContext?: JsonObject;
}
