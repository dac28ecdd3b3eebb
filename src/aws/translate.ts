import { Failure, type FailureKind } from '../domain/failure';

/** The error names of each kind; never classes, which minifying renames. */
// biome-ignore format: a table to be read by its rows
const namesOf: { readonly [kind in FailureKind]?: readonly string[] } = {
  denied: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorizedException'],
  credentials: [
    'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch',
    'IncompleteSignature', 'IncompleteSignatureException', 'MissingAuthenticationToken',
    'MissingAuthenticationTokenException', 'ExpiredToken', 'ExpiredTokenException', 'CredentialsProviderError',
  ],
  throttled: [
    'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded',
    'RequestThrottledException', 'SlowDown',
  ],
  conflict: ['ConcurrentModificationException', 'ConflictException'],
  'import-running': ['UserImportInProgressException'],
  limit: ['LimitExceededException', 'UserPoolTaggingException'],
  'not-found': ['ResourceNotFoundException', 'NotFoundException'],
  'already-exists': ['AlreadyExistsException'],
  server: [
    'InternalErrorException', 'InternalServiceErrorException', 'InternalServerException', 'InternalFailure',
    'ServiceUnavailable', 'ServiceUnavailableException',
  ],
  invalid: [
    'InvalidParameterException', 'InvalidParameterValue', 'BadRequestException', 'SerializationException',
    'ValidationException', 'InvalidSmsRoleAccessPolicyException', 'InvalidSmsRoleTrustRelationshipException',
    'InvalidEmailRoleAccessPolicyException', 'OperationNotEnabledException', 'TierChangeNotAllowedException',
    'FeatureUnavailableInTierException',
  ],
};
const kinds: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries(namesOf).flatMap(([kind, names]) => names.map((name) => [name, kind as FailureKind])),
);

const transient: ReadonlySet<FailureKind> = new Set(['throttled', 'conflict', 'server', 'network']);

/** One call, as it is named in messages and in IAM. */
export interface CallName {
  readonly service: 'cognito-idp' | 'ses';
  readonly operation: string;
  /** What the call is about, such as `user pool eu-west-1_abc`. */
  readonly thing: string;
  readonly region: string;
}

/** Translates whatever a call threw; `timedOut` tells an abort of ours from anything else. */
export function translate(error: unknown, call: CallName, timedOut: boolean): Failure {
  const { name, text, status, code } = anatomy(error);
  const aws = { operation: call.operation, name, text };
  const kind = timedOut ? 'network' : classify(name, status, code);
  return new Failure(
    kind,
    sentence(kind, call, aws, code ?? (timedOut ? 'no answer in time' : undefined)),
    transient.has(kind),
    aws,
  );
}

function classify(name: string, status: number | undefined, code: string | undefined): FailureKind {
  // A defect of ours, not of the network.
  if (name === 'TypeError' || name === 'RangeError' || name === 'ReferenceError') return 'other';
  // Look at the code first: a reset and a time-out may share the name TimeoutError.
  if (code !== undefined && /^E[A-Z_]+$/.test(code)) return 'network';
  const known = kinds.get(name);
  if (known) return known;
  if (name === 'TimeoutError' || name === 'AbortError') return 'network';
  if (status === 429) return 'throttled';
  if (status !== undefined && status >= 500) return 'server';
  // An answer that is no JSON, whatever its status says, is a server's or a proxy's fault, not a result.
  if (name === 'SyntaxError') return 'server';
  if (status === 403) return 'denied';
  return status === undefined ? 'network' : 'other';
}

function anatomy(error: unknown) {
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
    code: typeof thrown.code === 'string' ? thrown.code : undefined,
  };
}

function sentence(
  kind: FailureKind,
  call: CallName,
  aws: { name: string; text: string },
  code: string | undefined,
): string {
  const action = `${call.service}:${call.operation}`;
  const where = `${action} on ${call.thing} in ${call.region}`;
  const said = `${aws.name}: ${aws.text}`;
  switch (kind) {
    case 'denied':
      return `${where} was denied (${said}): allow ${deniedAction(aws.text) ?? action} in the execution role of the type.`;
    case 'credentials':
      if (aws.name.startsWith('ExpiredToken')) {
        return `${where} was refused, for the session of this operation has expired (${aws.name}): what it waited for took longer than the session lasts, so try again once it is there.`;
      }
      return `${where} was refused for its credentials (${aws.name}): is the execution role registered with the type?`;
    case 'throttled':
      return `${where} was throttled past all patience (${said}): try again later, or with fewer stacks at a time.`;
    case 'network':
      return `${where} could not be reached (${code ?? said}): check that the Region is enabled and reachable, then try again.`;
    case 'server':
      return `${where} failed on AWS's side (${said}): try again later.`;
    case 'conflict':
      return `${where} met a change that somebody else was making (${said}): try again when it is done.`;
    case 'import-running':
      return `${where} is not possible while users are imported into the pool (${said}): try again when the import is done.`;
    case 'limit':
      return `${where} would exceed a limit of AWS (${said}): remove what is no longer used, then try again.`;
    case 'not-found':
      return `${where} found nothing there (${said}): check that it exists in this account and Region.`;
    default:
      return `${where} was refused (${said}).`;
  }
}

/** AWS's text names the action that was missing, which need not be the call: `iam:PassRole`, the service-linked role. */
function deniedAction(text: string): string | undefined {
  return /perform: ?([\w-]+:\w+)/.exec(text)?.[1];
}
