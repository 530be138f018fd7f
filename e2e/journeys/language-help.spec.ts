// The editor helps with the language: what a word means, what a call takes, what is wrong with it and how to mend it.
import { expect, test, type Playground } from '../page';

const MAP = 'mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)';
const LATE = `char *p = ${MAP};\ntouch_write(p, 64);\nmlock(p, 64);\n`;

/** A word of the text as Monaco draws it. */
const word = (playground: Playground, line: string, text: string) =>
  playground.line(line).locator('span span').getByText(text, { exact: true }).first();

test('a hover explains a call, and a variable at the selected step', async ({ page, playground }) => {
  await playground.openSource(LATE);
  const card = page.locator('.monaco-hover:visible').first();
  await word(playground, 'mlock(p', 'mlock').hover();
  for (const part of ['int mlock(const void *addr, size_t len)', 'Pitfalls', 'Linux 2.6.9', 'EPERM'])
    await expect(card).toContainText(part);
  await playground.clickLine('mlock(p');
  await page.mouse.move(900, 700);
  await expect(card).toBeHidden();
  await playground.line('char').hover({ position: { x: 47, y: 8 } });
  await expect(card).toContainText('char *p');
  await expect(card).toContainText(/After step 3: 0x7[0-9a-f]+, 4 pages/);
  await expect(card).toContainText('rw-p, locked');
});

test('signature help shows the parameter that is being written; completion what is left', async ({
  page,
  playground,
}) => {
  await playground.openSource(`char *p = ${MAP};`);
  await playground.append('mlock2(p, 64, ');
  const help = page.locator('.parameter-hints-widget');
  await expect(help.locator('.parameter.active')).toHaveText('int flags');
  await expect(help).toContainText('MLOCK_ONFAULT locks pages when they are faulted in');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('mlockall(MCL_CURRENT | ');
  const list = page.getByLabel('Suggest');
  await expect(list.getByLabel(/^MCL_FUTURE/)).toBeVisible();
  await expect(list.getByLabel(/^MCL_CURRENT/)).toBeHidden();
});

test('format tidies the text by key, and undo takes it back', async ({ page, playground }) => {
  await playground.openSource(`char*p=${MAP};\nif(mlock(p,64)==-1){perror("mlock");\n}\n`);
  await playground.focusText();
  await page.keyboard.press('Alt+Shift+F');
  await expect.poll(() => playground.text()).toContain('if (mlock(p, 64) == -1) {\n    perror("mlock");\n}');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => playground.text()).toContain('if(mlock(p,64)==-1){');
});

test('F12 goes to the definition of an own function', async ({ page, playground }) => {
  await playground.openSource(`char *p = ${MAP};\nint twice(char *q) {\n    return mlock(q, 1);\n}\ntwice(p);\n`);
  await playground.line('twice(p)').click({ position: { x: 12, y: 8 } });
  await page.keyboard.press('F12');
  await page.keyboard.type('lock_');
  await expect.poll(() => playground.text()).toContain('int lock_twice(char *q)');
});

test('the text starts where the text area had it, and a block folds by key', async ({ page, playground }) => {
  await playground.openSource(`char *p = ${MAP};\nfor (int i = 0; i < 4; i++) {\n    mlock(p, 64);\n}\n`);
  const edge = (await playground.editor.boundingBox())!.x;
  for (const [width, start] of [
    [1440, 52],
    [1000, 38],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(async () => (await playground.line('char').boundingBox())!.x - edge).toBe(start);
  }
  await playground.clickLine('for (');
  await page.keyboard.press('ControlOrMeta+Shift+BracketLeft');
  await expect(playground.line('mlock(p')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+BracketRight');
  await expect(playground.line('mlock(p')).toBeVisible();
});

test('a classic mistake is marked, and its fix mends it', async ({ page, playground }) => {
  await playground.openSource(LATE);
  await expect(playground.editor.locator('.squiggly-info')).toHaveCount(1);
  await playground.clickLine('mlock(p');
  await page.keyboard.press('ControlOrMeta+.');
  const menu = page.locator('.action-widget').first();
  await expect(menu).toContainText('NOLINT(lock-after-write)');
  await menu.getByText('Lock first, write then').click();
  await expect.poll(() => playground.text()).toContain('mlock(p, 64);\ntouch_write(p, 64);');
  await playground.settled();
  await expect(playground.editor.locator('.squiggly-info')).toHaveCount(0);
});

test('what stands behind the calls can be chosen, and stays chosen', async ({ page, playground }) => {
  await playground.openSource(LATE);
  await expect(playground.inlays('mlock(p')).toHaveText(['-> 0', '+1']);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Behind the calls' }).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
  };
  await choose('Result');
  await expect(playground.inlays('mlock(p')).toHaveText(['-> 0']);
  await choose('Change of locked_vm');
  await expect(playground.inlays('mlock(p')).toHaveText(['+1']);
  await choose('Nothing');
  await expect(playground.inlays('mlock(p')).toHaveCount(0);
  await playground.reload();
  await expect(playground.line('mlock(p')).toBeVisible();
  await expect(playground.inlays('mlock(p')).toHaveCount(0);
});
