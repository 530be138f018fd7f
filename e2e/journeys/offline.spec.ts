// Without a network the page is the whole page, and a new version comes as a whole or not at all.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { expect, Playground, test } from '../page';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** A host of a copy of the build, which a test may change and take away. */
class Host {
  readonly folder = mkdtempSync(join(tmpdir(), 'playground-'));
  #server: Server;

  constructor() {
    cpSync(resolve(import.meta.dirname, '../../dist'), this.folder, { recursive: true });
    this.#server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://host').pathname;
      const file = join(this.folder, path === '/' ? 'index.html' : path);
      try {
        const body = readFileSync(file);
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, vary: 'Origin' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }
}

test.use({ keepsPage: true });

/** Waits until the service worker has the whole page and answers for it. */
const isKept = (playground: Playground) =>
  playground.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
  });

test('after one visit the page works without a network', async ({ page, problems }) => {
  const host = new Host();
  const address = await host.open();
  const playground = new Playground(page, problems, address);
  await playground.open();
  await isKept(playground);
  host.close();
  rmSync(host.folder, { recursive: true });

  await playground.open();
  await expect(page.getByRole('region', { name: 'Why', exact: true })).toContainText('ENOMEM');
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
});

test('the header says that there is no network', async ({ playground, page, context }) => {
  await playground.open();
  await expect(page.getByText('Offline', { exact: true })).toHaveCount(0);
  await context.setOffline(true);
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Offline', { exact: true })).toHaveCount(0);
});

test('a new version waits until it is asked for, then is there as a whole', async ({ page, problems }) => {
  const host = new Host();
  const playground = new Playground(page, problems, await host.open());
  await playground.open();
  await isKept(playground);

  host.edit('index.html', (html) => html.replace('<title>mlock playground', '<title>mlock playground, the next'));
  host.edit('sw.js', (script) => script.replace(/`[0-9a-f]{16}`|"[0-9a-f]{16}"/, '"the next version"'));
  await playground.open(); // the old page, and the browser looks for a new worker
  await expect(page).toHaveTitle('mlock playground');
  await page.getByRole('button', { name: 'New version' }).click();
  await expect(page).toHaveTitle('mlock playground, the next');
  await expect(page.getByRole('button', { name: 'New version' })).toHaveCount(0);
  host.close();
  rmSync(host.folder, { recursive: true });
});
