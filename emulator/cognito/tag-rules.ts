import { cognitoException } from '../errors';
import type { JsonObject } from '../types';

/** Throws for a tag key that only AWS may write. */
export function checkTagKeys(keys: readonly string[]): void {
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw cognitoException('InvalidParameterException', 'aws: prefixed tag key names are not allowed for external use');
  }
}

/** Checks tags that are written, and all tags that the pool would have afterwards. Throws `AwsException`. */
export function checkTags(written: JsonObject, all: JsonObject): void {
  checkTagKeys(Object.keys(written));
  // Our reading: no message is on record.
  if (Object.keys(all).length > 50) {
    throw cognitoException('UserPoolTaggingException', 'A user pool has at most 50 tags.');
  }
}
