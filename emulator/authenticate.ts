import type { IncomingMessage } from 'node:http';
import type { Accounts } from './accounts';
import type { ExceptionFor } from './errors';
import { type CredentialScope, isSignedBy } from './signature';
import type { Credentials } from './types';

/** A request before it is known who sent it. */
interface SignedRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  /** Undefined for an unsigned request. */
  readonly scope: CredentialScope | undefined;
}

/** Who signed a request, for which service and Region. */
export interface AuthenticatedCaller {
  readonly account: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
}

/** Finds out who signed a request. Throws the service's exception for an unknown key or a wrong signature. */
export function authenticate(
  { request, body, scope }: SignedRequest,
  accounts: Accounts,
  exceptionFor: ExceptionFor,
): AuthenticatedCaller {
  if (!scope) throw exceptionFor('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const accessKey = accounts.findAccessKey(scope.accessKeyId);
  if (!accessKey || request.headers['x-amz-security-token'] !== accessKey.credentials.sessionToken) {
    throw exceptionFor('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (!isSignedBy(request, body, scope, accessKey.credentials.secretAccessKey)) {
    throw exceptionFor(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  return { ...accessKey, region: scope.region, service: scope.service };
}
