// WHY: the checks of the selected call as the kernel asks them, with their numbers.
import { expect, test } from '../page';

test("the checks stand in the kernel's order with their numbers, and the failed one is marked", async ({
  playground,
}) => {
  await playground.open();
  expect(await playground.checks()).toEqual([
    ['✓', 'may lock at all', 'RLIMIT_MEMLOCK 65536 B is not 0', 'EPERM'],
    ['✓', 'fits the limit', '16 + 2 locked − 2 in range = 16 ≤ 16', 'ENOMEM'],
    ['✓', 'end does not wrap', '…fe7000 + 0x10000 = …ff7000', 'EINVAL'],
    ['✓', 'mlock_fixup [0,10)', '+VM_LOCKED, whole VMA, no split', ''],
    ['✕', 'VMA at page 10', 'none: the next one starts at page 12', 'ENOMEM'],
    ['–', 'mlock_fixup [12,16)', 'not reached', ''],
    ['–', 'populate', 'not reached: pages 6–9 stay absent', ''],
  ]);
  await expect(playground.why).toContainText('Page 10 of the range is not mapped. The 10 pages before it stay locked.');
  await expect(playground.why).toContainText('Kept although it failed:');
});

test('the numbers are those of the selected call', async ({ playground }) => {
  await playground.open();
  await playground.timeline.getByRole('option', { name: /^step 13,/ }).click();
  await playground.settled();
  const failed = (await playground.checks()).filter(([mark]) => mark === '✕');
  expect(failed).toEqual([['✕', 'fits the limit', '8 + 13 locked − 0 in range = 21 > 16', 'ENOMEM']]);
  await expect(playground.why.getByText('NOT ATOMIC')).toHaveCount(0);
  await expect(playground.why).toContainText('Nothing changed.');
});

test('a key shows a fix first, pressed again it makes the edit', async ({ page, playground }) => {
  await playground.open();
  const step13 = playground.timeline.getByRole('option', { name: /^step 13,/ });
  await step13.click();
  await playground.settled();
  const before = await playground.text();
  const preview = page.getByRole('tooltip').filter({ hasText: 'again makes this edit' });
  await playground.press('1');
  await expect(preview).toContainText('mlock(more, 3 * PAGE_SIZE);');
  await expect(preview).toContainText('The call succeeds.');
  await playground.press('3');
  await expect(preview).toContainText('#pragma rlimit RLIMIT_MEMLOCK 86016');
  await playground.press('Escape');
  await expect(preview).toHaveCount(0);
  expect(await playground.text()).toBe(before);
  await playground.press('ArrowLeft');
  await playground.expectStep(12);
  await playground.press('ArrowRight', '1', '1');
  await playground.expectStep(13, 'mlock', 'returned 0');
  await expect(playground.line('mlock(more, 3 * PAGE_SIZE)')).toHaveCount(1);
});

test('a fix shows its edit and the assert that it would break, before it is made', async ({ page, playground }) => {
  await playground.open();
  const before = await playground.text();
  await playground.why.getByRole('button', { name: /^Map the hole/ }).hover();
  const preview = page.getByRole('tooltip').filter({ hasText: 'MAP_FIXED' });
  await expect(preview).toContainText('The call succeeds.');
  await expect(preview).toContainText('Line 14');
  await expect(preview).toContainText('r is 0, -1 expected');
  await page.mouse.move(5, 5);
  await expect(preview).toHaveCount(0);
  expect(await playground.text()).toBe(before);
});

test('a check opens its rule, the effects open a diff, a refused charge names the accounts', async ({ playground }) => {
  await playground.open();
  await playground.why.getByRole('button', { name: 'VMA at page 10' }).click();
  await expect(playground.why).toContainText('apply_vma_lock_flags()');
  await playground.why.getByRole('button', { name: /^Diff/ }).click();
  await expect(playground.why).toContainText('|LLLLZZllll|');
  await playground.timeline.getByRole('option', { name: /^step 13,/ }).click();
  await playground.settled();
  await expect(playground.why).toContainText('locked_vm of the mm');
  await expect(playground.why).toContainText('mm->pinned_vm');
});
