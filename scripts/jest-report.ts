import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Count } from './count';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/**
 * What a run of Jest counted, by the file that its `--outputFile` wrote, and the files with failures. `isGreen`: how the process
 * ended. It can fail with no failed test: on a threshold of coverage, or with a build that fails, after which there is no file.
 */
export function readJestReport(
  root: string,
  file: string,
  isGreen: boolean,
): Count & { readonly failedFiles: readonly string[] } {
  if (!existsSync(file)) return { passed: 0, failed: 1, failedFiles: [] };
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, testResults } = report;
  return {
    passed,
    failed: Math.max(isGreen ? 0 : 1, numFailedTests + numRuntimeErrorTestSuites),
    failedFiles: testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(root, name)),
  };
}
