// How much a person waits for before the first result: what the page has asked for by then, as brotli makes it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '../page';

const DIST = resolve(import.meta.dirname, '../../dist');
const MOST = 120 * 1024;

test('the first result waits for at most 120 KiB, and never for Monaco', async ({ page, playground }) => {
  // The first result: the page says how the run ended, and its steps can be chosen.
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.documentElement.dataset['outcome'] || 'waited' in globalThis) return;
      const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
      Object.assign(globalThis, { waited: files });
    });
    seen.observe(document, { attributes: true, subtree: true });
  });
  await playground.open();
  const fetched = await page.evaluate(() => (globalThis as unknown as { waited: string[] }).waited);
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file!);
  expect(fetched.some((path) => /\/editor-/.test(path))).toBe(false);

  expect(fetched.some((path) => /\/core-[\w-]+\.wasm$/.test(path))).toBe(true);

  // A worker's own fetches are not among the page's: what the worker imports at once.
  const worker = fetched.find((path) => /\/worker-/.test(path))!;
  const code = readFileSync(join(DIST, worker), 'utf8');
  const beside = [...code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(([, file]) => `assets/${file}`);
  const files = new Set([...first, ...fetched.map((path) => path.slice(1)), ...beside]);
  const sizes = [...files]
    .filter((file) => /^assets\/.*\.(js|css|wasm)$/.test(file))
    .map((file) => [file, brotliCompressSync(readFileSync(join(DIST, file))).length] as const);
  const sum = sizes.reduce((bytes, [, size]) => bytes + size, 0);
  expect(sum, sizes.map(([file, size]) => `${size} ${file}`).join('\n')).toBeLessThanOrEqual(MOST);
});
