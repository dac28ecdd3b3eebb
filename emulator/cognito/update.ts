import { cognitoRefusal } from '../errors';
import type { Behaviours, Json, JsonObject } from '../types';
import { checkEmail, type EmailContext } from './email-rules';
import { fallen, members, readOnly, withoutSent } from './omission';
import type { Pool } from './state';

const invalid = (message: string) => cognitoRefusal('InvalidParameterException', message);
const objectAt = (json: JsonObject, member: string): JsonObject => {
  const value = json[member];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};
const listAt = (json: JsonObject, member: string): readonly Json[] => {
  const value = json[member];
  return Array.isArray(value) ? value : [];
};

/** The members that say a message of the template under their old names. */
const twins = [
  ['EmailVerificationMessage', 'EmailMessage'],
  ['EmailVerificationSubject', 'EmailSubject'],
  ['SmsVerificationMessage', 'SmsMessage'],
] as const;

/** Does what an UpdateUserPool says, member by member, and to those that it leaves out what Cognito does to each. */
export function updatePool(pool: Pool, input: JsonObject, context: EmailContext): void {
  if (pool.importing) {
    // The class is documented, the text is our reading.
    throw cognitoRefusal(
      'UserImportInProgressException',
      'Cannot modify user pool while a user import is in progress.',
    );
  }
  checkMembers(pool, input, context);
  const next = afterUpdate(pool, input, context.modes);
  checkTags(objectAt(input, 'UserPoolTags'), objectAt(next, 'UserPoolTags'));
  checkConflicts(pool, input, next);
  if (input['EmailConfiguration'] !== undefined) {
    checkEmail(objectAt(input, 'EmailConfiguration'), objectAt(next, 'EmailConfiguration'), pool, context);
  }
  const lost = [...(pool.forgets ?? []), ...(pool.resetsOmitted ?? []).filter((member) => input[member] === undefined)];
  pool.members = structuredClone(fallen(next, lost));
  pool.modified = Date.now() / 1000;
}

/** The pool's members as an update makes them. */
function afterUpdate(pool: Pool, input: JsonObject, modes: Behaviours): JsonObject {
  const { UserPoolId: _id, PoolName, UserPoolTags, EmailConfiguration, Policies, ...sent } = input;
  const next: JsonObject = { ...withoutSent(pool, modes), ...sent };
  if (PoolName !== undefined) next['Name'] = PoolName;
  // Measured: one of the two policies alone leaves the other as it is.
  if (Policies !== undefined) next['Policies'] = { ...objectAt(next, 'Policies'), ...objectAt(input, 'Policies') };
  if (EmailConfiguration !== undefined) {
    const before = modes.partialEmailConfiguration === 'merge' ? objectAt(pool.members, 'EmailConfiguration') : {};
    next['EmailConfiguration'] = {
      EmailSendingAccount: 'COGNITO_DEFAULT',
      ...before,
      ...objectAt(input, 'EmailConfiguration'),
    };
  }
  if (UserPoolTags !== undefined) {
    const before = modes.tags === 'merge' ? objectAt(pool.members, 'UserPoolTags') : {};
    next['UserPoolTags'] = { ...before, ...objectAt(input, 'UserPoolTags') };
  }
  return withTemplate(next, pool.members, input);
}

/** A message that is said anew under its old name is the template's, too; what the template says has no other copy. */
function withTemplate(next: JsonObject, before: JsonObject, input: JsonObject): JsonObject {
  const template = { ...objectAt(next, 'VerificationMessageTemplate') };
  const sentTemplate = objectAt(input, 'VerificationMessageTemplate');
  const settings = { ...next };
  for (const [twin, member] of twins) {
    const shown = before[twin] ?? objectAt(before, 'VerificationMessageTemplate')[member];
    const said = input[twin];
    if (said !== undefined && said !== shown && sentTemplate[member] === undefined) template[member] = said;
    if (template[member] !== undefined) delete settings[twin];
  }
  return { ...settings, VerificationMessageTemplate: template };
}

function checkMembers(pool: Pool, input: JsonObject, { modes }: EmailContext): void {
  for (const [member, value] of Object.entries(input)) {
    // Our reading: nobody has recorded these texts.
    if (value === null) throw cognitoRefusal('SerializationException', `${member} cannot be null`);
    if (readOnly.has(member)) throw invalid(`Unrecognized member: ${member}`);
    if (!members.has(member) && modes.unknownMembers === 'refuse') throw invalid(`Unrecognized member: ${member}`);
    if (pool.refusesEchoOf?.includes(member)) throw invalid(`${member} cannot be modified for this user pool.`);
  }
  for (const [member, required] of [
    ['UserPoolAddOns', 'AdvancedSecurityMode'],
    ['SmsConfiguration', 'SnsCallerArn'],
  ] as const) {
    if (input[member] !== undefined && Object.keys(objectAt(input, member)).length === 0) {
      throw invalid(`1 validation error detected: Value null at '${member}.${required}' failed to satisfy constraint`);
    }
  }
}

/** Tags of AWS's own are nobody's to write or to take off. */
export function checkTagKeys(keys: readonly string[]): void {
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw invalid('aws: prefixed tag key names are not allowed for external use');
  }
}

/** Rules on tags that somebody writes, and on all that the pool would have then. */
export function checkTags(written: JsonObject, all: JsonObject): void {
  checkTagKeys(Object.keys(written));
  // Our reading: nobody has recorded the text.
  if (Object.keys(all).length > 50) {
    throw cognitoRefusal('UserPoolTaggingException', 'A user pool has at most 50 tags.');
  }
}

/** The conflicts between members, of what is sent or of what would be there, with Cognito's texts as people report them. */
function checkConflicts(pool: Pool, input: JsonObject, next: JsonObject): void {
  const password = objectAt(objectAt(input, 'Policies'), 'PasswordPolicy');
  const verified = listAt(next, 'AutoVerifiedAttributes');
  const mfa = input['MfaConfiguration'];
  const sms = input['SmsConfiguration'] !== undefined;
  if (
    objectAt(input, 'AdminCreateUserConfig')['UnusedAccountValidityDays'] !== undefined &&
    password['TemporaryPasswordValidityDays'] !== undefined
  ) {
    throw invalid('Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays');
  }
  const before = listAt(objectAt(next, 'UserAttributeUpdateSettings'), 'AttributesRequireVerificationBeforeUpdate');
  if (before.some((attribute) => !verified.includes(attribute))) {
    throw invalid('All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes');
  }
  if (pool.refusesMfaEcho && (mfa === 'ON' || mfa === 'OPTIONAL') && !sms) {
    throw invalid(
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    );
  }
  if (verified.includes('phone_number') && !sms) {
    throw invalid('SMS configuration is required when phone_number is selected for auto verification');
  }
  if (mfa === 'ON' && pool.members['MfaConfiguration'] !== 'ON') {
    throw invalid('Cannot turn MFA functionality ON, once the user pool has been created');
  }
  const lambda = objectAt(next, 'LambdaConfig');
  const newer = objectAt(lambda, 'PreTokenGenerationConfig')['LambdaArn'];
  if (newer !== undefined && lambda['PreTokenGeneration'] !== undefined && newer !== lambda['PreTokenGeneration']) {
    throw invalid("Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's");
  }
  const tier = next['UserPoolTier'];
  const security = objectAt(next, 'UserPoolAddOns')['AdvancedSecurityMode'];
  const version = objectAt(lambda, 'PreTokenGenerationConfig')['LambdaVersion'];
  const beyond = [
    ...(tier !== 'PLUS' && security !== undefined && security !== 'OFF' ? ['Threat Protection'] : []),
    ...(tier === 'LITE' && version === 'V2_0' ? ['Token Customization with Pre-Token Generation Lambda V2'] : []),
  ];
  if (beyond.length > 0) {
    throw cognitoRefusal(
      'FeatureUnavailableInTierException',
      `The following features need to be disabled for the ${tier} pricing tier configured: ${beyond.join(', ')}`,
    );
  }
  const template = objectAt(input, 'VerificationMessageTemplate');
  for (const [twin, member] of twins) {
    if (input[twin] !== undefined && template[member] !== undefined && input[twin] !== template[member]) {
      // Our reading: nobody has recorded the text.
      throw invalid(`${twin} and VerificationMessageTemplate.${member} must be the same`);
    }
  }
  if (pool.smsRoleBroken && sms) {
    throw cognitoRefusal(
      'InvalidSmsRoleTrustRelationshipException',
      'Role does not have a trust relationship allowing Cognito to assume the role',
    );
  }
}
