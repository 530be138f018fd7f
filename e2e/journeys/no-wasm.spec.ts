// A browser without WebAssembly: nothing runs, and all else works.
import { expect, test } from '../page';

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => void Reflect.deleteProperty(globalThis, 'WebAssembly'));
});

test('the page says so once, shows what was recorded, and text, examples and sharing go on', async ({
  page,
  playground,
}) => {
  await playground.open();
  const note = playground.notes.filter({ hasText: 'This browser has no WebAssembly.' });
  await expect(note).toContainText('You see step 9, as it was recorded.');
  await expect(playground.timeline).toHaveCount(0);
  expect(await playground.text()).toContain('mlock(buf, 16 * PAGE_SIZE)');
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Page 10');

  await playground.write('mlock(0, 1);');
  await expect(note).not.toContainText('recorded');
  await page.getByRole('button', { name: /^All \d+ examples/ }).click();
  await page.keyboard.type('munlock one page');
  await page.keyboard.press('Enter');
  await playground.settled();
  expect(await playground.text()).toContain('// Unlocking one page');

  await playground.write('munlockall();');
  await playground.reload();
  expect(await playground.text()).toBe('munlockall();');
  await page.keyboard.press('Control+s');
  await expect(page).toHaveURL(/#v1/);
});
