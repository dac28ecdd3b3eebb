import { filtered, isObject, type JsonObject, objectAt, stringAt, valueAt } from '../json';
import { poolTag } from '../tags';
import { emailMembers, ourEmail } from './email-members';
import { isEchoed, isKnownUpdateMember } from './members';

/** What an update of the pool changes; everything else is sent back as it was described. */
export interface Change {
  /** What our members of `EmailConfiguration` become. */
  readonly emailConfiguration: JsonObject;
  /** The value of our tag; undefined takes it off. */
  readonly tag: string | undefined;
  /** Members (`AdminCreateUserConfig.UnusedAccountValidityDays` for an inner one) that Cognito would not take back. */
  readonly without: readonly string[];
}

/**
 * The body of an UpdateUserPool that changes the e-mail and keeps the rest: UpdateUserPool resets what it is not told.
 * `described` is the `UserPool` member of DescribeUserPool's answer, raw.
 */
export function updateRequest(described: JsonObject, change: Change): JsonObject {
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

/** `aws:` tags are the service's: Cognito keeps them and refuses to be sent them. */
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
 * New pools answer these two, and nobody has shown yet that an update takes them back. Whether they stay when they are
 * left out is looked at afterwards, as for every member.
 */
const mayBeRefused = ['KeyConfiguration', 'IssuerConfiguration'];

/**
 * The member that a refused update may do without, or undefined where leaving anything out could reset it. `refusal` is
 * the text of Cognito's error; of the members that no SDK knows (they may be read-only) one is dropped, and no more.
 */
export function droppable(refusal: string, body: JsonObject, without: readonly string[]): string | undefined {
  if (refusal.includes('instead of UnusedAccountValidityDays')) {
    return without.includes(unusedAccountValidityDays) ? undefined : unusedAccountValidityDays;
  }
  // A pool without SMS refuses the echo of its own MFA setting; omitted, the setting stays.
  if (refusal.includes('are required when MFA is required/optional')) {
    return stringAt(body, 'MfaConfiguration') && 'MfaConfiguration';
  }
  const isNamed = (member: string) => new RegExp(`(?<![A-Za-z])${escaped(member)}(?![A-Za-z])`, 'i').test(refusal);
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
