import { resolve } from 'node:path';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [solid({ hot: false })],
  test: {
    environment: 'node', // the Solid plugin would choose jsdom
    include: ['assembly/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'build/**', 'dist/**'],
    globalSetup: [resolve(import.meta.dirname, 'tools/core-setup.ts')],
    allowOnly: !process.env['CI'],
    passWithNoTests: false,
  },
});
