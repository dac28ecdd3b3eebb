import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import { listAt, objectAt } from './json';
import { legacyMessages } from './legacy-messages';
import type { Pool } from './state';

const invalid = (message: string) => cognitoException('InvalidParameterException', message);

/**
 * Checks members that exclude or need each other: those that an update sends (`input`), or those that the pool would have
 * afterwards (`next`). The messages are Cognito's, as people report them. Throws `AwsException`.
 */
export function checkConflicts(pool: Pool, input: JsonObject, next: JsonObject): void {
  const password = objectAt(objectAt(input, 'Policies'), 'PasswordPolicy');
  const autoVerified = listAt(next, 'AutoVerifiedAttributes');
  const mfa = input['MfaConfiguration'];
  const sendsSms = input['SmsConfiguration'] !== undefined;
  if (
    objectAt(input, 'AdminCreateUserConfig')['UnusedAccountValidityDays'] !== undefined &&
    password['TemporaryPasswordValidityDays'] !== undefined
  ) {
    throw invalid('Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays');
  }
  const verifiedFirst = listAt(
    objectAt(next, 'UserAttributeUpdateSettings'),
    'AttributesRequireVerificationBeforeUpdate',
  );
  if (verifiedFirst.some((attribute) => !autoVerified.includes(attribute))) {
    throw invalid('All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes');
  }
  if (pool.refusesMfaEcho && (mfa === 'ON' || mfa === 'OPTIONAL') && !sendsSms) {
    throw invalid(
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    );
  }
  if (autoVerified.includes('phone_number') && !sendsSms) {
    throw invalid('SMS configuration is required when phone_number is selected for auto verification');
  }
  if (mfa === 'ON' && pool.members['MfaConfiguration'] !== 'ON') {
    throw invalid('Cannot turn MFA functionality ON, once the user pool has been created');
  }
  const lambda = objectAt(next, 'LambdaConfig');
  const versionedArn = objectAt(lambda, 'PreTokenGenerationConfig')['LambdaArn'];
  if (
    versionedArn !== undefined &&
    lambda['PreTokenGeneration'] !== undefined &&
    versionedArn !== lambda['PreTokenGeneration']
  ) {
    throw invalid("Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's");
  }
  const tier = next['UserPoolTier'];
  const security = objectAt(next, 'UserPoolAddOns')['AdvancedSecurityMode'];
  const version = objectAt(lambda, 'PreTokenGenerationConfig')['LambdaVersion'];
  const unavailable = [
    ...(tier !== 'PLUS' && security !== undefined && security !== 'OFF' ? ['Threat Protection'] : []),
    ...(tier === 'LITE' && version === 'V2_0' ? ['Token Customization with Pre-Token Generation Lambda V2'] : []),
  ];
  if (unavailable.length > 0) {
    throw cognitoException(
      'FeatureUnavailableInTierException',
      `The following features need to be disabled for the ${tier} pricing tier configured: ${unavailable.join(', ')}`,
    );
  }
  const template = objectAt(input, 'VerificationMessageTemplate');
  for (const [legacyName, member] of legacyMessages) {
    if (input[legacyName] !== undefined && template[member] !== undefined && input[legacyName] !== template[member]) {
      // Our reading: no message is on record.
      throw invalid(`${legacyName} and VerificationMessageTemplate.${member} must be the same`);
    }
  }
  if (pool.smsRoleBroken && sendsSms) {
    throw cognitoException(
      'InvalidSmsRoleTrustRelationshipException',
      'Role does not have a trust relationship allowing Cognito to assume the role',
    );
  }
}
