// A text with an error: its place is said, the last good run stays readable, one click mends it.
import { expect, test } from '../page';

test('an error is said in its place, what is stale says so, and the fix mends it', async ({ playground }) => {
  await playground.openSource(GOOD);
  await playground.expectStep(3, 'mlock', 'failed with ENOMEM');

  await playground.write(GOOD.replace('8 * PAGE_SIZE);', '8 * PAGE_SIZE;'));
  const strip = playground.editor.getByRole('status');
  await expect(strip).toContainText('Line 3, column');
  await expect(playground.editor.getByText('1 error')).toBeVisible();

  // Step 3 is of the last good run: shown, and said to be so; it offers no fix.
  await playground.expectStep(3, 'mlock');
  await expect(playground.notes.filter({ hasText: 'Step 3 of your last good run.' })).toContainText(
    'Steps 1–2 are live',
  );
  await expect(playground.why).toContainText('ENOMEM');
  await expect(playground.why.getByRole('group', { name: 'Fixes' })).toHaveCount(0);
  await expect(playground.timeline.locator('.step.stale')).toHaveCount(1);

  await strip.getByRole('button').click();
  await playground.settled();
  expect(await playground.text()).toBe(GOOD);
  await expect(strip).toBeEmpty();
  await expect(playground.notes.filter({ hasText: 'last good run' })).toHaveCount(0);
  await expect(playground.why.getByRole('group', { name: 'Fixes' })).toBeVisible();
});

const GOOD = `char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 4 * PAGE_SIZE, PAGE_SIZE);
mlock(p, 8 * PAGE_SIZE);`;
