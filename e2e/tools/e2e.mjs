// The browser tests alone: `npm run e2e -- [Playwright's arguments, such as --shard=1/2 or -g words]`.
//   SCENARIOS=folder   the scenarios of this folder and nothing else
//   BLOB=1             a blob report for `npm run e2e:merge` instead of HTML and JUnit
import { join, resolve } from 'node:path';
import { bins, ensureDist, root, runBin } from './command.mjs';

const env = { ...process.env };
// npm changes to the project's folder; the person named the scenarios from where they stood.
const own = env.SCENARIOS ? ['e2e/scenarios/'] : [];
if (env.SCENARIOS) env.SCENARIOS = resolve(env.INIT_CWD ?? process.cwd(), env.SCENARIOS);

const args = process.argv.slice(2);
// Playwright empties the folder that a blob report goes to: each shard gets one of its own.
const shard = /--shard[= ](\d+\/\d+)/.exec(args.join(' '))?.[1] ?? '1/1';
if (env.BLOB) env.BLOB_DIR = join(root, 'blob-report', shard.replace('/', '-of-'));

process.exitCode =
  ensureDist() || runBin(bins.playwright, ['test', '-c', 'e2e/playwright.config.ts', ...own, ...args], { env });
