import { contractTests } from '../test/contract/all';
import { pythonEnvironment } from '../test/contract/python-env';

/** The contract tests alone; `npm test` runs them too. */
async function main(): Promise<void> {
  pythonEnvironment();
  const { passed, failed } = await contractTests();
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

main().catch((error) => {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
});
