import { cognitoRefusal } from '../errors';
import type { Json, JsonObject, Modes } from '../types';
import { checkEmail, type EmailContext } from './email-rules';
import { defaults, type Pool } from './world';

const invalid = (message: string) => cognitoRefusal('InvalidParameterException', message);
const objectAt = (json: JsonObject, member: string): JsonObject => {
  const value = json[member];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};
const listAt = (json: JsonObject, member: string): readonly Json[] => {
  const value = json[member];
  return Array.isArray(value) ? value : [];
};

/** Members of UpdateUserPool that the API documents. */
const members = new Set(
  `Policies DeletionProtection LambdaConfig AutoVerifiedAttributes SmsVerificationMessage EmailVerificationMessage
  EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage UserAttributeUpdateSettings
  MfaConfiguration DeviceConfiguration EmailConfiguration SmsConfiguration UserPoolTags AdminCreateUserConfig
  UserPoolAddOns AccountRecoverySetting UserPoolTier DcrConfiguration KeyConfiguration IssuerConfiguration
  AcrConfiguration PoolName UserPoolId`.split(/\s+/),
);
/** Members of DescribeUserPool's answer that no update takes. */
const readOnly = new Set(
  `Id Name Status LastModifiedDate CreationDate SchemaAttributes AliasAttributes UsernameAttributes
  UsernameConfiguration EstimatedNumberOfUsers SmsConfigurationFailure EmailConfigurationFailure Domain CustomDomain
  Arn`.split(/\s+/),
);

/** Replaces a pool's settings by what an UpdateUserPool sends: whatever it leaves out goes back to its default. */
export function updatePool(pool: Pool, input: JsonObject, context: EmailContext): void {
  if (pool.importing) {
    throw cognitoRefusal(
      'UserImportInProgressException',
      'Cannot modify user pool while a user import is in progress.',
    );
  }
  const stay = context.modes.tags === 'merge' ? objectAt(pool.members, 'UserPoolTags') : {};
  const tags = { ...stay, ...objectAt(input, 'UserPoolTags') };
  checkMembers(input, context);
  checkTags(objectAt(input, 'UserPoolTags'), tags);
  checkConflicts(pool, input);
  const { UserPoolId: _id, PoolName, UserPoolTags: _tags, ...sent } = input;
  const email = sent['EmailConfiguration'];
  if (email !== undefined) checkEmail(objectAt(input, 'EmailConfiguration'), pool, context);
  const kept: JsonObject = {
    // Measured: an omitted MfaConfiguration stays.
    MfaConfiguration: pool.members['MfaConfiguration'] ?? 'OFF',
    ...(context.modes.omittedEmailConfiguration === 'keep' && {
      EmailConfiguration: pool.members['EmailConfiguration'] ?? {},
    }),
  };
  const forgotten = new Set(pool.forgets ?? []);
  const settings = Object.entries({
    ...sent,
    ...(email !== undefined && {
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...objectAt(input, 'EmailConfiguration') },
    }),
  }).filter(([member]) => !forgotten.has(member));
  pool.members = structuredClone({
    Name: PoolName ?? pool.members['Name'] ?? '',
    ...readOnlyOf(pool, context.modes),
    ...defaults,
    ...kept,
    ...Object.fromEntries(settings),
    UserPoolTags: tags,
  });
  pool.modified = Date.now() / 1000;
}

/** Cognito's own members, which a test may have put on a pool, outlive every update; so do those that no update takes. */
function readOnlyOf(pool: Pool, { unknownMembers }: Modes): JsonObject {
  const isOwn = (member: string) =>
    readOnly.has(member) ? member !== 'Name' : unknownMembers === 'refuse' && !members.has(member);
  return Object.fromEntries(Object.entries(pool.members).filter(([member]) => isOwn(member)));
}

function checkMembers(input: JsonObject, { modes }: EmailContext): void {
  for (const [member, value] of Object.entries(input)) {
    if (value === null) throw cognitoRefusal('SerializationException', `${member} cannot be null`);
    if (readOnly.has(member)) throw invalid(`Unrecognized member: ${member}`);
    if (!members.has(member) && modes.unknownMembers === 'refuse') throw invalid(`Unrecognized member: ${member}`);
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

/** Rules on tags that somebody writes, and on all that the pool would have then. */
export function checkTags(written: JsonObject, all: JsonObject): void {
  if (Object.keys(written).some((key) => key.startsWith('aws:'))) {
    throw invalid('aws: prefixed tag key names are not allowed');
  }
  if (Object.keys(all).length > 50) {
    throw cognitoRefusal('UserPoolTaggingException', 'A user pool has at most 50 tags.');
  }
}

/** The conflicts between members, with Cognito's texts as people have reported them. */
function checkConflicts(pool: Pool, input: JsonObject): void {
  const password = objectAt(objectAt(input, 'Policies'), 'PasswordPolicy');
  const verified = listAt(input, 'AutoVerifiedAttributes');
  const mfa = input['MfaConfiguration'];
  const sms = input['SmsConfiguration'] !== undefined;
  if (
    objectAt(input, 'AdminCreateUserConfig')['UnusedAccountValidityDays'] !== undefined &&
    password['TemporaryPasswordValidityDays'] !== undefined
  ) {
    throw invalid('Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays');
  }
  const before = listAt(objectAt(input, 'UserAttributeUpdateSettings'), 'AttributesRequireVerificationBeforeUpdate');
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
  const lambda = objectAt(input, 'LambdaConfig');
  const newer = objectAt(lambda, 'PreTokenGenerationConfig')['LambdaArn'];
  if (newer !== undefined && lambda['PreTokenGeneration'] !== undefined && newer !== lambda['PreTokenGeneration']) {
    throw invalid("Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's");
  }
  const tier = input['UserPoolTier'] ?? 'ESSENTIALS';
  const security = objectAt(input, 'UserPoolAddOns')['AdvancedSecurityMode'];
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
  for (const [legacy, member] of [
    ['EmailVerificationMessage', 'EmailMessage'],
    ['EmailVerificationSubject', 'EmailSubject'],
    ['SmsVerificationMessage', 'SmsMessage'],
  ] as const) {
    if (input[legacy] !== undefined && template[member] !== undefined && input[legacy] !== template[member]) {
      throw invalid(`${legacy} and VerificationMessageTemplate.${member} must be the same`);
    }
  }
  if (pool.smsRoleBroken && sms) {
    throw cognitoRefusal(
      'InvalidSmsRoleTrustRelationshipException',
      'Role does not have a trust relationship allowing Cognito to assume the role',
    );
  }
}
