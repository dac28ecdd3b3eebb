import { regionRow } from '../regions';
import type { JsonObject } from '../types';
import type { EmailContext } from './context';
import { addressIn, coversFrom } from './from-address';
import { allowsSending, deniesServiceLinkedRole } from './sending-authorization';
import { parseSourceArn, sesRegionsOf } from './source-arn';
import type { Pool } from './state';

/** Can a pool's e-mail be sent now: from which address, or why not. */
export type Delivery =
  | { readonly sends: true; readonly from: string }
  | { readonly sends: false; readonly why: string };

/** Can Cognito send a pool's e-mail now? Every identity that it may use must be verified, and allow it where it needs that. */
export function canSend(pool: Pool, context: EmailContext): Delivery {
  const email = (pool.members['EmailConfiguration'] ?? {}) as JsonObject;
  const source = email['SourceArn'];
  if (typeof source !== 'string') return { sends: true, from: 'no-reply@verificationemail.com' };
  const parts = parseSourceArn(source);
  if (!parts) return { sends: false, why: `malformed SourceArn ${source}` };
  const developer = email['EmailSendingAccount'] === 'DEVELOPER';
  const row = regionRow(context.poolRegion);
  if (parts.account !== context.account || parts.partition !== context.poolArn.split(':')[1]) {
    return { sends: false, why: `${source} belongs to another account` };
  }
  if (!isUsableRegion(parts.region, { row, developer })) {
    return { sends: false, why: `a pool in ${context.poolRegion} does not send from ${parts.region}` };
  }
  const from = email['From'] === undefined ? undefined : String(email['From']);
  if (!coversFrom(parts.identity, from)) return { sends: false, why: `${parts.identity} does not cover ${from}` };
  for (const region of sesRegionsOf(context.poolRegion, parts.region)) {
    const ses = context.ses(region);
    const identity = ses.identities.get(parts.identity);
    if (!identity?.verified) return { sends: false, why: `${parts.identity} is not verified in ${region}` };
    const usesRole = developer && (row ? row.category !== 'alternate' : region === context.poolRegion);
    if (!usesRole && !allowsSending(identity, region, from, context)) {
      return { sends: false, why: `${parts.identity} in ${region} does not trust Cognito for this pool` };
    }
    if (usesRole && deniesServiceLinkedRole(identity, region, from, context)) {
      return { sends: false, why: `a policy on ${parts.identity} in ${region} denies Cognito's role the sending` };
    }
    const paused = !ses.account.sendingEnabled || ses.account.enforcementStatus === 'SHUTDOWN';
    if (developer && paused) return { sends: false, why: `sending is paused in ${region}` };
    if (developer && email['ConfigurationSet'] !== undefined) {
      const set = ses.configurationSets.get(String(email['ConfigurationSet']));
      if (!set?.sendingEnabled) return { sends: false, why: `no configuration set that sends in ${region}` };
    }
  }
  return { sends: true, from: addressIn(from ?? '') ?? parts.identity };
}

/** In an alternate Region DEVELOPER uses the first SES Region only, and `*` means both of them for the default sender. */
function isUsableRegion(
  region: string,
  { row, developer }: { readonly row: ReturnType<typeof regionRow>; readonly developer: boolean },
): boolean {
  if (!row) return region !== '*';
  if (row.category !== 'alternate') return row.sesRegions.includes(region);
  if (developer) return region === row.sesRegions[0];
  return region === '*' || row.sesRegions.includes(region);
}
