// A browser without WebAssembly: nothing runs, and all else works.
import { expect, test } from '../page';

test.beforeEach(async ({ page }) => {
  await page.route('**/assets/worker-*.js', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `delete self.WebAssembly;${await answer.text()}` });
  });
});

test('the page says so once, and text, examples and sharing go on', async ({ page, playground }) => {
  await playground.open();
  await expect(playground.notes.filter({ hasText: 'This browser has no WebAssembly.' })).toBeVisible();
  await expect(playground.timeline).toHaveCount(0);
  expect(await playground.text()).toContain('mlock(buf, 16 * PAGE_SIZE)');

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
