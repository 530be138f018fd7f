// Every scenario of a folder, opened in the real page through a link of its own: its asserts must hold there too.
// `npm run e2e` takes examples/; `SCENARIOS=folder npm run e2e` takes anybody's own.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const given = resolve(process.env['SCENARIOS'] ?? join(import.meta.dirname, '../../examples'));
const files = statSync(given).isDirectory()
  ? readdirSync(given)
      .filter((name) => name.endsWith('.c'))
      .sort()
      .map((name) => join(given, name))
  : [given];

// No test at all would look like a pass.
if (files.length === 0) throw new Error(`no scenario (*.c) in ${given}`);

for (const file of files) {
  test(basename(file), async ({ page }) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));

    await page.goto(`./${link(readFileSync(file, 'utf8'))}`);
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-idle', 'true', { timeout: 20_000 });

    // data-outcome is how the run ended and, unless it went well, where and why.
    const outcome = (await html.getAttribute('data-outcome')) ?? 'the page tells no outcome';
    expect(outcome).toMatch(/^(end|exit 0)$/);
    expect(problems).toEqual([]);
  });
}

/** Writes a share link as this page gave them out first; that it still opens is part of each test. */
function link(source: string): string {
  return `#v1/${deflateRawSync(JSON.stringify({ source })).toString('base64url')}`;
}
