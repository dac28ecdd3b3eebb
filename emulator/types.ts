/** JSON as it is sent: the embedded AWS keeps all members, also those that no API knows. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** Access keys as the SDK and CloudFormation's payload spell them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One request; `index` counts from 0 since the server was started. */
export interface Call {
  readonly index: number;
  readonly service: 'cognito-idp' | 'ses' | 'logs' | 'sts' | 'lambda';
  /** The API's own name: `UpdateUserPool`, `CreateEmailIdentityPolicy`, … */
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** The request's JSON body with the members of its path and query under their API names. */
  readonly input: JsonObject;
  /** When the whole request had arrived, in milliseconds since the epoch. */
  readonly at: number;
  /** The response's HTTP status and, for an exception, its name; set once the response is sent. */
  status?: number;
  error?: string;
}

/** A fault that is injected into one call. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly name: string; readonly message: string }
  /** Responds after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection before the call has any effect. */
  | { readonly kind: 'reset' }
  /** Never responds; the call has no effect. */
  | { readonly kind: 'hang' }
  /** Responds with this body and status; the call has no effect. */
  | { readonly kind: 'malformed'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Runs the call, then closes the connection without a response. */
  | { readonly kind: 'lost-answer' };
