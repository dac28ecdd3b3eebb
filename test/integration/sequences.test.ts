import fc from 'fast-check';
import type { Behaviours } from '../../emulator/behaviours';
import { commands } from '../support/commands';
import { runCases } from '../support/concurrency';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { runCommands } from '../support/run-commands';

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

const soakMinutes = Number(process.env['SOAK_MINUTES'] ?? 0);

const modes: fc.Arbitrary<Partial<Behaviours>> = fc.record({
  tags: fc.constantFrom('replace', 'merge'),
  omittedEmailConfiguration: fc.constantFrom('reset', 'keep'),
  partialEmailConfiguration: fc.constant('replace'),
  unknownMembers: fc.constantFrom('accept', 'refuse'),
  defaultSenderFrom: fc.constantFrom('accept', 'refuse'),
  wildcardSourceArn: fc.constantFrom('accept', 'refuse'),
  absentPolicy: fc.constantFrom('not-found', 'succeed'),
  defaultSenderWithEmailMfa: fc.constantFrom('refuse', 'accept'),
  policyVisibleAfterMs: fc.constantFrom(0, 0, 60),
  verificationVisibleAfterMs: fc.constant(0),
  unverifiedIdentityError: fc.constant('not-verified'),
});
const sequence = fc.array(commands, { minLength: 0, maxLength: soakMinutes > 0 ? 14 : 8, size: 'max' });
// Sequences run side by side, each in an account of its own: most of their time is spent waiting.
const many = fc.array(sequence, { minLength: 100, maxLength: 100, size: 'max' });

const howLong =
  soakMinutes > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: soakMinutes * 60_000 }
    : { numRuns: Number(process.env['RUNS'] ?? 10) };

const seed = Number(process.env['SEED'] ?? Date.now() % 2_147_483_647);

test(`any sequence of operations of several owners, faults and foreign changes leaves what the model says (seed ${seed})`, async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(modes, many, async (chosen, sequences) => {
      Object.assign(harness.aws.behaviours, chosen);
      const findings = await runCases(harness.stallDetector, sequences, 50, (one) => runCommands(harness, one));
      harness.aws.calls.length = 0;
      count += sequences.length;
      if (findings.length > 0) throw new Error(JSON.stringify(findings, undefined, 1));
    }),
    // A finding tells its steps, which are few: to shrink a hundred sequences side by side would take hours.
    { ...howLong, seed, endOnFailure: true },
  );
  if (soakMinutes === 0) expect(count).toBeGreaterThanOrEqual(1000);
  record(
    'random sequences',
    count,
    'operations of several owners, faults and foreign changes on three pools, against a model, in any mode',
  );
}, 2_147_000_000);
