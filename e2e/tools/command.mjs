// Small helpers of the tools beside this file.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newest } from '../../assembly/build.mjs';

export const root = join(import.meta.dirname, '..', '..');

/** Runs a package's own script with this Node, without a shell or npx, and returns its exit status. */
export function runBin(script, args, options = {}) {
  const bin = join(root, 'node_modules', script);
  return spawnSync(process.execPath, [bin, ...args], { cwd: root, stdio: 'inherit', ...options }).status ?? 1;
}

export const bins = {
  eslint: 'eslint/bin/eslint.js',
  playwright: '@playwright/test/cli.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
};

/** Builds dist/ if one of its sources is newer; returns the exit status of the build. */
export function ensureDist() {
  const built = statSync(join(root, 'dist', 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newest('assembly', 'web', 'examples', 'vite.config.ts', 'package-lock.json')) return 0;
  return runBin(bins.vite, ['build', '--logLevel', 'warn']);
}
