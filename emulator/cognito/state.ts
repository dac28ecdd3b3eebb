import type { JsonObject } from '../types';
import { defaults } from './defaults';

/** A user pool. `members` are its settings as they are stored, also those that no API knows. */
export interface Pool {
  readonly id: string;
  members: JsonObject;
  /** `aws:` tags, which only AWS writes. */
  systemTags: JsonObject;
  emailMfa?: JsonObject;
  /** What else GetUserPoolMfaConfig returns, such as SoftwareTokenMfaConfiguration. */
  mfaFactors?: JsonObject;
  importing?: boolean;
  /** Its SMS role was deleted or changed: SmsConfiguration is refused, even unchanged. */
  smsRoleBroken?: boolean;
  /** Refuses its own MfaConfiguration where it is sent without SmsConfiguration, as some pools do. */
  refusesMfaEcho?: boolean;
  /** Members (`Policies.PasswordPolicy` for a nested one) that each update resets to their default, sent or not. */
  forgets?: readonly string[];
  /** Members that are reset to their default where an update omits them, also those that Cognito is known to keep. */
  resetsOmitted?: readonly string[];
  /** Members that this pool refuses by name, even unchanged. */
  refusesEchoOf?: readonly string[];
  users: number;
  /** When it was last updated, in seconds since the epoch. TagResource and UntagResource leave it: our reading. */
  modified: number;
}

/** User pools of one Region and account. */
export interface CognitoState {
  readonly pools: Map<string, Pool>;
  /** Adds a pool with these settings, without any check. Returns its id. */
  addPool(members?: JsonObject, options?: { readonly id?: string }): string;
  /** A pool as DescribeUserPool returns it; without members where it does not exist. */
  describe(id: string): JsonObject;
}

/** User pools of a Region; `arnPrefix` is `arn:PARTITION:cognito-idp:REGION:ACCOUNT`. */
export function cognitoState(region: string, arnPrefix: string): CognitoState {
  const pools = new Map<string, Pool>();
  let added = 0;
  return {
    pools,
    addPool: (members = {}, { id = `${region}_Pool${added + 1}` } = {}) => {
      added += 1;
      const { UserPoolTags: tags = {}, ...settings } = members;
      const allTags = Object.entries(tags as JsonObject);
      pools.set(id, {
        id,
        members: {
          Name: `pool ${id}`,
          ...defaults,
          ...settings,
          UserPoolTags: Object.fromEntries(allTags.filter(([key]) => !key.startsWith('aws:'))),
        },
        systemTags: Object.fromEntries(allTags.filter(([key]) => key.startsWith('aws:'))),
        users: 3,
        modified: 1_700_000_000,
      });
      return id;
    },
    describe: (id) => {
      const pool = pools.get(id);
      return pool ? describePool(pool, arnPrefix) : {};
    },
  };
}

/** The `UserPool` member of DescribeUserPool's response. */
export function describePool(pool: Pool, arnPrefix: string): JsonObject {
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
    ...withLegacyMembers(structuredClone(members)),
    UserPoolTags: { ...pool.systemTags, ...(UserPoolTags as JsonObject) },
  };
}

/** Adds what DescribeUserPool returns under legacy names, too. */
function withLegacyMembers(members: JsonObject): JsonObject {
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
    // An update with both members is refused.
    ...(days !== undefined && { AdminCreateUserConfig: { ...AdminCreateUserConfig, UnusedAccountValidityDays: days } }),
  };
}
