// A link that somebody wrote by hand: #src= and calls parted by semicolons.
import { expect, test } from '../page';

test('calls after #src= run, each on a line of its own', async ({ page, playground }) => {
  await playground.open('#src=char *p = sbrk(2 * PAGE_SIZE); mlock(p, 1); mlock(p, 3 * PAGE_SIZE)');
  expect(await playground.text()).toBe('char *p = sbrk(2 * PAGE_SIZE);\nmlock(p, 1);\nmlock(p, 3 * PAGE_SIZE);');
  await playground.expectStep(3, 'line 3', 'mlock', 'ENOMEM');
  await expect(page.getByRole('button', { name: /^Examples/ })).toContainText('A shared text');

  // A second link in the same window is opened too.
  await playground.open('#src=mlockall(MCL_CURRENT)%0Amunlockall()');
  expect(await playground.text()).toBe('mlockall(MCL_CURRENT);\nmunlockall();');
  await playground.expectStep(2, 'munlockall');
});

test('an edit takes the link out of the address', async ({ page, playground }) => {
  await playground.openSource('munlockall();');
  expect(new URL(page.url()).hash).not.toBe('');
  await playground.append('mlockall(MCL_CURRENT);');
  expect(new URL(page.url()).hash).toBe('');
});
