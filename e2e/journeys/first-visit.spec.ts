// Thirty seconds of a first visit: three things to try, gone by "Got it" or by the first edit, never over a link.
import { expect, test } from '../page';

const STRIP = { name: 'Three things to try' };

test('the strip is there before the result, is gone by "Got it", and stays gone', async ({ page, playground }) => {
  await playground.open();
  const strip = page.getByRole('region', STRIP);
  await expect(strip.getByRole('listitem')).toHaveCount(3);
  await expect(page.locator('html')).toHaveAttribute('data-hints', '');
  await strip.getByRole('button', { name: 'Got it' }).click();
  await expect(strip).toHaveCount(0);
  await playground.expectStep(9); // the visit goes on where it was
  await playground.reload();
  await expect(strip).toHaveCount(0);
  await expect(page.locator('html')).not.toHaveAttribute('data-hints');
});

test('what it says is so: with 10 pages the call succeeds, and the first edit takes it away', async ({
  page,
  playground,
}) => {
  await playground.open();
  const strip = page.getByRole('region', STRIP);
  await expect(strip).toBeVisible();
  await playground.write((await playground.text()).replace('mlock(buf, 16 * PAGE_SIZE)', 'mlock(buf, 10 * PAGE_SIZE)'));
  await expect(strip).toHaveCount(0);
  await expect(playground.inlays('int r = mlock(buf, 10 * PAGE_SIZE);').first()).toHaveText('-> 0');
  await expect(page.getByRole('status').filter({ hasText: 'Line 14' })).toBeVisible(); // the assert below
  await playground.chooseExample(/^A hole does not undo/);
  await expect(strip).toHaveCount(0);
});

test('a text that came by a link has no strip', async ({ page, playground }) => {
  await playground.openSource('mlockall(MCL_CURRENT);');
  await expect(page.getByRole('region', STRIP)).toHaveCount(0);
});
