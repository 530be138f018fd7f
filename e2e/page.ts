// The page as a person meets it: what can be done with it and what can be read from it, by role and name.
// Journeys take `test` and `expect` from here: each test is also a test that nothing was said on the console and
// that nothing was asked of the network once the page stood.
import { expect as plainExpect, test as plainTest, type Locator, type Page, type Request } from '@playwright/test';

/** Milliseconds that a slow machine gets to parse, run and paint. */
const PATIENCE = 15_000;

/**
 * Files that may be asked for later: the icon by the browser itself whenever the address changes, the worker with
 * what it loads when a run that a newer edit overtook was ended, the desk of the page's own thread, the Spec tab and its
 * worker when they are first opened, recordings where nothing can be run.
 */
const LATER =
  /\/(icon\.svg|assets\/(worker|core|views|near-desk|visit|SpecTab|spec-worker|_playground_recordings|recording)-[\w-]+\.(js|css|wasm))$/;

export const expect = plainExpect.configure({ timeout: PATIENCE });

/** The panels of a narrow window. */
export type PanelName = 'Code' | 'Memory' | 'Why' | 'Log' | 'More';

interface Fixtures {
  /** What went wrong on any page of this test, in words. Must be empty at the end. */
  problems: string[];
  playground: Playground;
  /** Another person: a browser context of their own, with nothing kept. */
  visitor: () => Promise<Playground>;
  /** The page may keep itself for later; else each test loads what was just built. */
  keepsPage: boolean;
}

/** Takes service workers from a page: it then does what it does where a browser has none. */
const withoutServiceWorker = () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });

export const test = plainTest.extend<Fixtures>({
  viewport: { width: 1440, height: 900 },
  actionTimeout: PATIENCE,
  problems: [
    async ({}, use, info) => {
      info.setTimeout(90_000);
      const problems: string[] = [];
      await use(problems);
      expect(problems, 'console, page errors and requests').toEqual([]);
    },
    { auto: true },
  ],
  keepsPage: [false, { option: true }],
  context: async ({ context, keepsPage }, use) => {
    if (!keepsPage) await context.addInitScript(withoutServiceWorker);
    await use(context);
  },
  playground: async ({ page, problems, baseURL }, use) => {
    await use(new Playground(page, problems, baseURL!));
  },
  visitor: async ({ browser, problems, baseURL }, use) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: baseURL! });
      contexts.push(context);
      await context.addInitScript(withoutServiceWorker);
      return new Playground(await context.newPage(), problems, baseURL!);
    });
    for (const context of contexts) await context.close();
  },
});

/** One check of WHY: "✓", "fits the limit", "16 + 2 ... <= 16", "ENOMEM". */
export type CheckRow = readonly [mark: string, name: string, numbers: string, errno: string];

/** One page of the playground and what one does with it. */
export class Playground {
  /** One listbox is the whole timeline; the selected step is its selected option. */
  readonly timeline: Locator;
  readonly why: Locator;
  readonly space: Locator;
  readonly editor: Locator;
  readonly log: Locator;
  /** What a screen reader is told. */
  readonly announcer: Locator;
  /** Strips about errors and limits, and about a link. */
  readonly notes: Locator;

  #isLoading = true;

  constructor(
    readonly page: Page,
    problems: string[],
    /** The address of the page. */
    readonly home: string,
  ) {
    this.timeline = page.getByRole('listbox', { name: 'Steps' });
    this.why = page.getByRole('region', { name: 'Why', exact: true });
    this.space = page.getByRole('region', { name: 'Address space', exact: true });
    this.editor = page.getByRole('region', { name: 'Scenario', exact: true });
    this.log = page.getByRole('region', { name: 'Log', exact: true });
    this.announcer = page.getByTestId('announcer');
    this.notes = page.getByRole('status');
    page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const wrong = this.#judge(request);
      if (wrong) problems.push(`request ${wrong}: ${request.url()}`);
    });
  }

  #judge(request: Request): string {
    const { origin, protocol } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:') return ''; // no network
    if (origin !== new URL(this.home).origin) return 'to another origin';
    if (request.isNavigationRequest()) this.#isLoading = true;
    return this.#isLoading || LATER.test(request.url()) ? '' : 'after the page stood';
  }

  /** Opens the page with what stands after the address ("#src=..."), and waits until it has settled. */
  async open(hash = ''): Promise<void> {
    await this.go(hash);
    await this.settled();
  }

  /** Opens the page and does not wait. */
  async go(hash = ''): Promise<void> {
    await this.page.goto(`${this.home}${hash}`, { waitUntil: 'commit' });
  }

  /** Opens a text that was written by hand into the address. */
  async openSource(source: string): Promise<void> {
    await this.open(`#src=${encodeURIComponent(source)}`);
  }

  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
    await this.settled();
  }

  /** Waits until parse, run and paint have ended: the page says it itself. */
  async settled(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true');
    this.#isLoading = false;
  }

  // --- the text

  /** The text without the results that stand in it, as far as it is in view. */
  async text(): Promise<string> {
    const area = this.editor.getByRole('textbox');
    if (
      (await area.count()) > 0 &&
      (await area.evaluate((element) => element.tagName)) === 'TEXTAREA' &&
      !(await this.isMonaco())
    )
      return area.inputValue();
    const lines = await this.editor.locator('.view-line').evaluateAll((elements) =>
      elements
        .map((element) => {
          const copy = element.cloneNode(true) as Element;
          copy.querySelectorAll('[class*="inlay"]').forEach((inlay) => inlay.remove());
          return { top: element.getBoundingClientRect().top, text: copy.textContent ?? '' };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ').trimEnd()),
    );
    return lines.join('\n');
  }

  async isMonaco(): Promise<boolean> {
    return (await this.editor.locator('.monaco-editor').count()) > 0;
  }

  /** The results that stand in a line of the text: "-> 0", "+2". */
  inlays(line: string): Locator {
    return this.line(line).locator('[class*="inlay"]');
  }

  /** A line of the text that contains these words. Monaco writes no-break spaces. */
  line(words: string): Locator {
    const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]');
    return this.editor.locator('.view-line').filter({ hasText: new RegExp(pattern) });
  }

  /** Puts the cursor at the beginning of the line that contains these words. */
  async clickLine(words: string): Promise<void> {
    await this.line(words).click({ position: { x: 4, y: 8 } });
    await this.settled();
  }

  /** Replaces the text by another. */
  async write(source: string): Promise<void> {
    await this.focusText();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
    await this.settled();
  }

  /** Writes a line at the end of the text, key by key. */
  async append(line: string): Promise<void> {
    await this.focusText();
    await this.page.keyboard.press('ControlOrMeta+End');
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.type(line);
    await this.settled();
  }

  async focusText(): Promise<void> {
    if (await this.isMonaco()) await this.editor.locator('.view-line').first().click();
    else await this.editor.getByRole('textbox').click();
  }

  /** The number of the line that the editor marks as the one of the selected step. */
  get markedLine(): Locator {
    return this.editor.locator('.line-numbers.step-line-number').first();
  }

  // --- steps

  /** "step 9, line 13, mlock, failed with ENOMEM, locked_vm 12". */
  get selectedStep(): Locator {
    return this.timeline.getByRole('option', { selected: true });
  }

  async expectStep(step: number, ...words: readonly string[]): Promise<void> {
    await expect(this.selectedStep).toHaveAccessibleName(new RegExp(`^step ${step},`));
    for (const word of words) expect(await this.selectedStep.getAttribute('aria-label')).toContain(word);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settled();
  }

  // --- what the step shows

  /** locked_vm against its limit in words: "locked_vm 12, limit 16: 4 pinned, ...". */
  get gauge(): Locator {
    return this.page.getByRole('img', { name: /^locked_vm / });
  }

  /** The value of a counter: "262". */
  counter(name: string): Locator {
    return this.page.locator('.counter-box').filter({ hasText: name }).locator('.value');
  }

  async checks(): Promise<CheckRow[]> {
    const rows = this.why.getByRole('list', { name: "Checks, in the kernel's order" }).getByRole('listitem');
    return rows.evaluateAll((elements) =>
      elements.map((element) => {
        const [mark, name, numbers, errno] = [...element.children].map((child) => {
          const copy = child.cloneNode(true) as Element;
          copy.querySelectorAll('.sr').forEach((hidden) => hidden.remove());
          return (copy.textContent ?? '').trim();
        });
        return [mark ?? '', name ?? '', numbers ?? '', errno ?? ''] as const;
      }),
    );
  }

  // --- the header and the narrow window

  async chooseExample(title: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: /^Examples/ }).click();
    await this.page.getByRole('dialog', { name: 'Examples' }).getByRole('option', { name: title }).click();
    await this.settled();
  }

  async chooseTheme(theme: 'As the system' | 'Light' | 'Dark' | 'Contrast'): Promise<void> {
    await this.page.getByRole('button', { name: /^Theme/ }).click();
    await this.page.getByRole('menuitemradio', { name: theme }).click();
    await this.settled();
  }

  /** Shows a panel of a narrow window. */
  async show(panel: PanelName): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: panel }).click();
    await this.settled();
  }
}
