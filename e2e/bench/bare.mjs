// What a key costs on a page with nothing but a place to type into: no page that has one is faster.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../tools/command.mjs';

/** Keys pressed before the measured ones: the engine compiles. */
const WARM = 20;
const SIZE = { width: 1440, height: 900 };

/** Notes when a key was pressed, when its letter was in the document (`typed` calls that) and when its frame was out. */
const WATCH = `
  let pressed = 0;
  globalThis.samples = [];
  addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });
  globalThis.typed = () => {
    const settled = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => samples.push([settled - pressed, performance.now() - pressed]);
      port2.postMessage(null);
    });
  };`;

/** Presses keys and gives, of each, milliseconds until its letter was in the document and until it was painted. */
async function type(page, keys) {
  for (let i = 0; i < WARM + keys; i++) {
    const before = await page.evaluate(() => globalThis.samples.length);
    await page.keyboard.press('abcdefghij'[i % 10]);
    await page.waitForFunction((n) => globalThis.samples.length > n, before);
  }
  const samples = await page.evaluate(() => globalThis.samples);
  await page.close();
  return samples.slice(WARM);
}

/** A text area. */
export async function bareTextArea(browser, keys) {
  const page = await browser.newPage({ viewport: SIZE });
  await page.setContent(`<textarea></textarea><script>${WATCH}</script>`);
  await page.evaluate(() => addEventListener('input', globalThis.typed));
  await page.locator('textarea').focus();
  return type(page, keys);
}

/** Monaco as large as on our page, with ten lines in it and none of our parts. */
export async function bareMonaco(browser, keys) {
  const outDir = join(root, 'build', 'bare-monaco');
  const entry = 'bare:monaco';
  const source = `
    import { editor } from 'monaco-editor/editor';
    const host = document.getElementById('host');
    const made = editor.create(host, { value: '// '.repeat(10).replaceAll(' ', '\\n'), minimap: { enabled: false } });
    made.onDidChangeModelContent(globalThis.typed);
    made.focus();`;
  const virtual = {
    name: entry,
    resolveId: (id) => (id === entry ? `\0${entry}` : null),
    load: (id) => (id === `\0${entry}` ? source : null),
  };
  const input = { monaco: entry };
  const output = { entryFileNames: '[name].js', assetFileNames: '[name][extname]', codeSplitting: false };
  await build({
    ...{ root, configFile: false, logLevel: 'error', plugins: [virtual] },
    build: { outDir, emptyOutDir: true, rolldownOptions: { input, output } },
  });
  const page = await browser.newPage({ viewport: SIZE });
  await page.setContent(`<div id="host" style="width: 560px; height: 700px"></div><script>${WATCH}</script>`);
  await page.addStyleTag({ path: join(outDir, 'monaco.css') });
  await page.addScriptTag({ path: join(outDir, 'monaco.js'), type: 'module' });
  rmSync(outDir, { recursive: true });
  await page.locator('.view-line').first().waitFor();
  return type(page, keys);
}
