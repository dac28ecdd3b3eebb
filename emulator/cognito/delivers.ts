import { rowOf } from '../regions';
import type { JsonObject } from '../types';
import { addressIn, type EmailContext, isGranted, partsOf, regionsUsed } from './email-rules';
import type { Pool } from './world';

/** Would mail of a pool go out now, and as whom? */
export type Delivery =
  | { readonly sends: true; readonly from: string }
  | { readonly sends: false; readonly why: string };

/** What happens when Cognito sends for a pool: every identity that it may use is verified, and trusts it where it must. */
export function delivers(pool: Pool, context: EmailContext): Delivery {
  const email = (pool.members['EmailConfiguration'] ?? {}) as JsonObject;
  const source = email['SourceArn'];
  if (typeof source !== 'string') return { sends: true, from: 'no-reply@verificationemail.com' };
  const parts = partsOf(source);
  if (!parts) return { sends: false, why: `malformed SourceArn ${source}` };
  const developer = email['EmailSendingAccount'] === 'DEVELOPER';
  const row = rowOf(context.poolRegion);
  for (const region of regionsUsed(context.poolRegion, parts.region)) {
    const ses = context.ses(region);
    const identity = ses.identities.get(parts.identity);
    if (!identity?.verified) return { sends: false, why: `${parts.identity} is not verified in ${region}` };
    const role = developer && (row ? row.category !== 'alternate' : region === context.poolRegion);
    if (!role && !isGranted(identity, region, context)) {
      return { sends: false, why: `${parts.identity} in ${region} does not trust Cognito for this pool` };
    }
    if (developer && !ses.account.sendingEnabled) return { sends: false, why: `sending is paused in ${region}` };
    if (developer && email['ConfigurationSet'] !== undefined) {
      const set = ses.configurationSets.get(String(email['ConfigurationSet']));
      if (!set?.sendingEnabled) return { sends: false, why: `no configuration set that sends in ${region}` };
    }
  }
  return { sends: true, from: addressIn(String(email['From'] ?? '')) ?? parts.identity };
}
