import { type AwsError, type ErrorCode, HandlerError } from '../domain/errors';

/** A conflict that may last for hours: retrying does not help. */
const lastingConflict = 'UserImportInProgressException';

/** The error names of each code; never classes, which minifying renames. */
// biome-ignore format: a table to be read by its rows
const namesOf: { readonly [code in ErrorCode]?: readonly string[] } = {
  AccessDenied: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorizedException'],
  InvalidCredentials: [
    'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch',
    'IncompleteSignature', 'IncompleteSignatureException', 'MissingAuthenticationToken',
    'MissingAuthenticationTokenException', 'ExpiredToken', 'ExpiredTokenException', 'CredentialsProviderError',
  ],
  Throttling: [
    'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded',
    'RequestThrottledException', 'SlowDown',
  ],
  ResourceConflict: ['ConcurrentModificationException', 'ConflictException', lastingConflict],
  ServiceLimitExceeded: ['LimitExceededException', 'UserPoolTaggingException'],
  NotFound: ['ResourceNotFoundException', 'NotFoundException'],
  AlreadyExists: ['AlreadyExistsException'],
  ServiceInternalError: [
    'InternalErrorException', 'InternalServiceErrorException', 'InternalServerException', 'InternalFailure',
    'ServiceUnavailable', 'ServiceUnavailableException',
  ],
  InvalidRequest: [
    'InvalidParameterException', 'InvalidParameterValue', 'BadRequestException', 'SerializationException',
    'ValidationException', 'InvalidSmsRoleAccessPolicyException', 'InvalidSmsRoleTrustRelationshipException',
    'InvalidEmailRoleAccessPolicyException', 'OperationNotEnabledException', 'TierChangeNotAllowedException',
    'FeatureUnavailableInTierException',
  ],
};
const codes: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries(namesOf).flatMap(([code, names]) => names.map((name) => [name, code as ErrorCode])),
);

const retryable: ReadonlySet<ErrorCode> = new Set([
  'Throttling',
  'ResourceConflict',
  'ServiceInternalError',
  'NetworkFailure',
]);

/** One call, as it is named in messages and in IAM. */
export interface CallName {
  readonly service: 'cognito-idp' | 'ses';
  readonly operation: string;
  /** What the call is about, as a message names it. */
  readonly resource: string;
  readonly region: string;
}

/** The error for whatever a call has thrown. `timedOut`: our own time-out has aborted the call. */
export function handlerErrorFor(
  error: unknown,
  call: CallName,
  { timedOut }: { readonly timedOut: boolean },
): HandlerError {
  const { name, text, status, systemCode } = errorDetails(error);
  const cause = { operation: call.operation, name, text };
  const code = timedOut ? 'NetworkFailure' : classify(name, status, systemCode);
  const reason = systemCode ?? (timedOut ? 'no answer in time' : undefined);
  return new HandlerError(code, messageFor(code, call, cause, reason), {
    retryable: retryable.has(code) && name !== lastingConflict,
    cause,
  });
}

function classify(name: string, status: number | undefined, systemCode: string | undefined): ErrorCode {
  // A defect of ours, not of the network.
  if (name === 'TypeError' || name === 'RangeError' || name === 'ReferenceError') return 'GeneralServiceException';
  // Look at the code first: a reset and a time-out may share the name TimeoutError.
  if (systemCode !== undefined && /^E[A-Z_]+$/.test(systemCode)) return 'NetworkFailure';
  const known = codes.get(name);
  if (known) return known;
  if (name === 'TimeoutError' || name === 'AbortError') return 'NetworkFailure';
  if (status === 429) return 'Throttling';
  if (status !== undefined && status >= 500) return 'ServiceInternalError';
  // An answer that is no JSON, whatever its status says, is a server's or a proxy's fault, not a result.
  if (name === 'SyntaxError') return 'ServiceInternalError';
  if (status === 403) return 'AccessDenied';
  return status === undefined ? 'NetworkFailure' : 'GeneralServiceException';
}

function errorDetails(error: unknown) {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown;
    message?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  const status = thrown.$metadata?.httpStatusCode;
  return {
    name: typeof thrown.name === 'string' ? thrown.name : 'Unknown',
    text: typeof thrown.message === 'string' ? thrown.message : String(error),
    status: typeof status === 'number' ? status : undefined,
    systemCode: typeof thrown.code === 'string' ? thrown.code : undefined,
  };
}

function messageFor(code: ErrorCode, call: CallName, { name, text }: AwsError, reason: string | undefined): string {
  const action = `${call.service}:${call.operation}`;
  const where = `${action} on ${call.resource} in ${call.region}`;
  const said = `${name}: ${text}`;
  switch (code) {
    case 'AccessDenied':
      return `${where} was denied (${said}): allow ${deniedAction(text) ?? action} in the execution role of the type.`;
    case 'InvalidCredentials':
      if (name.startsWith('ExpiredToken')) {
        return `${where} was refused, for the session of this operation has expired (${name}): what it waited for took longer than the session lasts, so try again once it is there.`;
      }
      return `${where} was refused for its credentials (${name}): is the execution role registered with the type?`;
    case 'Throttling':
      return `${where} was throttled past all patience (${said}): try again later, or with fewer stacks at a time.`;
    case 'NetworkFailure':
      return `${where} could not be reached (${reason ?? said}): check that the Region is enabled and reachable, then try again.`;
    case 'ServiceInternalError':
      return `${where} failed on AWS's side (${said}): try again later.`;
    case 'ResourceConflict':
      return `${where} met a change that somebody else was making (${said}): try again when it is done.`;
    case 'ServiceLimitExceeded':
      return `${where} would exceed a limit of AWS (${said}): remove what is no longer used, then try again.`;
    case 'NotFound':
      return `${where} found nothing there (${said}): check that it exists in this account and Region.`;
    default:
      return `${where} was refused (${said}).`;
  }
}

/** AWS's text names the action that was missing, which need not be the call: `iam:PassRole`, the service-linked role. */
function deniedAction(text: string): string | undefined {
  return /perform: ?([\w-]+:\w+)/.exec(text)?.[1];
}

/** IAM's own refusal; a 403 of anything else, such as a proxy, says nothing about the role. */
export function isAccessDenied(error: unknown): error is HandlerError {
  return error instanceof HandlerError && /^AccessDenied(Exception)?$/.test(error.cause?.name ?? '');
}
