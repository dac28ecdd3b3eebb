import { cognitoRefusal } from '../errors';
import { principalFor, rowOf } from '../regions';
import { allows } from '../ses/evaluate';
import type { Identity, SesWorld } from '../ses/world';
import type { JsonObject, Modes } from '../types';
import type { Pool } from './world';

/** What Cognito knows when it looks at a pool's e-mail. */
export interface EmailContext {
  readonly poolRegion: string;
  readonly account: string;
  readonly poolArn: string;
  readonly modes: Modes;
  readonly ses: (region: string) => SesWorld;
}

const invalid = (message: string) => cognitoRefusal('InvalidParameterException', message);
const textAt = (json: JsonObject, member: string): string | undefined =>
  json[member] === undefined || json[member] === null ? undefined : String(json[member]);

/** The address in a `From`: bare, or in angle brackets. */
export function addressIn(from: string): string | undefined {
  if (/[\r\n\0]/.test(from)) return undefined;
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|[^"<>@,;:]*?)\s*<([^<>@\s]+@[^<>@\s]+)>$/.exec(from);
  return quoted?.[1] ?? (/^[^\s<>@",;:]+@[^\s<>@",;:]+$/.test(from) ? from : undefined);
}

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

/** Cognito's rules on an EmailConfiguration that UpdateUserPool is sent, with Cognito's own texts. */
export function checkEmail(email: JsonObject, pool: Pool, context: EmailContext): void {
  const { modes } = context;
  const sender = textAt(email, 'EmailSendingAccount') ?? 'COGNITO_DEFAULT';
  const source = textAt(email, 'SourceArn');
  const from = textAt(email, 'From');
  const set = textAt(email, 'ConfigurationSet');
  if (sender !== 'COGNITO_DEFAULT' && sender !== 'DEVELOPER') throw invalid(`Invalid EmailSendingAccount: ${sender}`);
  if (sender === 'DEVELOPER' && source === undefined) {
    throw invalid('Source ARN is required to use DEVELOPER email sending owner');
  }
  if (sender === 'COGNITO_DEFAULT') {
    if (from !== undefined && modes.defaultSenderFrom === 'refuse') {
      throw invalid('Cannot configure From email address for default email configuration');
    }
    if (set !== undefined) throw invalid('Cannot configure ConfigurationSet for default email configuration');
    if (pool.emailMfa && modes.defaultSenderWithEmailMfa === 'refuse') {
      throw invalid('EmailSendingAccount cannot be COGNITO_DEFAULT while EmailMfaConfiguration is set');
    }
  }
  if (set !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/.test(set))
    throw invalid('Invalid EmailConfiguration.ConfigurationSet');
  if (from !== undefined && addressIn(from) === undefined) throw invalid('Provided From email address is invalid');
  if (source === undefined) {
    if (from !== undefined) throw invalid('EmailConfiguration.SourceArn is required to use From');
    return;
  }
  checkSource(source, sender, from, context);
}

function checkSource(source: string, sender: string, from: string | undefined, context: EmailContext): void {
  const { modes, poolRegion, account } = context;
  const parts = partsOf(source);
  if (!parts) throw invalid('Invalid EmailConfiguration.SourceArn');
  // An ARN of another partition belongs to no account of this one.
  if (parts.account !== account || parts.partition !== context.poolArn.split(':')[1])
    throw cognitoRefusal('NotAuthorizedException', 'Email arn does not belong to your account');
  const row = rowOf(poolRegion);
  if (parts.region === '*') {
    const fits = row?.category === 'alternate' && sender === 'COGNITO_DEFAULT';
    if (modes.wildcardSourceArn === 'refuse' || !fits) {
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
    if (!identity?.verified) {
      const arn = source.replace(':*:', `:${region}:`);
      throw invalid(
        `Cognito received the following error from Amazon SES when attempting to send email: Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${arn}`,
      );
    }
    // For DEVELOPER elsewhere, a wrong principal is said to fail silently: mail does not go out, the update succeeds.
    if (sender === 'COGNITO_DEFAULT' && !isGranted(identity, region, context)) {
      throw cognitoRefusal(
        'InvalidEmailRoleAccessPolicyException',
        'Cognito is not allowed to use your email identity',
      );
    }
  }
  checkFrom(parts.identity, from);
}

function checkFrom(identity: string, from: string | undefined): void {
  if (!covers(identity, from)) throw invalid('Provided From email address is invalid');
}

/** May an identity send as `from`? Without a From an address sends as itself, and a domain as nobody. */
export function covers(identity: string, from: string | undefined): boolean {
  if (from === undefined) return identity.includes('@');
  const address = addressIn(from)?.toLowerCase() ?? '';
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return identity.includes('@')
    ? address === identity.toLowerCase()
    : domain === identity || domain.endsWith(`.${identity}`);
}

/** Do the identity's policies, as far as Cognito sees them yet, let it send for the pool? */
export function isGranted(identity: Identity, region: string, context: EmailContext): boolean {
  const { poolRegion, account, poolArn, modes } = context;
  const seenBy = Date.now() - modes.grantVisibleAfterMs;
  const policies = [...identity.policies].filter(([name]) => (identity.writtenAt.get(name) ?? 0) <= seenBy);
  const partition = poolArn.split(':')[1];
  return ['ses:SendEmail', 'ses:SendRawEmail'].every((action) =>
    allows(
      policies.map(([, policy]) => policy),
      {
        principal: principalFor(poolRegion, region),
        action,
        resource: `arn:${partition}:ses:${region}:${account}:identity/${identity.name}`,
        sourceArn: poolArn,
        sourceAccount: account,
      },
    ),
  );
}
