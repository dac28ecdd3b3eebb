import { sesException } from '../errors';
import type { JsonObject } from '../types';
import type { SesContext } from './context';
import { dkimAttributes, verificationStatus } from './identity-attributes';

const parseTags = (input: JsonObject) =>
  ((input['Tags'] ?? []) as unknown as readonly { Key: string; Value: string }[]).map(
    ({ Key, Value }) => [Key, Value] as const,
  );

/** A required member that names a resource. */
function requiredName(input: JsonObject, member: string): string {
  const name = input[member];
  if (typeof name !== 'string' || name === '') throw sesException('BadRequestException', `${member} is required.`);
  return name;
}

/** Operations that create, list and delete identities and configuration sets. */
export const identityOperations: Readonly<Record<string, (context: SesContext) => JsonObject>> = {
  CreateEmailIdentity: ({ state, input }) => {
    const name = requiredName(input, 'EmailIdentity');
    if (state.identities.has(name)) {
      throw sesException('AlreadyExistsException', `Email identity ${name} already exist.`);
    }
    // It is verified once its owner follows the link, or publishes the DKIM records.
    const identity = state.addIdentity(name, { verified: false });
    for (const [key, value] of parseTags(input)) identity.tags.set(key, value);
    return { IdentityType: identity.type, VerifiedForSendingStatus: false, DkimAttributes: dkimAttributes(identity) };
  },
  DeleteEmailIdentity: ({ state, input }) => {
    const name = requiredName(input, 'EmailIdentity');
    if (!state.identities.delete(name)) {
      throw sesException('NotFoundException', `Email identity <${name}> does not exist.`);
    }
    return {};
  },
  ListEmailIdentities: ({ state, input }) => {
    const start = input['NextToken'] === undefined ? 0 : Number(input['NextToken']);
    if (!Number.isInteger(start)) throw sesException('BadRequestException', 'Invalid NextToken');
    const all = [...state.identities.values()];
    const end = start + Number(input['PageSize'] ?? 100);
    return {
      EmailIdentities: all.slice(start, end).map((identity) => ({
        IdentityName: identity.name,
        IdentityType: identity.type,
        SendingEnabled: identity.verified,
        VerificationStatus: verificationStatus(identity),
      })),
      ...(end < all.length && { NextToken: String(end) }),
    };
  },
  CreateConfigurationSet: ({ state, input }) => {
    const name = requiredName(input, 'ConfigurationSetName');
    if (state.configurationSets.has(name)) {
      throw sesException('AlreadyExistsException', `Configuration set <${name}> already exists.`);
    }
    const { SendingEnabled } = (input['SendingOptions'] ?? {}) as JsonObject;
    state.configurationSets.set(name, { sendingEnabled: SendingEnabled !== false, tags: new Map(parseTags(input)) });
    return {};
  },
  DeleteConfigurationSet: ({ state, input }) => {
    const name = requiredName(input, 'ConfigurationSetName');
    if (!state.configurationSets.delete(name)) {
      throw sesException('NotFoundException', `Configuration set <${name}> does not exist.`);
    }
    return {};
  },
};
