// The core in a page of Chromium as a contender: the same module that runs in Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../tools/command.mjs';

/** Opens an empty page with the module and the core in it. `program` sets globalThis.bench. */
export async function corePage(program, wasm) {
  const note = join(root, 'build', 'browser.json');
  const found = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')).path : undefined;
  const executablePath = process.env.BROWSER_PATH ?? found;
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: readFileSync(program, 'utf8') });
  await page.waitForFunction(() => 'bench' in globalThis);
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    globalThis.contenders = new globalThis.bench.Contenders(bytes);
  }, wasm.toString('base64'));
  return {
    version: browser.version(),
    batch: ({ pages, split, calls }) =>
      page.evaluate(
        ([pages, split, nr]) => globalThis.contenders.batch(globalThis.bench.lockWork(pages, split, nr)),
        [pages, split, calls.length / 3],
      ),
    large: (bytes, rounds) =>
      page.evaluate(([bytes, rounds]) => globalThis.contenders.large(BigInt(bytes), rounds), [String(bytes), rounds]),
    close: () => browser.close(),
  };
}
