import type { HandlerError } from '../domain/errors';
import { shortHash } from '../domain/tags';
import type { Journal } from './callback-context';
import type { Invocation, Outcome } from './operation';

/** Asks CloudFormation to call again, unless patience is at an end: then undefined. */
export function anotherRound(run: Invocation, journal: Journal, because: HandlerError): Outcome | undefined {
  if (Date.now() - journal.started >= run.limits.stabilizationTimeout) return undefined;
  const seconds = run.pace.isThrottled()
    ? crowdSeconds(run.refused)
    : (run.limits.backoffMax / 1000) * (0.5 + Math.random() / 2);
  const message = `Not yet: ${because.message}`;
  return { kind: 'again', journal: { ...journal, ...progressOf(run) }, delaySeconds: Math.ceil(seconds), message };
}

/** What the next round must know of how SES has answered. */
function progressOf({ memory, pace, refused }: Invocation): Required<Pick<Journal, 'seen' | 'refused'>> {
  return { seen: Object.fromEntries(memory), refused: refused + (pace.isThrottled() ? 1 : 0) };
}

/**
 * The pause after SES has refused: long at first, for nobody knows how many others are asking, and shorter as they are
 * served. Of the pauses that were simulated for fifty setups at once, these waste the fewest calls and the least time.
 */
function crowdSeconds(refused: number): number {
  return Math.max(3.5, 18 - 2 * refused) * (0.3 + Math.random() * 1.4);
}

/**
 * Asks CloudFormation to call again while an identity is being verified; undefined when `minutes` are over. SES and DNS
 * take minutes: a look every 30 s for the first ten, then every other minute. What SES waits for is logged once per change.
 */
export function waitingRound(
  run: Invocation,
  journal: Journal | undefined,
  minutes: number,
  message: string,
): Outcome | undefined {
  const waiting = journal?.phase === 'waiting' ? journal : undefined;
  const started = waiting?.started ?? Date.now();
  const leftSeconds = Math.ceil((started + minutes * 60_000 - Date.now()) / 1000);
  if (leftSeconds <= 0) return undefined;
  // When SES last looked is no change.
  const said = shortHash(message.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));
  if (said !== waiting?.said) run.log(message);
  const delaySeconds = Math.min(Date.now() - started < 600_000 ? 30 : 120, leftSeconds);
  // The next look is at everything anew: minutes may pass until then.
  const { refused } = progressOf(run);
  return { kind: 'again', journal: { version: 2, phase: 'waiting', started, said, refused }, delaySeconds, message };
}
