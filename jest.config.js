/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  setupFiles: ['<rootDir>/test/support/fast-check-report.ts'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  // The library requires AWS SDK v2, which is not installed; the bundle has the same stand-ins.
  moduleNameMapper: { '^aws-sdk/clients/.*$': '<rootDir>/scripts/bundle/stand-ins.ts' },
  testTimeout: 30_000,
  // What fails is told where it fails, and not again at the end of many files.
  reporters: [['default', { summaryThreshold: 10_000 }]],
  // Most of the time the tests wait for time-outs: two at a time on two cores.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/sequencer.js',
};
