import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { contractCount } from '../../scripts/count';
import { pythonEnvironment } from '../../scripts/python-environment';
import { contractTests } from './all';

/** The contract tests alone. Leaves their count in a file, for `npm test`. */
async function main(): Promise<void> {
  pythonEnvironment();
  const count = await contractTests();
  mkdirSync(dirname(contractCount), { recursive: true });
  writeFileSync(contractCount, JSON.stringify(count));
  process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}

main().catch((error) => {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
});
