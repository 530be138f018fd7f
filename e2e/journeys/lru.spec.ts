// The LRU tab: columns of lists, and an arrow for what the step moved.
import { expect, test } from '../page';

test('mlock moves pages to unevictable, and the arrow points them out', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('tab', { name: 'LRU' }).click();
  const lists = page.getByRole('region', { name: 'LRU lists' });
  await expect(lists.getByRole('group')).toHaveText(/active\s*0\s*inactive\s*173 −4\s*unevictable\s*4 \+4/);
  const move = lists.getByRole('button', { name: '4 pages moved from inactive to unevictable: buf 0–3.' });
  await move.click();
  await expect(page.getByRole('slider', { name: 'Page of the address space' })).toHaveAttribute(
    'aria-valuetext',
    /^Page 0 is an anonymous page\. PG_mlocked/,
  );
  await playground.press('Alt+ArrowRight');
  await expect(playground.timeline.getByRole('option', { selected: true })).toContainText('munlock');
  await expect(
    lists.getByRole('button', { name: /^1 page moved from unevictable to inactive: buf 2\.$/ }),
  ).toBeVisible();
});
