import { cognitoRefusal } from '../errors';
import { rowOf } from '../regions';
import type { Identity, SesState } from '../ses/state';
import type { Behaviours, JsonObject } from '../types';
import { addressIn, covers } from './sender';
import { isGranted } from './sending-authorization';
import type { Pool } from './state';

/** What Cognito knows when it looks at a pool's e-mail. */
export interface EmailContext {
  readonly poolRegion: string;
  readonly account: string;
  readonly poolArn: string;
  readonly modes: Behaviours;
  readonly ses: (region: string) => SesState;
}

const invalid = (message: string) => cognitoRefusal('InvalidParameterException', message);
const textAt = (json: JsonObject, member: string): string | undefined =>
  json[member] === undefined || json[member] === null ? undefined : String(json[member]);

/** Region (or `*`), account and name in a SourceArn. */
export function partsOf(arn: string) {
  const [, partition = '', service, region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service !== 'ses' || !resource.startsWith('identity/')) return undefined;
  return { partition, region, account, identity: resource.slice('identity/'.length) };
}

/** The Regions whose SES an EmailConfiguration with this ARN Region uses. */
export function regionsUsed(poolRegion: string, arnRegion: string): readonly string[] {
  return arnRegion === '*' ? (rowOf(poolRegion)?.sesRegions ?? []) : [arnRegion];
}

/**
 * Cognito's rules on an EmailConfiguration that UpdateUserPool is sent, with Cognito's own texts. `next` is what would be
 * there then: of members that stay from before nothing is asked but what a sent one needs beside it, or no switch between
 * senders could pass where Cognito merges.
 */
export function checkEmail(sent: JsonObject, next: JsonObject, pool: Pool, context: EmailContext): void {
  const { modes } = context;
  const sender = textAt(next, 'EmailSendingAccount');
  const source = textAt(next, 'SourceArn');
  const from = textAt(sent, 'From');
  const set = textAt(sent, 'ConfigurationSet');
  // Our reading: nobody has recorded the text.
  if (sender !== 'COGNITO_DEFAULT' && sender !== 'DEVELOPER') throw invalid(`Invalid EmailSendingAccount: ${sender}`);
  if (sender === 'DEVELOPER' && source === undefined) {
    throw invalid('Source ARN is required to use DEVELOPER email sending owner');
  }
  if (sender === 'COGNITO_DEFAULT') {
    if (from !== undefined && modes.defaultSenderFrom === 'refuse') {
      throw invalid('Cannot configure From email address for default email configuration');
    }
    // Our reading: nobody has recorded these two texts.
    if (set !== undefined) throw invalid('Cannot configure ConfigurationSet for default email configuration');
    if (pool.emailMfa && modes.defaultSenderWithEmailMfa === 'refuse') {
      throw invalid('EmailSendingAccount cannot be COGNITO_DEFAULT while EmailMfaConfiguration is set');
    }
  }
  // Our reading: nobody has recorded the text.
  if (set !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/.test(set))
    throw invalid('Invalid EmailConfiguration.ConfigurationSet');
  if (from !== undefined && addressIn(from) === undefined) throw invalid('Provided From email address is invalid');
  if (source === undefined) {
    // Our reading: nobody has recorded the text.
    if (from !== undefined) throw invalid('EmailConfiguration.SourceArn is required to use From');
    return;
  }
  if (sent['SourceArn'] === undefined && sender === 'COGNITO_DEFAULT' && from === undefined) return;
  checkSource(source, sender, from ?? (isAddress(source) ? undefined : textAt(next, 'From')), context);
}

/** Does an ARN name an address, which can send without a `From`? */
const isAddress = (arn: string) => arn.includes('@');

function checkSource(source: string, sender: string, from: string | undefined, context: EmailContext): void {
  const { modes, poolRegion, account } = context;
  const parts = partsOf(source);
  // Our reading: nobody has recorded the text.
  if (!parts) throw invalid('Invalid EmailConfiguration.SourceArn');
  // An ARN of another partition belongs to no account of this one.
  if (parts.account !== account || parts.partition !== context.poolArn.split(':')[1])
    throw cognitoRefusal('NotAuthorizedException', 'Email arn does not belong to your account');
  const row = rowOf(poolRegion);
  if (parts.region === '*') {
    const fits = row?.category === 'alternate' && sender === 'COGNITO_DEFAULT';
    if (modes.wildcardSourceArn === 'refuse' || !fits) {
      // Our reading: nobody has recorded the text.
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
  for (const region of regionsUsed(poolRegion, parts.region)) {
    const identity = context.ses(region).identities.get(parts.identity);
    if (sender === 'DEVELOPER') {
      // Elsewhere, a wrong principal is said to fail silently: mail does not go out, the update succeeds.
      if (!identity || !isSeenVerified(identity, modes)) throw unverified(source, region, modes);
    } else if (!identity || !isSeenVerified(identity, modes) || !isGranted(identity, region, from, context)) {
      // One answer to all three: Cognito asks for its own right before it looks at anything else.
      throw cognitoRefusal(
        'InvalidEmailRoleAccessPolicyException',
        'Cognito is not allowed to use your email identity',
      );
    }
  }
  if (!covers(parts.identity, from)) throw invalid('Provided From email address is invalid');
}

const isSeenVerified = ({ verified, verifiedAt }: Identity, { verificationVisibleAfterMs }: Behaviours) =>
  verified && verifiedAt <= Date.now() - verificationVisibleAfterMs;

/** Two texts are on record for an identity that Cognito does not see verified; the second names a sandbox, wrongly. */
function unverified(source: string, region: string, { unseenVerification }: Behaviours) {
  return invalid(
    unseenVerification === 'sandbox'
      ? 'Amazon SES account is in Sandbox. Verify Send-to email address or Amazon SES Account'
      : `Cognito received the following error from Amazon SES when attempting to send email: Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${source}`,
  );
}
