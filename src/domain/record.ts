import { createHash } from 'node:crypto';

/** The tag that a pool with a setup carries. */
export const poolTag = 'Org::Cognito::EmailSetup';

/** Value of the pool's tag: the record's version and a short hash of the request token that wrote it. */
export function poolTagValue(requestToken: string): string {
  return `v1 ${shortHash(requestToken)}`;
}

/** A request token's short hash: enough to recognise it, nothing to reuse. */
export function shortHash(requestToken: string): string {
  return createHash('sha256').update(requestToken).digest('hex').slice(0, 16);
}

/** Key of the tag that an SES identity carries where no policy of ours names the pool. */
export function identityTag(poolRegion: string, poolId: string): string {
  return `EmailSetup/${poolRegion}/${poolId}`;
}

/** Value of the identity's tag. */
export const identityTagValue = 'v1';
