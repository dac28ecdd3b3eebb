import { sesRefusal } from '../errors';
import type { JsonObject } from '../types';
import type { SesContext } from './operations';
import type { Identity } from './state';

/** What SES calls the state of an identity. */
export const verificationOf = ({ verified, verificationStatus }: Identity): string =>
  verified ? 'SUCCESS' : (verificationStatus ?? 'PENDING');

/** When SES looked last, and what it found where the identity is not verified. */
export function lastLookOf({ verificationError: error }: Identity): JsonObject {
  return {
    LastCheckedTimestamp: 1_690_000_000,
    ...(error && { ErrorType: error.type }),
    ...(error?.nameServer !== undefined && { SOARecord: { PrimaryNameServer: error.nameServer } }),
  };
}

/** An identity's DKIM attributes; an address has none of its own to publish. */
export function dkimOf(identity: Identity): JsonObject {
  const domain = identity.type === 'DOMAIN';
  return {
    SigningEnabled: domain,
    Status: verificationOf(identity),
    SigningAttributesOrigin: 'AWS_SES',
    SigningHostedZone: 'dkim.amazonses.com',
    ...(domain && { Tokens: [...identity.dkimTokens] }),
  };
}

const tagsIn = (input: JsonObject) =>
  ((input['Tags'] ?? []) as unknown as readonly { Key: string; Value: string }[]).map(
    ({ Key, Value }) => [Key, Value] as const,
  );

/** The name that a request gives to what it makes. */
function named(input: JsonObject, member: string): string {
  const name = input[member];
  if (typeof name !== 'string' || name === '') throw sesRefusal('BadRequestException', `${member} is required.`);
  return name;
}

/** Operations that make, list and remove identities and configuration sets. */
export const resourceOperations: Readonly<Record<string, (context: SesContext) => JsonObject>> = {
  CreateEmailIdentity: ({ world, input }) => {
    const name = named(input, 'EmailIdentity');
    if (world.identities.has(name)) {
      throw sesRefusal('AlreadyExistsException', `Email identity ${name} already exist.`);
    }
    // Its owner has yet to follow the link, or to publish the DKIM records.
    const identity = world.addIdentity(name, { verified: false });
    for (const [key, value] of tagsIn(input)) identity.tags.set(key, value);
    return { IdentityType: identity.type, VerifiedForSendingStatus: false, DkimAttributes: dkimOf(identity) };
  },
  DeleteEmailIdentity: ({ world, input }) => {
    const name = named(input, 'EmailIdentity');
    if (!world.identities.delete(name)) {
      throw sesRefusal('NotFoundException', `Email identity <${name}> does not exist.`);
    }
    return {};
  },
  ListEmailIdentities: ({ world, input }) => {
    const start = input['NextToken'] === undefined ? 0 : Number(input['NextToken']);
    if (!Number.isInteger(start)) throw sesRefusal('BadRequestException', 'Invalid NextToken');
    const all = [...world.identities.values()];
    const end = start + Number(input['PageSize'] ?? 100);
    return {
      EmailIdentities: all.slice(start, end).map((identity) => ({
        IdentityName: identity.name,
        IdentityType: identity.type,
        SendingEnabled: identity.verified,
        VerificationStatus: verificationOf(identity),
      })),
      ...(end < all.length && { NextToken: String(end) }),
    };
  },
  CreateConfigurationSet: ({ world, input }) => {
    const name = named(input, 'ConfigurationSetName');
    if (world.configurationSets.has(name)) {
      throw sesRefusal('AlreadyExistsException', `Configuration set <${name}> already exists.`);
    }
    const { SendingEnabled } = (input['SendingOptions'] ?? {}) as JsonObject;
    world.configurationSets.set(name, { sendingEnabled: SendingEnabled !== false, tags: new Map(tagsIn(input)) });
    return {};
  },
  DeleteConfigurationSet: ({ world, input }) => {
    const name = named(input, 'ConfigurationSetName');
    if (!world.configurationSets.delete(name)) {
      throw sesRefusal('NotFoundException', `Configuration set <${name}> does not exist.`);
    }
    return {};
  },
};
