import type { UpdateUserPoolRequest, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

/**
 * What becomes of each member that DescribeUserPool answers when the pool is updated. Total over the SDK's type: an SDK
 * that knows a new member does not compile until somebody decides about it. Members that no SDK knows are echoed.
 */
export const poolMembers: { readonly [member in keyof UserPoolType]-?: 'echoed' | 'read-only' | 'renamed' } = {
  Id: 'renamed',
  Name: 'renamed',
  Policies: 'echoed',
  DeletionProtection: 'echoed',
  LambdaConfig: 'echoed',
  AutoVerifiedAttributes: 'echoed',
  SmsVerificationMessage: 'echoed',
  EmailVerificationMessage: 'echoed',
  EmailVerificationSubject: 'echoed',
  VerificationMessageTemplate: 'echoed',
  SmsAuthenticationMessage: 'echoed',
  UserAttributeUpdateSettings: 'echoed',
  MfaConfiguration: 'echoed',
  DeviceConfiguration: 'echoed',
  EmailConfiguration: 'echoed',
  SmsConfiguration: 'echoed',
  UserPoolTags: 'echoed',
  AdminCreateUserConfig: 'echoed',
  UserPoolAddOns: 'echoed',
  AccountRecoverySetting: 'echoed',
  UserPoolTier: 'echoed',
  DcrConfiguration: 'echoed',
  KeyConfiguration: 'echoed',
  IssuerConfiguration: 'echoed',
  AcrConfiguration: 'echoed',
  Status: 'read-only',
  LastModifiedDate: 'read-only',
  CreationDate: 'read-only',
  SchemaAttributes: 'read-only',
  AliasAttributes: 'read-only',
  UsernameAttributes: 'read-only',
  UsernameConfiguration: 'read-only',
  EstimatedNumberOfUsers: 'read-only',
  SmsConfigurationFailure: 'read-only',
  EmailConfigurationFailure: 'read-only',
  Domain: 'read-only',
  CustomDomain: 'read-only',
  Arn: 'read-only',
};

/** The members that UpdateUserPool takes, as far as the SDK knows. */
const updateMembers: { readonly [member in keyof UpdateUserPoolRequest]-?: true } = {
  UserPoolId: true,
  PoolName: true,
  Policies: true,
  DeletionProtection: true,
  LambdaConfig: true,
  AutoVerifiedAttributes: true,
  SmsVerificationMessage: true,
  EmailVerificationMessage: true,
  EmailVerificationSubject: true,
  VerificationMessageTemplate: true,
  SmsAuthenticationMessage: true,
  UserAttributeUpdateSettings: true,
  MfaConfiguration: true,
  DeviceConfiguration: true,
  EmailConfiguration: true,
  SmsConfiguration: true,
  UserPoolTags: true,
  AdminCreateUserConfig: true,
  UserPoolAddOns: true,
  AccountRecoverySetting: true,
  UserPoolTier: true,
  DcrConfiguration: true,
  KeyConfiguration: true,
  IssuerConfiguration: true,
  AcrConfiguration: true,
};

/** Is this a member of UpdateUserPool that the SDK knows? */
export function isKnownUpdateMember(member: string): boolean {
  return Object.hasOwn(updateMembers, member);
}

/** What becomes of a member of DescribeUserPool's answer, known or not. */
export function fateOf(member: string): 'echoed' | 'read-only' | 'renamed' {
  return Object.hasOwn(poolMembers, member) ? poolMembers[member as keyof UserPoolType] : 'echoed';
}
