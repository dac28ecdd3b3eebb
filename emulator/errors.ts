/** An error response of AWS. `code` is the exception's name. */
export class AwsException extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An exception with the HTTP status that a service gives it. */
export type ExceptionFor = (code: string, message: string) => AwsException;

/** Cognito uses the status 400 for nearly every exception. */
export const cognitoException: ExceptionFor = (code, message) =>
  new AwsException(code === 'InternalErrorException' ? 500 : 400, code, message);

const sesStatus: Readonly<Record<string, number>> = {
  NotFoundException: 404,
  TooManyRequestsException: 429,
  ConcurrentModificationException: 500,
  UnknownOperationException: 404,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
};

/** SES has an HTTP status for each exception. */
export const sesException: ExceptionFor = (code, message) => new AwsException(sesStatus[code] ?? 400, code, message);
