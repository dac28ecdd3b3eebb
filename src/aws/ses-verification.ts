import type { GetEmailIdentityCommandOutput } from '@aws-sdk/client-sesv2';
import { isAddress } from '../domain/declaration/identity';

type Answer = Pick<GetEmailIdentityCommandOutput, 'DkimAttributes' | 'VerificationInfo' | 'VerificationStatus'>;

/** What SES needs before it calls an identity verified, as the rest of a sentence. Takes GetEmailIdentity's answer. */
export function waitingFor(answer: Answer, identity: string): string {
  if (isAddress(identity)) {
    return `SES waits for a click on the link that it mailed to ${identity} (send it anew after 24 hours)`;
  }
  const { Tokens: tokens = [], SigningHostedZone: zone = 'dkim.amazonses.com' } = answer.DkimAttributes ?? {};
  const records = tokens.map((token) => `${token}._domainkey.${identity} CNAME ${token}.${zone}`);
  const what = records.length > 0 ? `these DNS records: ${records.join(', ')}` : 'the DNS records that it names';
  return `SES (${answer.VerificationStatus ?? 'PENDING'}) waits for ${what}${lastCheck(answer)}`;
}

/** When SES last checked a domain's records, what it found, and which name server it asked: as far as it says. */
function lastCheck({ VerificationInfo: info = {} }: Answer): string {
  const { LastCheckedTimestamp: at, ErrorType: error, SOARecord: authority } = info;
  const parts = [
    at && `looked last at ${at.toISOString()}`,
    error && `found ${error}`,
    authority?.PrimaryNameServer && `asked the name server ${authority.PrimaryNameServer}`,
  ].filter((part) => part);
  return parts.length > 0 ? `; it ${parts.join(', ')}` : '';
}
