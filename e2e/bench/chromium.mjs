// The core in a page of Chromium as a contender: the same module that runs in Node.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from '../tools/browser.mjs';

/** Opens an empty page with the module and the core in it. `program` sets globalThis.bench. */
export async function corePage(program, wasm) {
  const browser = await chromium.launch(launchOptions);
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
