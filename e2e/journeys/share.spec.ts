// A share link carries source, step and settings to somebody else.
import { linkOf } from '../link';
import { expect, test } from '../page';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a copied link opens elsewhere as it was left', async ({ page, playground, visitor }) => {
  // Settings come by link: there is no other way to change only one of them.
  await playground.open(linkOf({ source: SOURCE, settings: { max_steps: 20 } }));
  await playground.timeline.focus();
  await playground.press('Home', 'ArrowRight');
  await playground.expectStep(2, 'touch_write');

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#v1\/[\w-]+$/);
  expect(link).toBe(page.url());

  const other = await visitor();
  await other.open(new URL(link).hash);
  expect(await other.text()).toBe(SOURCE);
  await other.expectStep(2, 'touch_write');
  await expect(other.notes.filter({ hasText: '20 steps' })).toBeVisible();
});

test('Ctrl+S copies the link too', async ({ page, playground }) => {
  await playground.open();
  await playground.focusText();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

const SOURCE = `char *p = sbrk(4 * PAGE_SIZE);
for (int i = 0; i < 100; i++)
    touch_write(p, 1);`;
