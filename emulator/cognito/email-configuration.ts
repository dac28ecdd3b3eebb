import type { Behaviours } from '../behaviours';
import { cognitoException } from '../errors';
import { regionRow } from '../regions';
import type { Identity } from '../ses/state';
import type { JsonObject } from '../types';
import type { EmailContext } from './context';
import { addressIn, coversFrom } from './from-address';
import { allowsSending } from './sending-authorization';
import { parseSourceArn, sesRegionsOf } from './source-arn';
import type { Pool } from './state';

const invalid = (message: string) => cognitoException('InvalidParameterException', message);
const stringAt = (json: JsonObject, member: string): string | undefined =>
  json[member] === undefined || json[member] === null ? undefined : String(json[member]);

/**
 * Checks an EmailConfiguration that UpdateUserPool is sent, with Cognito's own messages. `next` is what the pool would have
 * afterwards. A member that stays from before is checked only where a sent member needs it: otherwise no change of the
 * sender would be possible where Cognito merges. Throws `AwsException`.
 */
export function checkEmailConfiguration(sent: JsonObject, next: JsonObject, pool: Pool, context: EmailContext): void {
  const { behaviours } = context;
  const sender = stringAt(next, 'EmailSendingAccount');
  const source = stringAt(next, 'SourceArn');
  const from = stringAt(sent, 'From');
  const set = stringAt(sent, 'ConfigurationSet');
  // Our reading: no message is on record.
  if (sender !== 'COGNITO_DEFAULT' && sender !== 'DEVELOPER') throw invalid(`Invalid EmailSendingAccount: ${sender}`);
  if (sender === 'DEVELOPER' && source === undefined) {
    throw invalid('Source ARN is required to use DEVELOPER email sending owner');
  }
  if (sender === 'COGNITO_DEFAULT') {
    if (from !== undefined && behaviours.defaultSenderFrom === 'refuse') {
      throw invalid('Cannot configure From email address for default email configuration');
    }
    // Our reading: neither message is on record.
    if (set !== undefined) throw invalid('Cannot configure ConfigurationSet for default email configuration');
    if (pool.emailMfa && behaviours.defaultSenderWithEmailMfa === 'refuse') {
      throw invalid('EmailSendingAccount cannot be COGNITO_DEFAULT while EmailMfaConfiguration is set');
    }
  }
  // Our reading: no message is on record.
  if (set !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/.test(set))
    throw invalid('Invalid EmailConfiguration.ConfigurationSet');
  if (from !== undefined && addressIn(from) === undefined) throw invalid('Provided From email address is invalid');
  if (source === undefined) {
    // Our reading: no message is on record.
    if (from !== undefined) throw invalid('EmailConfiguration.SourceArn is required to use From');
    return;
  }
  if (sent['SourceArn'] === undefined && sender === 'COGNITO_DEFAULT' && from === undefined) return;
  checkSourceArn(source, sender, from ?? (isAddress(source) ? undefined : stringAt(next, 'From')), context);
}

/** An ARN that names an address needs no `From`. */
const isAddress = (arn: string) => arn.includes('@');

function checkSourceArn(source: string, sender: string, from: string | undefined, context: EmailContext): void {
  const { behaviours, poolRegion, account } = context;
  const parts = parseSourceArn(source);
  // Our reading: no message is on record.
  if (!parts) throw invalid('Invalid EmailConfiguration.SourceArn');
  // An ARN of another partition belongs to no account of this one.
  if (parts.account !== account || parts.partition !== context.poolArn.split(':')[1])
    throw cognitoException('NotAuthorizedException', 'Email arn does not belong to your account');
  const row = regionRow(poolRegion);
  if (parts.region === '*') {
    const isUsable = row?.category === 'alternate' && sender === 'COGNITO_DEFAULT';
    if (behaviours.wildcardSourceArn === 'refuse' || !isUsable) {
      // Our reading: no message is on record.
      throw invalid(
        `Value '${source}' at 'emailConfiguration.sourceArn' failed to satisfy constraint: ArnType pattern`,
      );
    }
  } else if (row && !row.sesRegions.includes(parts.region)) {
    const list = [...row.sesRegions].sort().join(', ');
    throw invalid(
      `Invalid EmailConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: ${list}.`,
    );
  }
  for (const region of sesRegionsOf(poolRegion, parts.region)) {
    const identity = context.ses(region).identities.get(parts.identity);
    if (sender === 'DEVELOPER') {
      // A policy is not checked: with a wrong principal the update succeeds, and the e-mail is not sent.
      if (!identity || !isVisiblyVerified(identity, behaviours)) throw unverified(source, region, behaviours);
    } else if (
      !identity ||
      !isVisiblyVerified(identity, behaviours) ||
      !allowsSending(identity, region, from, context)
    ) {
      // The same exception for all three: Cognito checks its own permission before anything else.
      throw cognitoException(
        'InvalidEmailRoleAccessPolicyException',
        'Cognito is not allowed to use your email identity',
      );
    }
  }
  if (!coversFrom(parts.identity, from)) throw invalid('Provided From email address is invalid');
}

const isVisiblyVerified = ({ verified, verifiedAt }: Identity, { verificationVisibleAfterMs }: Behaviours) =>
  verified && verifiedAt <= Date.now() - verificationVisibleAfterMs;

/** Two messages are on record for an identity that Cognito does not see as verified. The second one is wrong about the sandbox. */
function unverified(source: string, region: string, { unverifiedIdentityError }: Behaviours) {
  return invalid(
    unverifiedIdentityError === 'sandbox'
      ? 'Amazon SES account is in Sandbox. Verify Send-to email address or Amazon SES Account'
      : `Cognito received the following error from Amazon SES when attempting to send email: Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${source}`,
  );
}
