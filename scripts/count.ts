import { join } from 'node:path';

/** How many tests, or steps, passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** The sum of counts. */
export function total(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Where the contract tests, which are a program of their own, leave their count. */
export const contractCount = join(__dirname, '..', 'build', 'contract', 'count.json');
