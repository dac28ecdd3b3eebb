import type { HandlerErrorCode } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';

/** CloudFormation's own codes for a failed operation. */
export type ErrorCode = `${HandlerErrorCode}`;

/** An error as AWS answered it: the call, the error's name and its text. */
export interface AwsError {
  readonly operation: string;
  readonly name: string;
  readonly text: string;
}

/** An error of an operation. Its message is for the person who declared the resource: what is wrong, what to do next. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';
  /** The same call may well succeed a little later. */
  readonly retryable: boolean;
  /** What AWS answered; undefined where the error is not AWS's. */
  override readonly cause: AwsError | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { retryable = false, cause }: { readonly retryable?: boolean; readonly cause?: AwsError | undefined } = {},
  ) {
    super(message);
    this.retryable = retryable;
    this.cause = cause;
  }
}
