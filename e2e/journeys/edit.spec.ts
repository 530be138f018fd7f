// An edit is seen in the picture at once, at the step it was made for.
import { expect, test } from '../page';

test('a typed call becomes the selected step', async ({ playground }) => {
  await playground.openSource(`char *p = ${MAP};`);
  await playground.expectStep(1, 'mmap');

  await playground.append('mlock(p + PAGE_SIZE, 2 * PAGE_SIZE);');
  await playground.expectStep(2, 'mlock', 'returned 0', 'locked_vm 2');
  await expect(playground.gauge).toHaveAccessibleName(/^locked_vm 2, /);
  await expect(playground.inlays('mlock(p')).toHaveText(['-> 0', '+2']);
  await expect(playground.log.getByRole('listitem').filter({ hasText: /^2/ })).toContainText('|r|LL|r|');

  // The same call, another length: the result follows, the selection stays.
  await playground.press('ArrowLeft', 'ArrowLeft', 'Shift+Home');
  await playground.page.keyboard.type('mlock(p, 4 * PAGE_SIZE');
  await playground.settled();
  await playground.expectStep(2, 'mlock', 'locked_vm 4');
});

test('completion offers the calls and writes the chosen one', async ({ page, playground }) => {
  await playground.openSource(`char *p = ${MAP};`);
  await playground.append('munlocka');
  // Monaco's list has another role on Windows, which Playwright's Chromium says it runs on.
  await expect(page.getByLabel('Suggest').getByLabel(/^munlockall/)).toBeVisible();
  await playground.press('Enter');
  await expect.poll(() => playground.text()).toContain('munlockall()');
});

const MAP = 'mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)';
