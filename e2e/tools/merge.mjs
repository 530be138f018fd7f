// Makes one HTML and one JUnit report of the blob reports of several machines: `npm run e2e:merge -- [folder]`.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bins, root, runBin } from './command.mjs';

const from = resolve(root, process.argv[2] ?? 'blob-report');
const flat = join(root, 'build', 'blobs'); // Playwright wants them all in one folder
const reports = readdirSync(from, { recursive: true, withFileTypes: true }).filter((file) =>
  file.name.endsWith('.zip'),
);
if (reports.length === 0) throw new Error(`no blob report below ${from}`);

rmSync(flat, { recursive: true, force: true });
mkdirSync(flat, { recursive: true });
reports.forEach((file, n) => copyFileSync(join(file.parentPath, file.name), join(flat, `report-${n + 1}.zip`)));

const env = {
  ...process.env,
  PLAYWRIGHT_HTML_OUTPUT_DIR: join(root, 'playwright-report'),
  PLAYWRIGHT_HTML_OPEN: 'never',
  PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(root, 'test-results', 'e2e.junit.xml'),
};
process.exitCode = runBin(bins.playwright, ['merge-reports', '--reporter=html,junit,list', flat], { env });
