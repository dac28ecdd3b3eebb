import { isDeepStrictEqual } from 'node:util';
import { isSameIdentity } from '../identity-ref';
import { emailDifferences } from '../user-pool/email-members';
import { identitiesOfSource, type Setup } from './plan';

/** The setup before an operation's first write, and the one that it writes. */
export interface Change {
  readonly from: Setup;
  readonly to: Setup;
}

/**
 * What rolling an operation back leads to, from what is there now. The configuration goes back only while it and the tag
 * are what the operation wrote. Where another owner has changed them since, they stay, and so does every policy that the
 * pool sends with.
 */
export function rollbackTarget(current: Setup, { from, to }: Change, poolRegion: string): Setup {
  const overtaken = current.tag !== from.tag && current.tag !== to.tag;
  // A member that Cognito has kept although it was left out does not count as a change of another owner.
  const { other, added } = emailDifferences(from.emailConfiguration, current.emailConfiguration, to.emailConfiguration);
  const isWritten = current.tag === to.tag && other.length === 0 && added.length === 0;
  const tag = current.tag === to.tag ? from.tag : current.tag;
  const emailConfiguration = isWritten ? from.emailConfiguration : current.emailConfiguration;
  const isAsBefore = !overtaken && isDeepStrictEqual(emailConfiguration, from.emailConfiguration);
  const live = isAsBefore ? [] : identitiesOfSource(emailConfiguration, poolRegion);
  const policies = current.policies.map((attached) => {
    if (live.some((identity) => isSameIdentity(identity, attached))) return attached;
    // The pool is another owner's now: what the operation deleted is not put back.
    if (overtaken && !attached.policy) return { ...attached, policy: undefined };
    const before = from.policies.find((identity) => isSameIdentity(identity, attached));
    return { ...attached, policy: before?.policy };
  });
  return { emailConfiguration, tag, policies };
}
