import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** `npm run soak -- --minutes N`: random sequences for that long, then every pair of faults there is. */
const root = join(__dirname, '..');

function main(): number {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) {
    process.stderr.write('Use: npm run soak -- --minutes 30, with a number of minutes above 0.\n');
    return 2;
  }
  const environment = { ...process.env, SOAK_MINUTES: String(minutes), SOAK: 'all' };
  for (const test of ['sequences', 'fault-pairs']) {
    const how = { cwd: root, stdio: 'inherit', env: environment } as const;
    const { status } = spawnSync('npx', ['jest', `test/integration/${test}.test.ts`], how);
    if (status !== 0) return 1;
  }
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
