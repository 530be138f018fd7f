// Pictures of the built page, three widths, light and dark: `node e2e/tools/shots.mjs FOLDER ['#hash' or '?query']`.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from './browser.mjs';
import { ensureDist, root } from './command.mjs';

const sizes = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
const [folder = 'build/shots', rest = ''] = process.argv.slice(2);
const out = resolve(process.env.INIT_CWD ?? process.cwd(), folder);

if (ensureDist() !== 0) process.exit(1);
mkdirSync(out, { recursive: true });
const port = 20_000 + (process.pid % 20_000);
const server = await preview({ configFile: join(root, 'vite.config.ts'), preview: { port, open: false } });
const browser = await chromium.launch({
  ...launchOptions,
  args: ['--disable-gpu', '--font-render-hinting=none', '--disable-lcd-text'],
});
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && console.error(`console: ${message.text()}`));
      page.on('pageerror', (error) => console.error(`page: ${error.message}`));
      await page.goto(new URL(rest, server.resolvedUrls.local[0]).href);
      await page.waitForSelector('html[data-idle="true"]', { state: 'attached', timeout: 20_000 });
      const path = join(out, `${colorScheme}-${width}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      console.log(path);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
