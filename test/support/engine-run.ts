import { rateLimit } from '../../src/aws/rate-limit';
import { HandlerError } from '../../src/domain/errors';
import { timeoutsFrom } from '../../src/domain/timeouts';
import { type CallbackContext, newCallbackContext, type Phase } from '../../src/engine/callback-context';
import type { Run } from '../../src/engine/invocation';

export type Change = { readonly from: string; readonly to: string };

/** A run in a phase, with what it logs; `throttled`: a call of it has been throttled. */
export async function runIn(phase: Phase, more: Partial<CallbackContext<Change>> = {}, { throttled = false } = {}) {
  const timeouts = timeoutsFrom({ EMAILSETUP_DEADLINE_MS: '1600', EMAILSETUP_PATIENCE_MS: '30000' });
  const limit = rateLimit({ interval: 1_000_000, contended: false });
  const refuse = () => Promise.reject(new HandlerError('Throttling', 'Rate exceeded', { retryable: true }));
  if (throttled)
    await limit
      .turn('eu-west-1')(refuse, Date.now() + 1000)
      .catch(() => undefined);
  const logged: string[] = [];
  const context: CallbackContext<Change> = { ...newCallbackContext<Change>(phase), ...more };
  const run: Run<Change> = {
    context,
    deadline: { timeouts, until: Date.now() + 1000 },
    rateLimit: limit,
    log: (line) => logged.push(line),
  };
  return { run, context, logged };
}
