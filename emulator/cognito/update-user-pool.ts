import type { Behaviours } from '../behaviours';
import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import type { EmailContext } from './context';
import { resetToDefaults } from './defaults';
import { checkEmailConfiguration } from './email-configuration';
import { objectAt } from './json';
import { legacyMessages } from './legacy-messages';
import { checkConflicts } from './member-conflicts';
import { checkMembers } from './member-rules';
import { membersAfterOmission } from './omitted-members';
import type { Pool } from './state';
import { checkTags } from './tag-rules';

/** UpdateUserPool: sets the members that are sent, and treats each omitted one as Cognito does. Throws `AwsException`. */
export function updatePool(pool: Pool, input: JsonObject, context: EmailContext): void {
  if (pool.importing) {
    // The exception is documented, its message is our reading.
    throw cognitoException(
      'UserImportInProgressException',
      'Cannot modify user pool while a user import is in progress.',
    );
  }
  checkMembers(pool, input, context.behaviours);
  const next = afterUpdate(pool, input, context.behaviours);
  checkTags(objectAt(input, 'UserPoolTags'), objectAt(next, 'UserPoolTags'));
  checkConflicts(pool, input, next);
  if (input['EmailConfiguration'] !== undefined) {
    checkEmailConfiguration(objectAt(input, 'EmailConfiguration'), objectAt(next, 'EmailConfiguration'), pool, context);
  }
  const reset = [
    ...(pool.forgets ?? []),
    ...(pool.resetsOmitted ?? []).filter((member) => input[member] === undefined),
  ];
  pool.members = structuredClone(resetToDefaults(next, reset));
  pool.modified = Date.now() / 1000;
}

/** The pool's members after an update. */
function afterUpdate(pool: Pool, input: JsonObject, behaviours: Behaviours): JsonObject {
  const { UserPoolId: _id, PoolName, UserPoolTags, EmailConfiguration, Policies, ...sent } = input;
  const next: JsonObject = { ...membersAfterOmission(pool, behaviours), ...sent };
  if (PoolName !== undefined) next['Name'] = PoolName;
  // Measured: an update with one of the two policies leaves the other one as it is.
  if (Policies !== undefined) next['Policies'] = { ...objectAt(next, 'Policies'), ...objectAt(input, 'Policies') };
  if (EmailConfiguration !== undefined) {
    const before = behaviours.partialEmailConfiguration === 'merge' ? objectAt(pool.members, 'EmailConfiguration') : {};
    next['EmailConfiguration'] = {
      EmailSendingAccount: 'COGNITO_DEFAULT',
      ...before,
      ...objectAt(input, 'EmailConfiguration'),
    };
  }
  if (UserPoolTags !== undefined) {
    const before = behaviours.tags === 'merge' ? objectAt(pool.members, 'UserPoolTags') : {};
    next['UserPoolTags'] = { ...before, ...objectAt(input, 'UserPoolTags') };
  }
  return withLegacyMessages(next, pool.members, input);
}

/** A message that is changed under its legacy name changes the template, which holds the only copy. */
function withLegacyMessages(next: JsonObject, before: JsonObject, input: JsonObject): JsonObject {
  const template = { ...objectAt(next, 'VerificationMessageTemplate') };
  const sentTemplate = objectAt(input, 'VerificationMessageTemplate');
  const settings = { ...next };
  for (const [legacyName, member] of legacyMessages) {
    const current = before[legacyName] ?? objectAt(before, 'VerificationMessageTemplate')[member];
    const sent = input[legacyName];
    if (sent !== undefined && sent !== current && sentTemplate[member] === undefined) template[member] = sent;
    if (template[member] !== undefined) delete settings[legacyName];
  }
  return { ...settings, VerificationMessageTemplate: template };
}
