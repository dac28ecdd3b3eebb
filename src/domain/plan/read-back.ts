import type { ReadBack } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import { decodeFrom } from '../declaration/mailbox';
import { parseIdentityArn } from '../identity-ref';
import { stringAt } from '../json';
import type { PresentPool } from './observed';
import { liveIdentities } from './plan';

/** The only builder of the model that CloudFormation is given: what is in force on a pool, as it would be declared. */
export function readBack(pool: PresentPool): ReadBack {
  const live = pool.emailConfiguration;
  const sourceArn = stringAt(live, 'SourceArn');
  const identity = parseIdentityArn(sourceArn ?? '')?.identity;
  const sender = live['EmailSendingAccount'] === 'DEVELOPER' ? 'DEVELOPER' : 'COGNITO_DEFAULT';
  const regions = liveIdentities(pool).map(({ region }) => region);
  const from = stringAt(live, 'From');
  // The default sender goes without a configuration set, and with a From for a domain only: others were not declared.
  const isDefault = sender === 'COGNITO_DEFAULT';
  const undeclaredFrom = isDefault && (identity === undefined || isAddress(identity));
  return {
    userPoolId: pool.ref.id,
    emailSendingAccount: sender,
    identity,
    sesRegion: regions[0],
    from: from === undefined || undeclaredFrom ? undefined : decodeFrom(from),
    replyToEmailAddress: stringAt(live, 'ReplyToEmailAddress'),
    configurationSet: isDefault ? undefined : stringAt(live, 'ConfigurationSet'),
    sourceArn: sourceArn ?? '',
    sesRegions: regions,
  };
}
