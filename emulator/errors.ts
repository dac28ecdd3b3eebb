/** A refusal as AWS gives it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Cognito answers nearly every refusal with 400. */
export const cognitoRefusal = (code: string, message: string): Refusal =>
  new Refusal(code === 'InternalErrorException' ? 500 : 400, code, message);

const sesStatus: Readonly<Record<string, number>> = {
  NotFoundException: 404,
  TooManyRequestsException: 429,
  ConcurrentModificationException: 500,
  UnknownOperationException: 404,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
};

/** SES has an HTTP status for each error. */
export const sesRefusal = (code: string, message: string): Refusal =>
  new Refusal(sesStatus[code] ?? 400, code, message);
