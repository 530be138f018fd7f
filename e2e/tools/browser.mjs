// The browser that e2e/tools/ensure.mjs found and noted; Playwright looks for its own without the note.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const note = join(import.meta.dirname, '..', '..', 'build', 'browser.json');
const found = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')).path : undefined;
const executablePath = process.env.BROWSER_PATH ?? found;

/** What Playwright is to launch: the browser, without its sandbox where root may not have one. */
export const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  chromiumSandbox: process.getuid?.() !== 0,
};
