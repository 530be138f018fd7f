import { resolve } from 'node:path';
import { defineConfig, devices, type ReporterDescription } from '@playwright/test';
import { launchOptions } from './tools/browser.mjs';

const root = resolve(import.meta.dirname, '..');

// A port of our own for each run, so that no older build left on a port is ever tested. Workers inherit the variable.
const chosen = process.env['E2E_PORT'];
const port = Number((process.env['E2E_OWN_PORT'] ??= chosen ?? String(20_000 + (process.pid % 20_000))));

const results = resolve(root, 'test-results');
const blob: ReporterDescription[] = [
  ['list'],
  ['blob', { outputDir: process.env['BLOB_DIR'] ?? resolve(root, 'blob-report') }],
];
const full: ReporterDescription[] = [
  ['list'],
  ['json', { outputFile: resolve(results, 'e2e.json') }],
  ['junit', { outputFile: resolve(results, 'e2e.junit.xml') }],
  ['html', { open: 'never', outputFolder: resolve(root, 'playwright-report') }],
];

export default defineConfig({
  testDir: '.',
  testMatch: ['journeys/**/*.spec.ts', 'scenarios/**/*.spec.ts'],
  outputDir: resolve(results, 'e2e'),
  snapshotPathTemplate: '{testDir}/golden/pictures/{testFileName}/{arg}{ext}',
  fullyParallel: true,
  forbidOnly: !!process.env['CI'],
  retries: 0,
  workers: 2,
  reporter: process.env['BLOB'] ? blob : full,
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide', scale: 'css' } },
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    trace: 'retain-on-failure',
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: {
          ...launchOptions,
          args: [
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--font-render-hinting=none',
            '--disable-lcd-text',
          ],
        },
      },
    },
  ],
  webServer: {
    // Not through npx: killing that leaves its child alive.
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: !!chosen && !process.env['CI'],
    timeout: 60_000,
  },
});
