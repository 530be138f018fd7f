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

test('a fix of WHY is one key away', async ({ playground }) => {
  await playground.open();
  await playground.timeline.getByRole('option', { name: /^step 13,/ }).click();
  await playground.settled();
  await playground.press('1');
  await playground.expectStep(13, 'mlock', 'returned 0');
});
