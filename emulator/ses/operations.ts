import findMyWay from 'find-my-way';
import { sesRefusal } from '../errors';
import type { Behaviours, JsonObject } from '../types';
import { acceptedPolicy } from './policy-rules';
import { dkimOf, lastLookOf, resourceOperations, verificationOf } from './resources';
import type { Identity, SesState } from './state';

/** What an operation of SES is done with. */
export interface SesContext {
  readonly world: SesState;
  readonly modes: Behaviours;
  /** `arn:PARTITION:ses:REGION:ACCOUNT`. */
  readonly arnPrefix: string;
  readonly input: JsonObject;
}

type Operation = (context: SesContext) => JsonObject;

const text = (input: JsonObject, member: string): string => String(input[member] ?? '');
const policyLimit = 20;

function identityOf({ world, input }: SesContext): Identity {
  const name = text(input, 'EmailIdentity');
  const identity = world.identities.get(name);
  if (!identity) throw sesRefusal('NotFoundException', `Email identity <${name}> does not exist.`);
  return identity;
}

/** The identity and policy that a write is about. SES takes policies on identities that nobody has verified, too. */
function writable(context: SesContext) {
  const identity = identityOf(context);
  const name = text(context.input, 'PolicyName');
  const arn = `${context.arnPrefix}:identity/${identity.name}`;
  const write = () => {
    identity.policies.set(name, acceptedPolicy(name, text(context.input, 'Policy'), arn));
    identity.writtenAt.set(name, Date.now());
    return {};
  };
  return { identity, name, write };
}

const policyMissing = (name: string) => sesRefusal('NotFoundException', `Policy <${name}> does not exist`);

function tagged({ world, input, arnPrefix }: SesContext): Map<string, string> {
  const arn = text(input, 'ResourceArn');
  const after = (kind: string) => (arn.startsWith(`${arnPrefix}:${kind}/`) ? arn.slice(arn.indexOf('/') + 1) : '');
  const identity = world.identities.get(after('identity'));
  if (identity) return identity.tags;
  const set = world.configurationSets.get(after('configuration-set'));
  if (!set) throw sesRefusal('NotFoundException', `Resource <${arn}> does not exist.`);
  set.tags ??= new Map();
  return set.tags;
}

const tagList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

const operations: Readonly<Record<string, Operation>> = {
  ...resourceOperations,
  GetEmailIdentity: (context) => {
    const identity = identityOf(context);
    const { type, verified, policies, tags } = identity;
    return {
      IdentityType: type,
      FeedbackForwardingStatus: true,
      VerifiedForSendingStatus: verified,
      VerificationStatus: verificationOf(identity),
      VerificationInfo: lastLookOf(identity),
      DkimAttributes: dkimOf(identity),
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      Policies: Object.fromEntries(policies),
      Tags: tagList(tags),
    };
  },
  GetAccount: ({ world: { account } }) => ({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: account.enforcementStatus,
    ProductionAccessEnabled: account.productionAccess,
    SendingEnabled: account.sendingEnabled,
    SendQuota: { Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: 0 },
  }),
  GetConfigurationSet: ({ world, input }) => {
    const name = text(input, 'ConfigurationSetName');
    const found = world.configurationSets.get(name);
    if (!found) throw sesRefusal('NotFoundException', `Configuration set <${name}> does not exist.`);
    return {
      ConfigurationSetName: name,
      SendingOptions: { SendingEnabled: found.sendingEnabled },
      Tags: tagList(found.tags ?? new Map()),
    };
  },
  GetEmailIdentityPolicies: (context) => ({ Policies: Object.fromEntries(identityOf(context).policies) }),
  CreateEmailIdentityPolicy: (context) => {
    const { identity, name, write } = writable(context);
    if (identity.policies.has(name)) throw sesRefusal('AlreadyExistsException', `Policy <${name}> already exists`);
    if (identity.policies.size >= policyLimit) {
      throw sesRefusal(
        'LimitExceededException',
        `Number of policies for <${identity.name}> exceeds max allowed number of policies per resource`,
      );
    }
    return write();
  },
  UpdateEmailIdentityPolicy: (context) => {
    const { identity, name, write } = writable(context);
    if (identity.policies.has(name)) return write();
    if (context.modes.absentPolicy === 'not-found') throw policyMissing(name);
    return {};
  },
  DeleteEmailIdentityPolicy: (context) => {
    const { policies, writtenAt } = writable(context).identity;
    const name = text(context.input, 'PolicyName');
    writtenAt.delete(name);
    if (!policies.delete(name) && context.modes.absentPolicy === 'not-found') throw policyMissing(name);
    return {};
  },
  TagResource: (context) => {
    const tags = tagged(context);
    const added = (context.input['Tags'] ?? []) as unknown as readonly { Key: string; Value: string }[];
    const all = new Map([...tags, ...added.map(({ Key, Value }) => [Key, Value] as const)]);
    // Our reading: nobody has recorded the text.
    if (all.size > 50) throw sesRefusal('BadRequestException', 'A resource has at most 50 tags.');
    for (const [key, value] of all) tags.set(key, value);
    return {};
  },
  UntagResource: (context) => {
    const tags = tagged(context);
    for (const key of (context.input['TagKeys'] ?? []) as readonly string[]) tags.delete(key);
    return {};
  },
  ListTagsForResource: (context) => ({ Tags: tagList(tagged(context)) }),
};

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

/** The operation that a request means, with the members of its path, query and body; an unknown one by its path. */
export function sesRequest(method: string, url: URL, body: JsonObject): { operation: string; input: JsonObject } {
  const found = router.find(method as 'GET', url.pathname);
  if (!found) return { operation: `${method} ${url.pathname}`, input: body };
  const resource = url.searchParams.get('ResourceArn');
  const keys = url.searchParams.getAll('TagKeys');
  const query = { ...(resource !== null && { ResourceArn: resource }), ...(keys.length > 0 && { TagKeys: keys }) };
  return { operation: String(found.store), input: { ...body, ...query, ...(found.params as JsonObject) } };
}

/** Does an operation of SES. Throws `Refusal`. */
export function handleSes(operation: string, context: SesContext): JsonObject {
  const act = operations[operation];
  if (!act) throw sesRefusal('UnknownOperationException', operation);
  return act(context);
}
