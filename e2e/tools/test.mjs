// `npm test`: every stage in order, each to its end even after another failed. The last line counts over everything
// that ran: a check counts as one, a test as one; a stage that ran no test has failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bins, root, runBin } from './command.mjs';

const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const browserReport = join(results, 'e2e.json');

const check = (status) => ({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 });

/** Counts a report, and one more failure where the runner failed otherwise or ran nothing. */
function counted(status, path, count) {
  let { passed, failed } = { passed: 0, failed: 0 };
  try {
    ({ passed, failed } = count(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    console.error(`no report: ${error.message}`);
  }
  const unexplained = failed === 0 && (status !== 0 || passed === 0);
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}

function countVitest(report) {
  // A file that does not load has no test to fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

function unit() {
  const args = ['run', '-c', 'e2e/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const status = runBin(bins.vitest, [...args, `--outputFile.json=${unitReport}`]);
  return counted(status, unitReport, countVitest);
}

function browser(before) {
  if (before['page'].failed) {
    console.error('not run: the page was not built');
    return { passed: 0, failed: 1 };
  }
  const env = { ...process.env, BLOB: '' };
  const status = runBin(bins.playwright, ['test', '-c', 'e2e/playwright.config.ts'], { env });
  return counted(status, browserReport, countPlaywright);
}

const stages = {
  format: () => check(runBin(bins.prettier, ['--check', '--log-level', 'warn', '.'])),
  lint: () =>
    check(runBin(bins.eslint, ['-c', 'e2e/eslint.config.js', '--max-warnings', '0', 'web', 'e2e', 'assembly'])),
  'types of web and e2e': () => check(runBin(bins.tsc, ['--noEmit'])),
  'types of the service worker': () => check(runBin(bins.tsc, ['--noEmit', '-p', 'web/sw'])),
  'types of assembly': () => check(runBin(bins.tsc, ['--noEmit', '-p', 'assembly'])),
  core: () => check(runBin('../assembly/build.mjs', [])),
  'unit tests': unit,
  page: () => check(runBin(bins.vite, ['build', '--logLevel', 'warn'])),
  'browser tests': browser,
};

rmSync(results, { recursive: true, force: true }); // an old report must never be counted
mkdirSync(results, { recursive: true });

const done = {};
for (const [name, run] of Object.entries(stages)) {
  console.log(`\n=== ${name}`);
  const started = performance.now();
  done[name] = run(done);
  const { passed, failed } = done[name];
  console.log(
    `--- ${name}: ${passed} passed, ${failed} failed, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

const sum = (key) => Object.values(done).reduce((n, count) => n + count[key], 0);
const bad = Object.keys(done).filter((name) => done[name].failed);
console.log(bad.length ? `\nfailed: ${bad.join(', ')}` : '');
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = bad.length ? 1 : 0;
