// Many processes: the picture has room for four, a telephone for one; the others are a choice away.
import { expectNoViolation } from '../axe';
import { expect, test } from '../page';

const FORKS = `
char *a = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
touch_write(a, 2 * PAGE_SIZE);
for (int i = 0; i < 150; i++) if (fork() == 0) { touch_read(a, PAGE_SIZE); pause(); }
mlock(a, PAGE_SIZE);`;

test('150 children: four groups, and any other process can be chosen', async ({ page, playground }) => {
  await playground.openSource(FORKS);
  const { space } = playground;
  await expect(space.getByText('process 4, 4 of 4')).toBeVisible();
  await space.getByRole('button', { name: '147 more processes' }).click();
  const list = page.getByRole('dialog', { name: 'Processes that are shown' });
  await expect(list.getByRole('checkbox', { checked: true })).toHaveCount(3);
  await expectNoViolation(page, 'the list of processes', ['.process-box']);
  await list.getByRole('checkbox', { name: /^151 / }).check();
  await list.getByRole('checkbox', { name: /^3 / }).uncheck();
  await page.keyboard.press('Escape');
  await expect(space.getByText('process 1, 1 of 3')).toBeVisible();
  await expect(space.getByText('process 151, 3 of 3')).toBeVisible();
  await expect(space.getByRole('button', { name: '148 more processes' })).toBeVisible();
});

test('in a window of 1024 px the head of the picture has room for all its buttons', async ({ page, playground }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await playground.openSource(FORKS);
  const box = (await playground.space.getByRole('button', { name: 'Zoom in' }).boundingBox())!;
  expect(box.x + box.width).toBeLessThanOrEqual(1024);
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('a process is chosen by name, and a shared page leads to its twin', async ({ page, playground }) => {
    await playground.openSource(FORKS.replace('150', '2'));
    const { space } = playground;
    const processes = space.getByRole('combobox', { name: 'Process that is shown' });
    await expect(processes).toHaveValue('1');
    await expect(space.getByText(/^locked_vm 1 · /)).toBeVisible();
    await space.getByRole('button', { name: 'process 2' }).first().click();
    await expect(processes).toHaveValue('2');
    await expect(space.getByText(/^locked_vm 0 · /)).toBeVisible();
    await expectNoViolation(page, 'two processes');
    await processes.selectOption('3');
    await expect(space.getByRole('button', { name: 'process 1' }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test('rows show what is other than in the step compared with', async ({ page, playground }) => {
    await playground.open();
    const { space } = playground;
    await space.getByRole('button', { name: 'Compare with step 8' }).click();
    await page.getByRole('button', { name: 'Start image (0)' }).click();
    await playground.settled();
    await expect(space.getByRole('button', { name: 'step 0 → 9' })).toBeVisible();
    await expect(space.locator('.upright-cells').first()).toContainText('At the start: not mapped.');
    await space.getByRole('button', { name: 'Compare with the step before again' }).click();
    await expect(space.locator('.upright-cells').first()).toContainText('Before: R, on the inactive list.');
  });
});
