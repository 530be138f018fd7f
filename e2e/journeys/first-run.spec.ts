// A first visit: the default scenario stands there with its result, before the editor has come.
import { expect, test } from '../page';

test('the result is on screen before Monaco arrives', async ({ page, playground }) => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/editor-*.js', async (route) => {
    await gate;
    await route.continue();
  });
  await playground.go();

  await playground.expectStep(9, 'mlock', 'failed with ENOMEM');
  await expect(playground.why).toContainText('NOT ATOMIC');
  await expect(playground.editor.getByRole('textbox', { name: 'Scenario in C' })).toHaveValue(
    /^\/\/ A hole does not undo/,
  );
  expect(await playground.isMonaco()).toBe(false);

  release();
  await playground.settled();
  expect(await playground.isMonaco()).toBe(true);
  await playground.expectStep(9); // the editor's arrival moves nothing
});

test('the default scenario shows at step 9 what Linux 6.18 does', async ({ playground }) => {
  await playground.open();
  await playground.expectStep(9, 'line 13', 'mlock', 'failed with ENOMEM', 'locked_vm 12');

  await expect(playground.gauge).toHaveAccessibleName(
    'locked_vm 12, limit 16: 4 pinned, 6 counted without a page, 2 on fault',
  );
  await expect(playground.counter('map_count')).toHaveText('14');
  await expect(playground.counter('total_vm')).toHaveText('262');
  await expect(playground.counter('rss')).toHaveText('177');
  await expect(playground.counter('CAP_IPC_LOCK')).toHaveText('off');
  await expect(playground.space.getByText('14 VMAs, 262 pages, 12 locked')).toBeVisible();
  await expect(playground.why.getByText('NOT ATOMIC')).toBeVisible();
  await expect(playground.why.getByText('-1 ENOMEM')).toBeVisible();
  await expect(playground.log.getByRole('listitem').filter({ hasText: /^9/ })).toContainText('|LLLLZZllll|..|rr|oo|');
  await expect(playground.log).toContainText('12 pages locked');
  await expect(playground.inlays('int r = mlock(buf, 16 * PAGE_SIZE);')).toHaveText(['-> -1 ENOMEM', '+10']);
});
