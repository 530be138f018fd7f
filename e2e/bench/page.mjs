// `npm run bench:page [-- --md]`: the built page in Chromium, from a real key press to the painted result. The page says
// with performance marks when a result is in the document and when its frame is out (web/app/idle.ts); nothing here
// waits for time.
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../tools/browser.mjs';
import { bins, root, runBin } from '../tools/command.mjs';
import { bareMonaco, bareTextArea } from './bare.mjs';
import { digits, spread, table } from './table.mjs';

const KEYS = 60;
const EDITS = 1_000;
/** Edits after which the engine has compiled what it will compile. */
const WARM = 1_000;
const MIB = 2 ** 20;
/** So much growth is the text that was typed, and what undoes it. */
const FLAT = 1.05;

/** A scenario of `calls` lock calls, with an empty comment to type into at its end. */
const scenario = (
  calls,
) => `char *p = mmap(NULL, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < ${Math.floor((calls - 1) / 2)}; i++) {
    mlock2(p + i % 60 * PAGE_SIZE, 2 * PAGE_SIZE, MLOCK_ONFAULT);
    munlock(p + i % 61 * PAGE_SIZE, PAGE_SIZE);
}
// `;
const link = (calls) =>
  `#v1/${deflateRawSync(JSON.stringify({ source: scenario(calls), settings: { max_steps: 100_000 } })).toString('base64url')}`;

if (runBin(bins.vite, ['build', '--logLevel', 'warn']) !== 0) process.exit(1);
const load = loadavg()[0].toFixed(1);
const server = await preview({
  root: join(root, 'web'),
  configFile: join(root, 'vite.config.ts'),
  preview: { port: 0, host: '127.0.0.1' },
});
const home = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  ...launchOptions,
  args: ['--disable-gpu', '--enable-precise-memory-info'],
});

/** Opens a scenario in a page of its own and waits until the page is idle. */
async function open(calls) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) =>
      globalThis.longTasks.push(...list.getEntries().map((task) => task.duration)),
    ).observe({
      type: 'longtask',
    });
    // The first listener of all: the time of the key itself, not of what the page makes of it.
    addEventListener('keydown', ({ timeStamp }) => (globalThis.pressed = timeStamp), { capture: true });
  });
  await page.goto(`${home}${link(calls)}`);
  await idle(page);
  return page;
}

const idle = (page) =>
  page.waitForFunction(() => document.documentElement.dataset.idle === 'true', null, { timeout: 60_000 });

/** Presses a key and gives the milliseconds until the result of it was in the document, and painted. */
async function press(page, key) {
  await page.keyboard.press(key);
  return page.evaluate(
    () =>
      new Promise((done) => {
        const look = () => {
          const at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? 0;
          const [settled, painted] = [at('playground:settled'), at('playground:painted')];
          const isOut =
            painted > settled && settled > globalThis.pressed && document.documentElement.dataset.idle === 'true';
          if (isOut) done([settled - globalThis.pressed, painted - globalThis.pressed]);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** What is typed where: letters into the comment at the end, or digits of the length of mlock2(), one by one. */
const TYPED = {
  comment: { place: ['ControlOrMeta+End'], keys: [...'abcdefghij'] },
  length: {
    place: [
      'ControlOrMeta+Home',
      'ArrowDown',
      'ArrowDown',
      'End',
      ...Array(' * PAGE_SIZE, MLOCK_ONFAULT);'.length).fill('ArrowLeft'),
    ],
    keys: ['0', 'Backspace', 'Backspace', '3', 'Backspace', '2'],
  },
};

async function typing(calls, what, tab) {
  const page = await open(calls);
  if (tab) {
    await page.getByRole('tab', { name: tab }).click();
    await idle(page);
  }
  await page.getByRole('region', { name: 'Scenario', exact: true }).locator('.monaco-editor').first().click();
  for (const key of TYPED[what].place) await page.keyboard.press(key);
  const { keys } = TYPED[what];
  for (const key of keys) await press(page, key);
  await page.evaluate(() => (globalThis.longTasks.length = 0));
  const samples = [];
  for (let i = 0; i < KEYS; i++) samples.push(await press(page, keys[i % keys.length]));
  const longTasks = await page.evaluate(() => globalThis.longTasks);
  await page.close();
  return { samples, longTasks };
}

async function scrub(calls) {
  const page = await open(calls);
  await page.getByRole('listbox', { name: 'Steps' }).focus();
  await page.keyboard.press('Home');
  const samples = [];
  for (let i = 0; i < KEYS; i++) samples.push(await press(page, 'ArrowRight'));
  await page.close();
  return samples;
}

/** Bytes of the page's heap before and after many edits. */
async function memory() {
  const page = await open(100);
  await page.getByRole('region', { name: 'Scenario', exact: true }).locator('.monaco-editor').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  const session = await page.context().newCDPSession(page);
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const edit = async (times) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(i % 20 === 19 ? 'Enter' : i % 20 === 0 ? '/' : 'x');
    await idle(page);
  };
  await page.keyboard.press('Enter');
  await page.keyboard.type('//');
  await edit(WARM);
  const early = await used();
  await edit(EDITS);
  const late = await used();
  await page.close();
  return { early, late };
}

const p95 = (samples) => samples.toSorted((a, b) => a - b)[Math.ceil(0.95 * samples.length) - 1];
const ms = (value) => `${value.toFixed(1)} ms`;
const rows = [['', 'in the document: median', 'p95', 'painted: median', 'p95', 'goal', 'reached']];
const row = (name, samples, goal) => {
  const [settled, painted] = [0, 1].map((i) => samples.map((sample) => sample[i]));
  const reached = p95(painted) <= goal ? 'yes' : p95(settled) <= goal ? 'in the document' : 'NO';
  rows.push([
    name,
    ...[settled, painted].flatMap((each) => [ms(spread(each).median), ms(p95(each))]),
    goal === null ? '' : `p95 ${goal} ms`,
    goal === null ? '' : reached,
  ]);
};

try {
  row('a key in a bare text area', await bareTextArea(browser, KEYS), null);
  row('a key in Monaco alone', await bareMonaco(browser, KEYS), null);
  row('a key in a comment, 100 calls', (await typing(100, 'comment')).samples, 16);
  row('a key in a length, 100 calls', (await typing(100, 'length')).samples, 16);
  row('the same, Spec tab open', (await typing(100, 'length', 'Spec')).samples, 16);
  const thousand = await typing(1_000, 'length');
  rows.push([
    'long tasks, a key in 1,000 calls',
    '',
    '',
    '',
    '',
    'none over 50 ms',
    thousand.longTasks.length === 0 ? 'yes' : `NO: ${thousand.longTasks.map(ms).join(', ')}`,
  ]);
  row('a key in a comment, 10,000 calls', (await typing(10_000, 'comment')).samples, 50);
  row('a key in a length, 10,000 calls', (await typing(10_000, 'length')).samples, 50);
  row('a step by arrow key, 100 calls', await scrub(100), 8);
  row('a step by arrow key, 10,000 calls', await scrub(10_000), 8);
  const { early, late } = await memory();
  const growth = `${digits(early / MIB)} MiB before, ${digits(late / MIB)} MiB after`;
  const flat = late <= early * FLAT ? `yes: ${growth}` : `NO: ${growth}`;
  rows.push([`page heap over ${digits(EDITS)} edits`, '', '', '', '', 'flat', flat]);
} finally {
  await browser.close();
  await server.close();
}
console.log(table(rows, process.argv.includes('--md')));
console.log(`\nChromium ${browser.version()}, ${cpus()[0].model}, ${cpus().length} CPUs, load ${load} before.`);
process.exit(0);
