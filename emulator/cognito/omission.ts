import type { Behaviours, JsonObject } from '../types';
import { defaults, type Pool } from './state';

/**
 * Members that an update keeps where it leaves them out. AWS's documents say that whatever is left out falls back to its
 * default; where somebody has measured, most of it stays.
 */
const kept: ReadonlySet<string> = new Set([
  // Measured on the real service.
  'MfaConfiguration',
  'Policies',
  // Measured by taking them out of a stack, whose update leaves them out.
  'DeletionProtection',
  'VerificationMessageTemplate',
  'AccountRecoverySetting',
  'UserPoolTier',
  // They repeat the template, which stays.
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'SmsVerificationMessage',
  // Documented at the member itself.
  'DcrConfiguration',
  // Terraform leaves it out for "no change" and sends an empty list to clear it.
  'UserAttributeUpdateSettings',
]);

/*
 * The others fall back. Of AutoVerifiedAttributes and UserPoolAddOns that is measured, of LambdaConfig reported. Of
 * SmsConfiguration, SmsAuthenticationMessage, DeviceConfiguration, AdminCreateUserConfig, KeyConfiguration,
 * IssuerConfiguration and AcrConfiguration nobody has shown anything, nor of what is newer than all documents: there the
 * documents' own rule stands, the harder one for whoever forgets a member. EmailConfiguration has a mode, tags stay:
 * Terraform leaves them out of every update, and loses none.
 */

/** Members of UpdateUserPool that the API documents. */
export const members: ReadonlySet<string> = new Set(
  `Policies DeletionProtection LambdaConfig AutoVerifiedAttributes SmsVerificationMessage EmailVerificationMessage
  EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage UserAttributeUpdateSettings
  MfaConfiguration DeviceConfiguration EmailConfiguration SmsConfiguration UserPoolTags AdminCreateUserConfig
  UserPoolAddOns AccountRecoverySetting UserPoolTier DcrConfiguration KeyConfiguration IssuerConfiguration
  AcrConfiguration PoolName UserPoolId`.split(/\s+/),
);

/** Members of DescribeUserPool's answer that no update takes. */
export const readOnly: ReadonlySet<string> = new Set(
  `Id Name Status LastModifiedDate CreationDate SchemaAttributes AliasAttributes UsernameAttributes
  UsernameConfiguration EstimatedNumberOfUsers SmsConfigurationFailure EmailConfigurationFailure Domain CustomDomain
  Arn`.split(/\s+/),
);

/** What an update leaves of a pool's members where it sends nothing. */
export function withoutSent(pool: Pool, modes: Behaviours): JsonObject {
  const stays = (member: string) =>
    kept.has(member) ||
    member === 'UserPoolTags' ||
    readOnly.has(member) ||
    (member === 'EmailConfiguration' && modes.omittedEmailConfiguration === 'keep') ||
    // A member that no update takes is Cognito's own, and outlives them all.
    (modes.unknownMembers === 'refuse' && !members.has(member));
  // What a pool never had, an update does not add to it.
  const left = Object.entries(pool.members).map(([member, now]) => [member, stays(member) ? now : defaults[member]]);
  return Object.fromEntries(left.filter(([, value]) => value !== undefined));
}

/** A pool that loses settings, for tests: these paths are at their defaults, or gone where there is none. */
export function fallen(settings: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((left, path) => fallenAt(left, defaults, path.split('.')), settings);
}

function fallenAt(json: JsonObject, standard: JsonObject, [member = '', ...inner]: readonly string[]): JsonObject {
  const [now, usual] = [json[member], standard[member]];
  if (inner.length > 0 && isObject(now)) {
    return { ...json, [member]: fallenAt(now, isObject(usual) ? usual : {}, inner) };
  }
  const { [member]: _lost, ...rest } = json;
  return usual === undefined ? rest : { ...rest, [member]: usual };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
