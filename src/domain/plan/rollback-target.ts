import { isDeepStrictEqual } from 'node:util';
import { emailDifferences } from '../user-pool/email-members';
import { identitiesOfSource, isSameIdentity, type Setup } from './plan';

/** What was there before an operation's first write, and what it has written, or was writing. */
export interface Change {
  readonly from: Setup;
  readonly to: Setup;
}

/**
 * What undoing an operation leads to, from what is there now. The configuration goes back only while it and the tag are
 * what the operation wrote; where they are somebody else's by now they stay, and so does every policy that the pool sends with.
 */
export function rollbackTarget(current: Setup, { from, to }: Change, poolRegion: string): Setup {
  const overtaken = current.tag !== from.tag && current.tag !== to.tag;
  // A member that Cognito has kept although it was left out is nobody's change.
  const { other, added } = emailDifferences(from.emailConfiguration, current.emailConfiguration, to.emailConfiguration);
  const isWritten = current.tag === to.tag && other.length === 0 && added.length === 0;
  const tag = current.tag === to.tag ? from.tag : current.tag;
  const emailConfiguration = isWritten ? from.emailConfiguration : current.emailConfiguration;
  const isAsBefore = !overtaken && isDeepStrictEqual(emailConfiguration, from.emailConfiguration);
  const live = isAsBefore ? [] : identitiesOfSource(emailConfiguration, poolRegion);
  const policies = current.policies.map((held) => {
    const then = from.policies.find((other) => isSameIdentity(other, held));
    const inUse = live.some((place) => isSameIdentity(place, held));
    return { ...held, policy: inUse ? held.policy : overtaken && !held.policy ? undefined : then?.policy };
  });
  return { emailConfiguration, tag, policies };
}
