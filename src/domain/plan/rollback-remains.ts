import type { HandlerError } from '../errors';
import { parseSetupTag, senderHash } from '../tags';
import { isConfigured, type Setup } from './plan';
import type { Change } from './rollback-target';

/** Is it a setup that the same resource has made? */
export function isOwnedBy(owner: string, { tag }: Setup): boolean {
  return parseSetupTag(tag)?.owner === owner;
}

/**
 * Has a Create written over something that its Delete would not give back: another sender, one that no tag names, or a setup
 * that the same resource had made before? Then no Delete may follow.
 */
export function isLostByDelete({ from, to }: Change, owner: string): boolean {
  if (!isConfigured(from)) return false;
  const keepsSender = senderHash(from.emailConfiguration) === senderHash(to.emailConfiguration);
  return !keepsSender || parseSetupTag(from.tag) === undefined || isOwnedBy(owner, from);
}

/** What to do where something could not be rolled back. `isGivenBack`: the tag of the setup before is on the pool again. */
export function remainsMessage(error: HandlerError, { isGivenBack }: { readonly isGivenBack: boolean }): string {
  const next = isGivenBack
    ? 'what the pool sends with now works, and the next Update of the setup that was there before repairs it'
    : 'the next Update or Delete finishes it';
  return `What was written could not all be undone (${error.message}): ${next}.`;
}
