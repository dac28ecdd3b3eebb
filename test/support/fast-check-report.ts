import fc from 'fast-check';

/** So much of a counterexample tells what it is about; the seed brings all of it back. */
const enough = 1500;

/** Of a property that fails: the cause first, then a counterexample that fits a screen, and how to run it again. */
fc.installGlobalPlugin(() => ({
  onAllRunsComplete: (run) => {
    if (run.failed) throw briefly(run);
  },
}));

function briefly({ errorInstance, counterexample, counterexamplePath, seed, numRuns }: fc.RunDetails<unknown>): Error {
  const cause = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance ?? 'too few inputs'));
  const text = fc.stringify(counterexample);
  const shown = text.length > enough ? `${text.slice(0, enough)}… (${text.length - enough} characters more)` : text;
  const again = JSON.stringify({ seed, path: counterexamplePath });
  const error = new Error(`${cause.message}\n\nRun ${numRuns} of the property fails, with ${again}: ${shown}`);
  // The stack shows the line of the test that failed.
  error.stack = String(cause.stack).replace(cause.message, () => error.message);
  return error;
}
