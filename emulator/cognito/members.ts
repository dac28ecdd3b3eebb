/** Members of UpdateUserPool that the API documents. */
export const updatableMembers: ReadonlySet<string> = new Set(
  `Policies DeletionProtection LambdaConfig AutoVerifiedAttributes SmsVerificationMessage EmailVerificationMessage
  EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage UserAttributeUpdateSettings
  MfaConfiguration DeviceConfiguration EmailConfiguration SmsConfiguration UserPoolTags AdminCreateUserConfig
  UserPoolAddOns AccountRecoverySetting UserPoolTier DcrConfiguration KeyConfiguration IssuerConfiguration
  AcrConfiguration PoolName UserPoolId`.split(/\s+/),
);

/** Members of DescribeUserPool's response that no update takes. */
export const readOnlyMembers: ReadonlySet<string> = new Set(
  `Id Name Status LastModifiedDate CreationDate SchemaAttributes AliasAttributes UsernameAttributes
  UsernameConfiguration EstimatedNumberOfUsers SmsConfigurationFailure EmailConfigurationFailure Domain CustomDomain
  Arn`.split(/\s+/),
);
