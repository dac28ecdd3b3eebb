import findMyWay from 'find-my-way';
import type { JsonObject } from '../types';

const router = findMyWay({ caseSensitive: true });
const route = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, operation: string) =>
  router.on(method, path, () => undefined, operation);
route('POST', '/v2/email/list-identities', 'ListEmailIdentities');
route('POST', '/v2/email/identities', 'CreateEmailIdentity');
route('DELETE', '/v2/email/identities/:EmailIdentity', 'DeleteEmailIdentity');
route('POST', '/v2/email/configuration-sets', 'CreateConfigurationSet');
route('DELETE', '/v2/email/configuration-sets/:ConfigurationSetName', 'DeleteConfigurationSet');
route('GET', '/v2/email/identities/:EmailIdentity', 'GetEmailIdentity');
route('GET', '/v2/email/identities/:EmailIdentity/policies', 'GetEmailIdentityPolicies');
route('POST', '/v2/email/identities/:EmailIdentity/policies/:PolicyName', 'CreateEmailIdentityPolicy');
route('PUT', '/v2/email/identities/:EmailIdentity/policies/:PolicyName', 'UpdateEmailIdentityPolicy');
route('DELETE', '/v2/email/identities/:EmailIdentity/policies/:PolicyName', 'DeleteEmailIdentityPolicy');
route('GET', '/v2/email/account', 'GetAccount');
route('GET', '/v2/email/configuration-sets/:ConfigurationSetName', 'GetConfigurationSet');
route('POST', '/v2/email/tags', 'TagResource');
route('DELETE', '/v2/email/tags', 'UntagResource');
route('GET', '/v2/email/tags', 'ListTagsForResource');

/** A request's operation, with the members of its path, query and body as its input. An unknown operation is named by method and path. */
export function parseSesRequest(method: string, url: URL, body: JsonObject): { operation: string; input: JsonObject } {
  const match = router.find(method as 'GET', url.pathname);
  if (!match) return { operation: `${method} ${url.pathname}`, input: body };
  const resource = url.searchParams.get('ResourceArn');
  const keys = url.searchParams.getAll('TagKeys');
  const query = { ...(resource !== null && { ResourceArn: resource }), ...(keys.length > 0 && { TagKeys: keys }) };
  return { operation: String(match.store), input: { ...body, ...query, ...(match.params as JsonObject) } };
}
