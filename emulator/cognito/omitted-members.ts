import type { Behaviours } from '../behaviours';
import type { JsonObject } from '../types';
import { defaults } from './defaults';
import { readOnlyMembers, updatableMembers } from './members';
import type { Pool } from './state';

/**
 * Members that stay as they are where an update omits them. AWS's documents say that every omitted member is reset to its
 * default; measurements show that most of them stay.
 */
const keptWhenOmitted: ReadonlySet<string> = new Set([
  // Measured on the real service.
  'MfaConfiguration',
  'Policies',
  // Measured by removing them from a stack's template, whose update omits them then.
  'DeletionProtection',
  'VerificationMessageTemplate',
  'AccountRecoverySetting',
  'UserPoolTier',
  // Legacy names for parts of VerificationMessageTemplate, which stays.
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'SmsVerificationMessage',
  // Documented at the member itself.
  'DcrConfiguration',
  // Terraform omits it for "no change" and sends an empty list to clear it.
  'UserAttributeUpdateSettings',
]);

/*
 * All others are reset. For AutoVerifiedAttributes and UserPoolAddOns that is measured, for LambdaConfig reported. For
 * SmsConfiguration, SmsAuthenticationMessage, DeviceConfiguration, AdminCreateUserConfig, KeyConfiguration,
 * IssuerConfiguration, AcrConfiguration and members newer than the documents nothing is published: they follow the
 * documents, which is the stricter rule for a client that forgets a member. EmailConfiguration follows
 * `omittedEmailConfiguration`. Tags stay: Terraform omits them from every update, and none is lost.
 */

/** A pool's members after an update that omits all of them. */
export function membersAfterOmission(pool: Pool, behaviours: Behaviours): JsonObject {
  const stays = (member: string) =>
    keptWhenOmitted.has(member) ||
    member === 'UserPoolTags' ||
    readOnlyMembers.has(member) ||
    (member === 'EmailConfiguration' && behaviours.omittedEmailConfiguration === 'keep') ||
    // A member that no update takes is Cognito's own: no update changes it.
    (behaviours.unknownMembers === 'refuse' && !updatableMembers.has(member));
  // An update adds no default for a member that the pool does not have.
  const members = Object.entries(pool.members).map(([member, current]) => [
    member,
    stays(member) ? current : defaults[member],
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
