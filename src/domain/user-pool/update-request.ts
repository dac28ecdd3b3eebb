import { filtered, isObject, type JsonObject, objectAt, stringAt, valueAt } from '../json';
import { poolTag } from '../tags';
import { emailMembers, ourEmail } from './email-members';
import { isEchoed, isKnownUpdateMember } from './members';

/** What an update of the pool changes; everything else is sent back as it was described. */
export interface PoolUpdate {
  /** What our members of `EmailConfiguration` become. */
  readonly emailConfiguration: JsonObject;
  /** The value of our tag; undefined takes it off. */
  readonly tag: string | undefined;
  /** Members to leave out, as Cognito refuses them: `AdminCreateUserConfig.UnusedAccountValidityDays` for an inner one. */
  readonly without: readonly string[];
}

/**
 * The body of an UpdateUserPool that changes the e-mail and keeps the rest: UpdateUserPool resets what it is not sent.
 * `described` is the `UserPool` member of DescribeUserPool's answer, raw.
 */
export function updateRequest(described: JsonObject, change: PoolUpdate): JsonObject {
  const body: JsonObject = {
    UserPoolId: described['Id'] ?? null,
    ...(described['Name'] !== undefined && { PoolName: described['Name'] }),
    ...filtered(described, (member) => isEchoed(member) && described[member] !== null),
    EmailConfiguration: {
      ...filtered(objectAt(described, 'EmailConfiguration'), (member) => !emailMembers.includes(member)),
      ...ourEmail(change.emailConfiguration),
    },
    UserPoolTags: tags(objectAt(described, 'UserPoolTags'), change.tag),
  };
  return change.without.reduce(dropped, withoutConflicts(body));
}

/** `aws:` tags are AWS's own: Cognito keeps them, and refuses a request that has them. */
function tags(described: JsonObject, tag: string | undefined): JsonObject {
  const own = filtered(described, (key) => !key.startsWith('aws:') && key !== poolTag);
  return { ...own, ...(tag !== undefined && { [poolTag]: tag }) };
}

const isEmptyObject = (value: unknown) => isObject(value) && Object.keys(value).length === 0;

/** What DescribeUserPool answers and UpdateUserPool refuses to take back together, or empty. */
function withoutConflicts(body: JsonObject): JsonObject {
  const template = objectAt(body, 'VerificationMessageTemplate');
  const differs = (legacy: string, member: string) =>
    template[member] !== undefined && body[legacy] !== undefined && body[legacy] !== template[member];
  const conflicts = [
    // The legacy members mirror the template; where they do not, the template is the one in use.
    differs('EmailVerificationMessage', 'EmailMessage') && 'EmailVerificationMessage',
    differs('EmailVerificationSubject', 'EmailSubject') && 'EmailVerificationSubject',
    differs('SmsVerificationMessage', 'SmsMessage') && 'SmsVerificationMessage',
    isEmptyObject(body['UserPoolAddOns']) && 'UserPoolAddOns',
    isEmptyObject(body['SmsConfiguration']) && 'SmsConfiguration',
    // "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
    objectAt(objectAt(body, 'Policies'), 'PasswordPolicy')['TemporaryPasswordValidityDays'] !== undefined &&
      unusedAccountValidityDays,
  ];
  return conflicts.filter((member) => member !== false).reduce(dropped, body);
}

const unusedAccountValidityDays = 'AdminCreateUserConfig.UnusedAccountValidityDays';

function dropped(body: JsonObject, path: string): JsonObject {
  const [member = '', ...inner] = path.split('.');
  if (!Object.hasOwn(body, member)) return body;
  if (inner.length > 0) return { ...body, [member]: dropped(objectAt(body, member), inner.join('.')) };
  return filtered(body, (other) => other !== member);
}

/**
 * New pools have these two in their description, and it is not documented that an update takes them back. Whether they
 * stay when they are left out is confirmed afterwards, as for every member.
 */
const mayBeRefused = ['KeyConfiguration', 'IssuerConfiguration'];

/**
 * The member that can be left out of an update that Cognito refused; undefined where leaving one out could reset it.
 * `errorText` is Cognito's. Of the members that the SDK lacks (they may be read-only) one is dropped, and no more.
 */
export function droppable(errorText: string, body: JsonObject, without: readonly string[]): string | undefined {
  if (errorText.includes('instead of UnusedAccountValidityDays')) {
    return without.includes(unusedAccountValidityDays) ? undefined : unusedAccountValidityDays;
  }
  // For a pool without SMS Cognito refuses the pool's own MFA setting; left out, the setting stays.
  if (errorText.includes('are required when MFA is required/optional')) {
    return stringAt(body, 'MfaConfiguration') && 'MfaConfiguration';
  }
  const isNamed = (member: string) => new RegExp(`(?<![A-Za-z])${escaped(member)}(?![A-Za-z])`, 'i').test(errorText);
  const known = mayBeRefused.find((member) => valueAt(body, member) !== undefined && isNamed(member));
  if (known !== undefined) return known;
  const isUnknown = (member: string) => !member.includes('.') && !isKnownUpdateMember(member);
  if (without.some(isUnknown)) return undefined;
  const unknown = Object.keys(body).filter((member) => isUnknown(member) && isNamed(member));
  return unknown.length === 1 ? unknown[0] : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
