const { globalSetup: _bundle, ...common } = require('./jest.config');

/**
 * The unit tests, which need no bundle. They alone must reach nearly every branch of src/domain: that is what decides.
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  // With the sources, so that a file that no test loads counts as not covered.
  roots: ['<rootDir>/test/unit', '<rootDir>/src/domain'],
  collectCoverageFrom: ['<rootDir>/src/domain/**/*.ts'],
  coverageDirectory: '<rootDir>/build/coverage',
  coverageReporters: [['text', { skipFull: true }], 'html'],
  coverageThreshold: { global: { branches: 95 } },
};
