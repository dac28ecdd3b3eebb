import { rowOf } from '../regions';
import type { JsonObject } from '../types';
import { type EmailContext, partsOf, regionsUsed } from './email-rules';
import { addressIn, covers } from './sender';
import { isDeniedToRole, isGranted } from './sending-authorization';
import type { Pool } from './state';

/** Would mail of a pool go out now, and as whom? */
export type Delivery =
  | { readonly sends: true; readonly from: string }
  | { readonly sends: false; readonly why: string };

/** What happens when Cognito sends for a pool: every identity that it may use is verified, and trusts it where it must. */
export function canSend(pool: Pool, context: EmailContext): Delivery {
  const email = (pool.members['EmailConfiguration'] ?? {}) as JsonObject;
  const source = email['SourceArn'];
  if (typeof source !== 'string') return { sends: true, from: 'no-reply@verificationemail.com' };
  const parts = partsOf(source);
  if (!parts) return { sends: false, why: `malformed SourceArn ${source}` };
  const developer = email['EmailSendingAccount'] === 'DEVELOPER';
  const row = rowOf(context.poolRegion);
  if (parts.account !== context.account || parts.partition !== context.poolArn.split(':')[1]) {
    return { sends: false, why: `${source} belongs to another account` };
  }
  if (!regionFits(row, parts.region, developer)) {
    return { sends: false, why: `a pool in ${context.poolRegion} does not send from ${parts.region}` };
  }
  const from = email['From'] === undefined ? undefined : String(email['From']);
  if (!covers(parts.identity, from)) return { sends: false, why: `${parts.identity} does not cover ${from}` };
  for (const region of regionsUsed(context.poolRegion, parts.region)) {
    const ses = context.ses(region);
    const identity = ses.identities.get(parts.identity);
    if (!identity?.verified) return { sends: false, why: `${parts.identity} is not verified in ${region}` };
    const role = developer && (row ? row.category !== 'alternate' : region === context.poolRegion);
    if (!role && !isGranted(identity, region, from, context)) {
      return { sends: false, why: `${parts.identity} in ${region} does not trust Cognito for this pool` };
    }
    if (role && isDeniedToRole(identity, region, from, context)) {
      return { sends: false, why: `a policy on ${parts.identity} in ${region} denies Cognito's role the sending` };
    }
    const stopped = !ses.account.sendingEnabled || ses.account.enforcementStatus === 'SHUTDOWN';
    if (developer && stopped) return { sends: false, why: `sending is paused in ${region}` };
    if (developer && email['ConfigurationSet'] !== undefined) {
      const set = ses.configurationSets.get(String(email['ConfigurationSet']));
      if (!set?.sendingEnabled) return { sends: false, why: `no configuration set that sends in ${region}` };
    }
  }
  return { sends: true, from: addressIn(from ?? '') ?? parts.identity };
}

/** DEVELOPER uses the first Region of an alternate row only; `*` means both of them, for the default sender. */
function regionFits(row: ReturnType<typeof rowOf>, region: string, developer: boolean): boolean {
  if (!row) return region !== '*';
  if (row.category !== 'alternate') return row.sesRegions.includes(region);
  if (developer) return region === row.sesRegions[0];
  return region === '*' || row.sesRegions.includes(region);
}
