import { sesException } from '../errors';
import type { JsonObject } from '../types';
import type { SesContext } from './context';
import { dkimAttributes, verificationInfo, verificationStatus } from './identity-attributes';
import { identityOperations } from './identity-operations';
import { validatePolicy } from './policy-validation';
import type { Identity } from './state';

type Operation = (context: SesContext) => JsonObject;

const stringAt = (input: JsonObject, member: string): string => String(input[member] ?? '');
const maxPolicies = 20;

function identityOf({ state, input }: SesContext): Identity {
  const name = stringAt(input, 'EmailIdentity');
  const identity = state.identities.get(name);
  if (!identity) throw sesException('NotFoundException', `Email identity <${name}> does not exist.`);
  return identity;
}

/** The identity and the policy name of a request. SES takes policies on unverified identities, too. */
function policyTarget(context: SesContext) {
  const identity = identityOf(context);
  const name = stringAt(context.input, 'PolicyName');
  const arn = `${context.arnPrefix}:identity/${identity.name}`;
  const write = () => {
    identity.policies.set(name, validatePolicy(name, stringAt(context.input, 'Policy'), arn));
    identity.writtenAt.set(name, Date.now());
    return {};
  };
  return { identity, name, write };
}

const policyNotFound = (name: string) => sesException('NotFoundException', `Policy <${name}> does not exist`);

function tagsOf({ state, input, arnPrefix }: SesContext): Map<string, string> {
  const arn = stringAt(input, 'ResourceArn');
  const nameIn = (kind: string) => (arn.startsWith(`${arnPrefix}:${kind}/`) ? arn.slice(arn.indexOf('/') + 1) : '');
  const identity = state.identities.get(nameIn('identity'));
  if (identity) return identity.tags;
  const set = state.configurationSets.get(nameIn('configuration-set'));
  if (!set) throw sesException('NotFoundException', `Resource <${arn}> does not exist.`);
  set.tags ??= new Map();
  return set.tags;
}

const tagList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

const operations: Readonly<Record<string, Operation>> = {
  ...identityOperations,
  GetEmailIdentity: (context) => {
    const identity = identityOf(context);
    const { type, verified, policies, tags } = identity;
    return {
      IdentityType: type,
      FeedbackForwardingStatus: true,
      VerifiedForSendingStatus: verified,
      VerificationStatus: verificationStatus(identity),
      VerificationInfo: verificationInfo(identity),
      DkimAttributes: dkimAttributes(identity),
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      Policies: Object.fromEntries(policies),
      Tags: tagList(tags),
    };
  },
  GetAccount: ({ state: { account } }) => ({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: account.enforcementStatus,
    ProductionAccessEnabled: account.productionAccess,
    SendingEnabled: account.sendingEnabled,
    SendQuota: { Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: 0 },
  }),
  GetConfigurationSet: ({ state, input }) => {
    const name = stringAt(input, 'ConfigurationSetName');
    const set = state.configurationSets.get(name);
    if (!set) throw sesException('NotFoundException', `Configuration set <${name}> does not exist.`);
    return {
      ConfigurationSetName: name,
      SendingOptions: { SendingEnabled: set.sendingEnabled },
      Tags: tagList(set.tags ?? new Map()),
    };
  },
  GetEmailIdentityPolicies: (context) => ({ Policies: Object.fromEntries(identityOf(context).policies) }),
  CreateEmailIdentityPolicy: (context) => {
    const { identity, name, write } = policyTarget(context);
    if (identity.policies.has(name)) throw sesException('AlreadyExistsException', `Policy <${name}> already exists`);
    if (identity.policies.size >= maxPolicies) {
      throw sesException(
        'LimitExceededException',
        `Number of policies for <${identity.name}> exceeds max allowed number of policies per resource`,
      );
    }
    return write();
  },
  UpdateEmailIdentityPolicy: (context) => {
    const { identity, name, write } = policyTarget(context);
    if (identity.policies.has(name)) return write();
    if (context.behaviours.absentPolicy === 'not-found') throw policyNotFound(name);
    return {};
  },
  DeleteEmailIdentityPolicy: (context) => {
    const { policies, writtenAt } = policyTarget(context).identity;
    const name = stringAt(context.input, 'PolicyName');
    writtenAt.delete(name);
    if (!policies.delete(name) && context.behaviours.absentPolicy === 'not-found') throw policyNotFound(name);
    return {};
  },
  TagResource: (context) => {
    const tags = tagsOf(context);
    const added = (context.input['Tags'] ?? []) as unknown as readonly { Key: string; Value: string }[];
    const all = new Map([...tags, ...added.map(({ Key, Value }) => [Key, Value] as const)]);
    // Our reading: no message is on record.
    if (all.size > 50) throw sesException('BadRequestException', 'A resource has at most 50 tags.');
    for (const [key, value] of all) tags.set(key, value);
    return {};
  },
  UntagResource: (context) => {
    const tags = tagsOf(context);
    for (const key of (context.input['TagKeys'] ?? []) as readonly string[]) tags.delete(key);
    return {};
  },
  ListTagsForResource: (context) => ({ Tags: tagList(tagsOf(context)) }),
};

/** Runs an operation of SES. Returns its response; throws `AwsException`. */
export function handleSes(operation: string, context: SesContext): JsonObject {
  const run = operations[operation];
  if (!run) throw sesException('UnknownOperationException', operation);
  return run(context);
}
