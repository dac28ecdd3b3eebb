import type { JsonObject } from '../types';

/** A user pool. `members` are its settings as they are stored, known to anybody or not. */
export interface Pool {
  readonly id: string;
  members: JsonObject;
  /** `aws:` tags, which the service writes itself. */
  systemTags: JsonObject;
  emailMfa?: JsonObject;
  /** What else GetUserPoolMfaConfig tells, such as SoftwareTokenMfaConfiguration. */
  mfaFactors?: JsonObject;
  importing?: boolean;
  /** Its SMS role was deleted or changed: an echo of SmsConfiguration is refused. */
  smsRoleBroken?: boolean;
  /** Refuses its own MfaConfiguration where no SmsConfiguration comes with it, as some pools do. */
  refusesMfaEcho?: boolean;
  /** Members (`Policies.PasswordPolicy` for an inner one) that each update sets to their default, sent or not: a loss. */
  forgets?: readonly string[];
  /** Members that fall to their default where an update leaves them out, also those that Cognito is known to keep. */
  resetsOmitted?: readonly string[];
  /** Members that this pool refuses to be sent back, naming them. */
  refusesEchoOf?: readonly string[];
  users: number;
  /** When it was last updated, in seconds since the epoch. Tags written by themselves leave it: nobody has shown either. */
  modified: number;
}

/** User pools of one Region and account. */
export interface CognitoState {
  readonly pools: Map<string, Pool>;
  /** Adds a pool with these settings, unchecked: a test may put anything there. Answers its id. */
  addPool(members?: JsonObject, options?: { readonly id?: string }): string;
  /** A pool as DescribeUserPool answers it. */
  describe(id: string): JsonObject;
}

/** What Cognito gives a setting that nobody sets. */
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

/** User pools of a Region; `arnPrefix` is `arn:PARTITION:cognito-idp:REGION:ACCOUNT`. */
export function cognitoState(region: string, arnPrefix: string): CognitoState {
  const pools = new Map<string, Pool>();
  let added = 0;
  return {
    pools,
    addPool: (members = {}, { id = `${region}_Pool${added + 1}` } = {}) => {
      added += 1;
      const { UserPoolTags: tags = {}, ...settings } = members;
      const all = Object.entries(tags as JsonObject);
      pools.set(id, {
        id,
        members: {
          Name: `pool ${id}`,
          ...defaults,
          ...settings,
          UserPoolTags: Object.fromEntries(all.filter(([key]) => !key.startsWith('aws:'))),
        },
        systemTags: Object.fromEntries(all.filter(([key]) => key.startsWith('aws:'))),
        users: 3,
        modified: 1_700_000_000,
      });
      return id;
    },
    describe: (id) => {
      const pool = pools.get(id);
      return pool ? described(pool, arnPrefix) : {};
    },
  };
}

/** The `UserPool` member of DescribeUserPool's answer. */
export function described(pool: Pool, arnPrefix: string): JsonObject {
  const { UserPoolTags, ...members } = pool.members;
  return {
    Id: pool.id,
    Arn: `${arnPrefix}:userpool/${pool.id}`,
    Status: 'Enabled',
    CreationDate: 1_690_000_000.123,
    LastModifiedDate: pool.modified,
    EstimatedNumberOfUsers: pool.users,
    SchemaAttributes: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
    UsernameConfiguration: { CaseSensitive: false },
    ...mirrored(structuredClone(members)),
    UserPoolTags: { ...pool.systemTags, ...(UserPoolTags as JsonObject) },
  };
}

/** Settings that also show under their old names. */
function mirrored(members: JsonObject): JsonObject {
  const { Policies, AdminCreateUserConfig, VerificationMessageTemplate } = members as Record<
    string,
    JsonObject | undefined
  >;
  const { EmailMessage, EmailSubject, SmsMessage } = VerificationMessageTemplate ?? {};
  const days = (Policies?.['PasswordPolicy'] as JsonObject | undefined)?.['TemporaryPasswordValidityDays'];
  return {
    ...(EmailMessage !== undefined && { EmailVerificationMessage: EmailMessage }),
    ...(EmailSubject !== undefined && { EmailVerificationSubject: EmailSubject }),
    ...(SmsMessage !== undefined && { SmsVerificationMessage: SmsMessage }),
    ...members,
    // No update takes it beside the newer one.
    ...(days !== undefined && { AdminCreateUserConfig: { ...AdminCreateUserConfig, UnusedAccountValidityDays: days } }),
  };
}
