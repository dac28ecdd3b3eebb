import { isDeepStrictEqual } from 'node:util';
import { emailDifferences } from './email-members';
import { placesOfSource, type Setup, samePlace } from './setup';

/** What was there before an operation's first write, and what it has written, or was writing. */
export interface Change {
  readonly before: Setup;
  readonly target: Setup;
}

/**
 * What undoing an operation leads to, from what is there now. The configuration goes back only while it and the tag are
 * what the operation wrote; where they are somebody else's by now they stay, and so does every policy that the pool sends with.
 */
export function restoring(current: Setup, { before, target }: Change, poolRegion: string): Setup {
  const overtaken = current.tag !== before.tag && current.tag !== target.tag;
  // A member that Cognito has kept although it was left out is nobody's change.
  const { other, added } = emailDifferences(
    before.emailConfiguration,
    current.emailConfiguration,
    target.emailConfiguration,
  );
  const isWritten = current.tag === target.tag && other.length === 0 && added.length === 0;
  const tag = current.tag === target.tag ? before.tag : current.tag;
  const emailConfiguration = isWritten ? before.emailConfiguration : current.emailConfiguration;
  const isAsBefore = !overtaken && isDeepStrictEqual(emailConfiguration, before.emailConfiguration);
  const live = isAsBefore ? [] : placesOfSource(emailConfiguration, poolRegion);
  const holdings = current.holdings.map((held) => {
    const then = before.holdings.find((other) => samePlace(other, held));
    const inUse = live.some((place) => samePlace(place, held));
    return { ...held, policy: inUse ? held.policy : overtaken && !held.policy ? undefined : then?.policy };
  });
  return { emailConfiguration, tag, holdings };
}
