import { shortHash } from '../domain/owners';
import type { InProgress, Run } from './invocation';

/** IN_PROGRESS, unless the time to stabilize is over: then undefined. */
export function reinvoke<Change>(run: Run<Change>, because: string): InProgress | undefined {
  const { context, deadline, rateLimit } = run;
  const { stabilizationTimeout, backoffMax } = deadline.timeouts;
  context.firstRefusedAt ??= Date.now();
  if (Date.now() - context.firstRefusedAt >= stabilizationTimeout) return undefined;
  const seconds = rateLimit.isThrottled()
    ? contendedDelay(context.throttledInvocations)
    : (backoffMax / 1000) * (0.5 + Math.random() / 2);
  return inProgress(run, Math.ceil(seconds), `Not yet: ${because}`);
}

/**
 * The delay after an invocation was throttled: long at first, because nobody knows how many others are calling, and shorter as
 * they are answered. Of the delays that were simulated for fifty setups at once, these waste the fewest calls and the least time.
 */
function contendedDelay(throttledInvocations: number): number {
  return Math.max(3.5, 18 - 2 * throttledInvocations) * (0.3 + Math.random() * 1.4);
}

/**
 * IN_PROGRESS while a verification is pending, unless `minutes` have passed since that phase began: then undefined. SES and DNS
 * take minutes: a look every 30 s for the first ten, then every other minute. A status is logged when it changes.
 */
export function reinvokeWhileVerifying<Change>(
  run: Run<Change>,
  minutes: number,
  status: string,
): InProgress | undefined {
  const { context } = run;
  const { verifyingDelay, verifyingDelayLater, verifyingDelayLaterAfter } = run.deadline.timeouts;
  const elapsed = Date.now() - context.phaseStartedAt;
  const leftSeconds = Math.ceil((minutes * 60_000 - elapsed) / 1000);
  if (leftSeconds <= 0) return undefined;
  // That SES has looked again is no change.
  const hash = shortHash(status.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));
  if (hash !== context.loggedStatus) run.log(status);
  context.loggedStatus = hash;
  // The next invocation looks at everything anew: minutes may pass until then.
  context.answers = {};
  const delay = elapsed < verifyingDelayLaterAfter ? verifyingDelay : verifyingDelayLater;
  return inProgress(run, Math.min(delay / 1000, leftSeconds), status);
}

function inProgress<Change>({ context, rateLimit }: Run<Change>, delaySeconds: number, message: string): InProgress {
  if (rateLimit.isThrottled()) context.throttledInvocations += 1;
  return { status: 'in-progress', callbackContext: context, delaySeconds, message };
}
