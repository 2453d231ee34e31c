import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['dist/', 'lib/', 'coverage/', '__tests__/corpus/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `return report(…)` ends a branch and says so.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true },
      ],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'no-console': 'error',
      'no-warning-comments': 'error',
    },
  },
  {
    // The compiler knows which names there are; JSDoc types what JSON.parse gives.
    files: ['**/*.mjs'],
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'console',
        'fetch',
        'Date',
        'performance',
        'Buffer',
        'setTimeout',
        'setInterval',
      ],
      'no-restricted-imports': [
        'error',
        { patterns: ['node:*', '@actions/*', '@octokit/*'] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    files: ['__tests__/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'expect*', 'testCheck'] },
      ],
      'jest/no-standalone-expect': [
        'error',
        {
          additionalTestBlockFunctions: ['onPosix', 'onPosix.each', 'onLinux'],
        },
      ],
      // A describe block is a function only in name.
      'max-lines-per-function': 'off',
    },
  },
  {
    // Helpers define tests for others to run.
    files: ['__tests__/helpers/**/*.ts'],
    rules: { 'jest/no-export': 'off', 'jest/valid-title': 'off' },
  },
);
