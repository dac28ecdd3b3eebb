/** Why an operation cannot succeed; each kind has its CloudFormation code in `runtime/codes.ts`. */
export type FailureKind =
  | 'invalid'
  | 'not-found'
  | 'already-exists'
  | 'not-updatable'
  | 'denied'
  | 'credentials'
  | 'throttled'
  | 'limit'
  | 'conflict'
  | 'import-running'
  | 'not-stabilized'
  | 'server'
  | 'network'
  | 'other';

/** An error of an operation, said to the person who declared the resource: what is wrong, and what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** `transient`: the same call may well succeed a little later. `aws`: the call that AWS refused, and the name and text of its error. */
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly transient = false,
    readonly aws: AwsError | undefined = undefined,
  ) {
    super(message);
  }
}

/** An error as AWS gave it. */
export interface AwsError {
  readonly operation: string;
  readonly name: string;
  readonly text: string;
}
