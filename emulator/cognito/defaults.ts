import type { JsonObject } from '../types';

/** The settings of a pool that was created without any. */
export const defaults: JsonObject = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  DeletionProtection: 'INACTIVE',
  LambdaConfig: {},
  AutoVerifiedAttributes: [],
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  MfaConfiguration: 'OFF',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Priority: 1, Name: 'verified_email' },
      { Priority: 2, Name: 'verified_phone_number' },
    ],
  },
  UserPoolTier: 'ESSENTIALS',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
  IssuerConfiguration: { Type: 'ORIGINAL' },
};

/** Resets the settings at these paths to their defaults; one without a default is removed. */
export function resetToDefaults(settings: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((reset, path) => resetPath(reset, defaults, path.split('.')), settings);
}

function resetPath(json: JsonObject, allDefaults: JsonObject, [member = '', ...nested]: readonly string[]): JsonObject {
  const [current, usual] = [json[member], allDefaults[member]];
  if (nested.length > 0 && isObject(current)) {
    return { ...json, [member]: resetPath(current, isObject(usual) ? usual : {}, nested) };
  }
  const { [member]: _reset, ...rest } = json;
  return usual === undefined ? rest : { ...rest, [member]: usual };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
