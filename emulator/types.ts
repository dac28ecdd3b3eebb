/** A JSON object as it travels: the embedded AWS keeps what it is sent, known members or not. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** Access keys as the SDK and CloudFormation's payload spell them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One request as the server saw it; `index` counts from 0 over the life of the server. */
export interface Call {
  readonly index: number;
  readonly service: 'cognito-idp' | 'ses' | 'logs' | 'sts' | 'lambda';
  /** The API's own name: `UpdateUserPool`, `CreateEmailIdentityPolicy`, … */
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** The request's JSON body with the members of its path and query added under their API names. */
  readonly input: JsonObject;
  /** Milliseconds since the epoch at which the request had arrived whole. */
  readonly at: number;
  /** What was answered: the HTTP status and, for a refusal, the error's name; set once the answer is sent. */
  status?: number;
  error?: string;
}

/** What may be done to one call instead of (or around) answering it. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly name: string; readonly message: string }
  /** Answers after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection before anything was done. */
  | { readonly kind: 'reset' }
  /** Never answers; nothing was done. */
  | { readonly kind: 'hang' }
  /** Sends this body and status instead of an answer; nothing was done. */
  | { readonly kind: 'malformed'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Does what was asked, then closes the connection without an answer. */
  | { readonly kind: 'lost-answer' };

/** The facts that neither AWS's documents nor anybody's measurement settles: the server behaves either way. */
export interface Behaviours {
  /** Does `UserPoolTags` in UpdateUserPool replace the pool's tags, or add to them? */
  tags: 'replace' | 'merge';
  /** What an omitted `EmailConfiguration` does. */
  omittedEmailConfiguration: 'reset' | 'keep';
  /** Does an `EmailConfiguration` replace the one before as a whole, or member by member? */
  partialEmailConfiguration: 'replace' | 'merge';
  /** Members of UpdateUserPool that the API does not know: kept, or refused by name. */
  unknownMembers: 'accept' | 'refuse';
  /** `From` with COGNITO_DEFAULT: refused for a domain (measured once), and for an address, which nobody has shown. */
  defaultSenderFrom: 'refuse' | 'accept';
  /** A `SourceArn` with `*` for its Region. */
  wildcardSourceArn: 'accept' | 'refuse';
  /** Update or delete of a policy that is not there: AWS's document says one thing, a measurement the other. */
  absentPolicy: 'succeed' | 'not-found';
  /** COGNITO_DEFAULT for a pool with e-mail MFA. */
  defaultSenderWithEmailMfa: 'refuse' | 'accept';
  /** Milliseconds until Cognito sees a policy that SES has accepted. */
  grantVisibleAfterMs: number;
  /** Milliseconds until Cognito sees that SES has verified an identity. */
  verificationVisibleAfterMs: number;
  /** Which of two recorded texts DEVELOPER gets for an identity that Cognito does not see verified. */
  unseenVerification: 'not-verified' | 'sandbox';
}
