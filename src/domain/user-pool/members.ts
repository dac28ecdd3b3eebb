import type { UpdateUserPoolRequest, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

/*
 * What becomes of each member of DescribeUserPool's answer when the pool is updated. The two lists are total over the
 * SDK's types: with an SDK that has a new member this file does not compile until it is decided here. Members
 * that no SDK knows are sent back.
 */

// biome-ignore format: a list to be read as one
const echoed = [
  'Policies', 'DeletionProtection', 'LambdaConfig', 'AutoVerifiedAttributes', 'SmsVerificationMessage',
  'EmailVerificationMessage', 'EmailVerificationSubject', 'VerificationMessageTemplate', 'SmsAuthenticationMessage',
  'UserAttributeUpdateSettings', 'MfaConfiguration', 'DeviceConfiguration', 'EmailConfiguration', 'SmsConfiguration',
  'UserPoolTags', 'AdminCreateUserConfig', 'UserPoolAddOns', 'AccountRecoverySetting', 'UserPoolTier',
  'DcrConfiguration', 'KeyConfiguration', 'IssuerConfiguration', 'AcrConfiguration',
] as const satisfies readonly (keyof UserPoolType & keyof UpdateUserPoolRequest)[];

/** `Id` and `Name` go back under other names, the rest is Cognito's own. */
// biome-ignore format: a list to be read as one
const notEchoed = [
  'Id', 'Name', 'Status', 'LastModifiedDate', 'CreationDate', 'SchemaAttributes', 'AliasAttributes',
  'UsernameAttributes', 'UsernameConfiguration', 'EstimatedNumberOfUsers', 'SmsConfigurationFailure',
  'EmailConfigurationFailure', 'Domain', 'CustomDomain', 'Arn',
] as const satisfies readonly (keyof UserPoolType)[];

type Echoed = (typeof echoed)[number];
type Undecided =
  | Exclude<keyof UserPoolType, Echoed | (typeof notEchoed)[number]>
  | Exclude<keyof UpdateUserPoolRequest, Echoed | 'UserPoolId' | 'PoolName'>;
const undecided: readonly never[] = [] as readonly Undecided[];
const known: ReadonlySet<string> = new Set([...echoed, ...undecided, 'UserPoolId', 'PoolName']);
const kept: ReadonlySet<string> = new Set(notEchoed);

/** Is this a member of UpdateUserPool that the SDK knows? */
export const isKnownUpdateMember = (member: string): boolean => known.has(member);

/** Is this member of DescribeUserPool's answer sent back under its own name? */
export const isEchoed = (member: string): boolean => !kept.has(member);

/** Is this member of DescribeUserPool's answer a setting: can an update set it, or might it, for all that the SDK says? */
export const isSetting = (member: string): boolean => member === 'Name' || isEchoed(member);
