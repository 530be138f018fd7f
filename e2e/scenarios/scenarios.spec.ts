// Every scenario of a folder, opened in the real page through a link of its own: its asserts must hold there too.
// `npm run e2e` takes examples/; `SCENARIOS=folder npm run e2e` takes anybody's own.
// A worker loads the page once, by its first link; the links after that come as a change of the address, as by hand.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, test as plainTest, type Page } from '@playwright/test';
import { linkOf } from '../link';

const given = resolve(process.env['SCENARIOS'] ?? join(import.meta.dirname, '../../examples'));
const files = statSync(given).isDirectory()
  ? readdirSync(given)
      .filter((name) => name.endsWith('.c'))
      .sort()
      .map((name) => join(given, name))
  : [given];

// No test at all would look like a pass.
if (files.length === 0) throw new Error(`no scenario (*.c) in ${given}`);

interface Room {
  readonly page: Page;
  /** What the page said on its console, or threw, since it was last emptied. */
  readonly problems: string[];
}

// After a test that failed Playwright starts another worker: no scenario meets a page that one left broken.
const test = plainTest.extend<object, { room: Room }>({
  room: [
    async ({ browser }, use, { project }) => {
      const context = await browser.newContext({ baseURL: project.use.baseURL! });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await use({ page, problems });
      await context.close();
    },
    { scope: 'worker' },
  ],
});

for (const file of files) {
  test(basename(file), async ({ room: { page, problems } }) => {
    problems.length = 0;
    const outcome = await outcomeOf(page, linkOf({ source: readFileSync(file, 'utf8') }));
    expect(outcome).toMatch(/^(end|exit 0)$/);
    expect(problems).toEqual([]);
  });
}

/** Opens a link and waits until the page has settled; how the run ended and, unless it went well, where and why. */
async function outcomeOf(page: Page, hash: string): Promise<string> {
  if (page.url() === 'about:blank') {
    await page.goto(`./${hash}`);
  } else {
    await page.evaluate((next) => {
      // Each run writes it anew: what is read below is of this link, or there is nothing to read.
      delete document.documentElement.dataset['outcome'];
      location.hash = next;
    }, hash);
  }
  const told = await page.waitForFunction(
    () => {
      const { outcome, idle } = document.documentElement.dataset;
      return idle === 'true' && outcome;
    },
    undefined,
    { timeout: 20_000 },
  );
  return String(await told.jsonValue());
}
