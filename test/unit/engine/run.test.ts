import { HandlerError } from '../../../src/domain/errors';
import type { Outcome } from '../../../src/engine/invocation';
import { failureOf, type RollbackSteps, runOperation, type Steps } from '../../../src/engine/run';
import { type Change, runIn } from '../../support/engine-run';

const retryable = () => new HandlerError('Throttling', 'Throttled.', { retryable: true });
const denied = () => new HandlerError('AccessDenied', 'Denied.');
const change: Change = { from: 'old', to: 'new' };
const rollback = (more: Partial<RollbackSteps<string>> = {}): RollbackSteps<string> => ({
  rollBack: async () => false,
  mayReinvoke: () => true,
  giveUp: async (error) => ({ status: 'failed', error }),
  ...more,
});
const steps = (more: Partial<Steps<string>> = {}): Steps<string> => ({
  forward: async () => ({ status: 'success', model: 'made' }),
  mayReturnPrimaryIdentifier: () => true,
  explain: (error) => new HandlerError(error.code, `Explained: ${error.message}`),
  verificationTimeoutMinutes: 10,
  ...more,
});
const failing = (error: unknown) => ({ forward: () => Promise.reject(error) });

test('what goes forward succeeds', async () => {
  const { run } = await runIn('applying');
  expect(await runOperation(run, steps())).toEqual({ status: 'success', model: 'made' });
});

test('a retryable error is IN_PROGRESS, with the context as it stands', async () => {
  const { run, context } = await runIn('applying', { change });
  const outcome = await runOperation(run, steps(failing(retryable())));
  expect(outcome).toMatchObject({ status: 'in-progress', message: 'Not yet: Throttled.' });
  expect(context).toMatchObject({ phase: 'applying', change });
});

test('while a verification is pending a retryable error counts against its time', async () => {
  const { run } = await runIn('verifying', { phaseStartedAt: Date.now() - 9 * 60_000 });
  expect(await runOperation(run, steps(failing(retryable())))).toMatchObject({
    status: 'in-progress',
    delaySeconds: 30,
  });
  const { run: late } = await runIn('verifying', { phaseStartedAt: Date.now() - 11 * 60_000 });
  await expect(runOperation(late, steps(failing(retryable())))).rejects.toThrow('Explained: Throttled.');
});

describe('an error that ends the operation', () => {
  test('is explained and thrown where nothing was written', async () => {
    const { run, context } = await runIn('applying');
    const rollBack = jest.fn(async () => false);
    const ended = runOperation(run, steps({ ...failing(denied()), rollback: rollback({ rollBack }) }));
    await expect(ended).rejects.toMatchObject({ code: 'AccessDenied', message: 'Explained: Denied.' });
    expect([rollBack.mock.calls.length, context.phase]).toEqual([0, 'applying']);
  });

  test('rolls back what was written, and is thrown then', async () => {
    const { run, context } = await runIn('applying', { change, answers: { key: { at: 1, answer: true } } });
    const seen: unknown[] = [];
    const rollBack = async () => {
      seen.push({ ...context.answers }, context.phase);
      return false;
    };
    const ended = runOperation(run, steps({ ...failing(denied()), rollback: rollback({ rollBack }) }));
    await expect(ended).rejects.toThrow('Explained: Denied.');
    // Rolled back is what is there, not what was remembered.
    expect(seen).toEqual([{}, 'rolling-back']);
  });

  test('names the resource where the roll-back says so', async () => {
    const { run } = await runIn('applying', { change });
    const named = steps({ ...failing(denied()), rollback: rollback({ rollBack: async () => true }) });
    const outcome = await runOperation(run, named);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'AccessDenied' } });
  });

  test('names the resource where an earlier invocation has begun the same', async () => {
    const { run } = await runIn('applying', { change, startedBefore: true });
    const never = () => Promise.reject(new Error('it is not rolled back'));
    const outcome = await runOperation(run, steps({ ...failing(denied()), rollback: rollback({ rollBack: never }) }));
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'Explained: Denied.' } });
  });

  test('is thrown by an operation that goes forward only, whatever it has written', async () => {
    const { run } = await runIn('deleting', { change });
    await expect(runOperation(run, steps(failing(denied())))).rejects.toThrow('Explained: Denied.');
  });
});

describe('a roll-back', () => {
  const failure = { code: 'AccessDenied', message: 'Denied.' } as const;
  const rollingBack = (more: Partial<RollbackSteps<string>>) => ({
    ...steps({ forward: () => Promise.reject(new Error('it does not go forward')) }),
    rollback: rollback(more),
  });

  test('goes on in another invocation, and ends with what had failed', async () => {
    const { run } = await runIn('rolling-back', { change, failure });
    await expect(runOperation(run, rollingBack({}))).rejects.toMatchObject(failure);
  });

  test('that meets a retryable error goes on, unless it may not', async () => {
    const rollBack = () => Promise.reject(retryable());
    const { run } = await runIn('rolling-back', { change, failure });
    expect(await runOperation(run, rollingBack({ rollBack }))).toMatchObject({ status: 'in-progress' });
    const given = await runOperation(run, rollingBack({ rollBack, mayReinvoke: () => false }));
    expect(given).toMatchObject({ status: 'failed', error: { code: 'Throttling' } });
  });

  test('has a time to stabilize of its own', async () => {
    const began = Date.now();
    const { run, context } = await runIn('applying', { change, firstRefusedAt: began - 29_000 });
    const rollBack = () => Promise.reject(denied());
    const giveUp = async (error: HandlerError): Promise<Outcome<string>> => {
      expect(context.firstRefusedAt).toBe(context.phaseStartedAt);
      expect(context.phaseStartedAt).toBeGreaterThanOrEqual(began);
      return { status: 'failed', error };
    };
    const ended = runOperation(run, steps({ ...failing(denied()), rollback: rollback({ rollBack, giveUp }) }));
    expect(await ended).toMatchObject({ status: 'failed' });
  });

  test('that meets another error gives up', async () => {
    const { run } = await runIn('rolling-back', { change, failure });
    const given = await runOperation(run, rollingBack({ rollBack: () => Promise.reject(denied()) }));
    expect(given).toMatchObject({ status: 'failed', error: { message: 'Denied.' } });
  });

  test('has a failure', async () => {
    const { context } = await runIn('rolling-back');
    expect(() => failureOf(context)).toThrow('without a failure');
  });
});

describe('an operation that may not name its resource', () => {
  const unnamed = (forward: () => Promise<Outcome<string>>) =>
    steps({ forward, mayReturnPrimaryIdentifier: () => false });

  test('waits within the invocation where it is throttled', async () => {
    const { run } = await runIn('applying', {}, { throttled: true });
    let tries = 0;
    const outcome = await runOperation(
      run,
      unnamed(async () => {
        tries += 1;
        if (tries === 1) throw retryable();
        return { status: 'success' };
      }),
    );
    expect([outcome.status, tries]).toEqual(['success', 2]);
    expect(run.rateLimit.isThrottled()).toBe(false);
  });

  test('fails where it is not', async () => {
    const { run } = await runIn('applying');
    const forward = jest.fn(() => Promise.reject(retryable()));
    await expect(runOperation(run, unnamed(forward))).rejects.toMatchObject({ code: 'Throttling' });
    expect(forward).toHaveBeenCalledTimes(1);
  });
});

test('what is no HandlerError is a defect, and passes through from anywhere', async () => {
  const defect = new TypeError('a defect');
  const { run } = await runIn('applying', { change });
  await expect(runOperation(run, steps({ ...failing(defect), rollback: rollback() }))).rejects.toBe(defect);
  const { run: back } = await runIn('rolling-back', { change, failure: { code: 'AccessDenied', message: 'x' } });
  const broken = rollback({ rollBack: () => Promise.reject(defect) });
  await expect(runOperation(back, steps({ rollback: broken }))).rejects.toBe(defect);
});
