import solid from 'eslint-plugin-solid/configs/typescript';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const unused = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' };

export default defineConfig([
  { ignores: ['e2e/golden/**', 'build/**', 'dist/**'] },
  ...ts.configs.recommended,
  { rules: { '@typescript-eslint/no-unused-vars': ['error', unused], eqeqeq: ['error', 'always'] } },
  { files: ['web/**/*.tsx'], ...solid },
  {
    // AssemblyScript: == is its identity, u64 literals pass 2^53, and the compiler judges the types.
    files: ['assembly/**/*.ts'],
    ignores: ['assembly/**/*.test.ts', 'assembly/testing/**'],
    rules: {
      eqeqeq: 'off',
      'no-loss-of-precision': 'off',
      'prefer-const': 'off',
      '@typescript-eslint/ban-ts-comment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ...unused, args: 'none' }],
    },
  },
]);
