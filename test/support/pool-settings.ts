import type { JsonObject } from '../../emulator/types';

/** A value away from Cognito's default for every member of UpdateUserPool that an echo must not lose. */
export const settings: JsonObject = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 14,
      RequireUppercase: false,
      RequireLowercase: true,
      RequireNumbers: false,
      RequireSymbols: false,
      PasswordHistorySize: 5,
      TemporaryPasswordValidityDays: 3,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
  },
  DeletionProtection: 'ACTIVE',
  LambdaConfig: {
    PreSignUp: 'arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up',
    CustomEmailSender: {
      LambdaVersion: 'V1_0',
      LambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:sender',
    },
    KMSKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/1',
    PreTokenGeneration: 'arn:aws:lambda:eu-west-1:111122223333:function:token',
    PreTokenGenerationConfig: {
      LambdaVersion: 'V2_0',
      LambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:token',
    },
  },
  AutoVerifiedAttributes: ['email'],
  SmsVerificationMessage: 'Your code is {####}, says Acme',
  EmailVerificationMessage: 'Code {####}',
  EmailVerificationSubject: 'Acme: your code',
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_LINK',
    EmailMessage: 'Code {####}',
    EmailSubject: 'Acme: your code',
    EmailMessageByLink: 'Click {##here##}',
    EmailSubjectByLink: 'Acme: your link',
    SmsMessage: 'Your code is {####}, says Acme',
  },
  SmsAuthenticationMessage: 'Sign in with {####}',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  MfaConfiguration: 'OPTIONAL',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  SmsConfiguration: {
    SnsCallerArn: 'arn:aws:iam::111122223333:role/sms',
    ExternalId: 'acme',
    SnsRegion: 'eu-west-1',
  },
  UserPoolTags: { team: 'identity', 'cost:centre': '42' },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailMessage: '{username} {####}',
      EmailSubject: 'Welcome',
      SMSMessage: '{username} {####}',
    },
  },
  UserPoolAddOns: {
    AdvancedSecurityMode: 'ENFORCED',
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' },
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
  UserPoolTier: 'PLUS',
  DcrConfiguration: { EnableStatus: 'DISABLED' },
  KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/2' },
  IssuerConfiguration: { Type: 'UPDATED' },
  AcrConfiguration: { Acrs: ['urn:acme:high'] },
};

/** Settings that no SDK of today knows, at the top and inside known ones. */
export const futureSettings: JsonObject = {
  PasskeyVault: { Mode: 'STRICT', Vaults: [{ Name: 'a', Weight: 0.5 }], Nothing: {}, Empty: [] },
  QuantumSafe: true,
  Policies: {
    PasswordPolicy: { MinimumLength: 12, ForbidKeyboardWalks: 'YES' },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'], Fallback: { AfterCall: 3 } },
  },
  LambdaConfig: { PostPasskey: 'arn:aws:lambda:eu-west-1:111122223333:function:passkey' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, InviteBy: 'PIGEON' },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', DkimAlignment: 'STRICT' },
};

/** Members that cannot stand alone on a pool, and what they need beside them. */
const companions: Readonly<Record<string, readonly string[]>> = {
  UserAttributeUpdateSettings: ['AutoVerifiedAttributes'],
  UserPoolAddOns: ['UserPoolTier'],
};

/** The settings of one member, with what it cannot do without. */
export function alone(member: string): JsonObject {
  const members = [member, ...(companions[member] ?? [])];
  return Object.fromEntries(Object.entries(settings).filter(([name]) => members.includes(name)));
}
