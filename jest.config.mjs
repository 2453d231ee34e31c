/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/lib/'],
  testPathIgnorePatterns: [
    '<rootDir>/node_modules/',
    '<rootDir>/__tests__/corpus/',
  ],
  transform: {
    '^.+\\.ts$': [
      'babel-jest',
      {
        babelrc: false,
        configFile: false,
        presets: [
          ['@babel/preset-typescript', { onlyRemoveTypeImports: true }],
        ],
      },
    ],
  },
  // Tests count and bound work; a slow machine is no defect. A hang still ends.
  testTimeout: 120_000,
  // Before Node 24, every suite that a process has run makes each promise dearer: Jest
  // leaves an AsyncLocalStorage behind. After 200 suites an `await` takes a hundred times
  // as long, so that a process ends after a few of them.
  workerIdleMemoryLimit: '150MB',
  restoreMocks: true,
  reporters: ['default', '<rootDir>/scripts/jest-closing-line.mjs'],
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts'],
};
