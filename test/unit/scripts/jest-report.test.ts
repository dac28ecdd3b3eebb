import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJestReport } from '../../../scripts/jest-report';

const root = mkdtempSync(join(tmpdir(), 'jest-report-'));
const file = join(root, 'report.json');
const green = { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0, testResults: [] };

function read(report: object, isGreen: boolean) {
  writeFileSync(file, JSON.stringify(report));
  return readJestReport(root, file, isGreen);
}

test('a green run counts its tests', () => {
  expect(read(green, true)).toEqual({ passed: 5, failed: 0, failedFiles: [] });
});

test('failed tests and files that do not load are counted, and the files named', () => {
  const testResults = [
    { name: join(root, 'test', 'a.test.ts'), status: 'failed' },
    { name: join(root, 'test', 'b.test.ts'), status: 'passed' },
  ];
  const report = { ...green, numFailedTests: 2, numRuntimeErrorTestSuites: 1, testResults };
  expect(read(report, false)).toEqual({ passed: 5, failed: 3, failedFiles: ['test/a.test.ts'] });
});

test('a run that fails without a failed test is a failure: too little is covered, or nothing was built', () => {
  expect(read(green, false)).toEqual({ passed: 5, failed: 1, failedFiles: [] });
  expect(readJestReport(root, join(root, 'none.json'), false)).toEqual({ passed: 0, failed: 1, failedFiles: [] });
});
