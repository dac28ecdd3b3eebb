import type { JsonObject } from '../types';
import type { Identity } from './state';

/** An identity's `VerificationStatus`. */
export const verificationStatus = (identity: Identity): string =>
  identity.verified ? 'SUCCESS' : (identity.verificationStatus ?? 'PENDING');

/** An identity's `VerificationInfo`: when SES checked it last, and the error where that failed. */
export function verificationInfo({ verificationError: error }: Identity): JsonObject {
  return {
    LastCheckedTimestamp: 1_690_000_000,
    ...(error && { ErrorType: error.type }),
    ...(error?.nameServer !== undefined && { SOARecord: { PrimaryNameServer: error.nameServer } }),
  };
}

/** An identity's `DkimAttributes`; an address has no DKIM records of its own. */
export function dkimAttributes(identity: Identity): JsonObject {
  const domain = identity.type === 'DOMAIN';
  return {
    SigningEnabled: domain,
    Status: verificationStatus(identity),
    SigningAttributesOrigin: 'AWS_SES',
    SigningHostedZone: 'dkim.amazonses.com',
    ...(domain && { Tokens: [...identity.dkimTokens] }),
  };
}
