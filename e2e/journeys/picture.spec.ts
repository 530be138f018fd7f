// The address space under the fingers: wheel, keys, the page with the focus, twins of other processes, 65,530 VMAs.
import { expect, test, type Playground } from '../page';

/** The picture is one slider over the pages; its text says the page with the focus. */
const stage = ({ space }: Playground) => space.getByRole('slider', { name: 'Page of the address space' });
const inView = ({ space }: Playground) => space.getByRole('table', { name: /VMAs in view/ });

test('the wheel zooms about the pointer, 0 shows everything, F the change', async ({ page, playground }) => {
  await playground.open();
  await expect(inView(playground)).not.toContainText('[text]');
  const box = (await stage(playground).boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 170);
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -240);
  await expect(inView(playground)).not.toContainText('buf+12p');
  await expect(inView(playground)).toContainText('buf');
  await stage(playground).focus();
  await playground.press('0');
  await expect(inView(playground)).toContainText('[text]');
  await expect(inView(playground)).toContainText('[stack]');
  await playground.press('f');
  await expect(inView(playground)).toContainText('buf+12p');
  await expect(inView(playground)).not.toContainText('[stack]');
});

test('the page with the focus is said with its kpageflags; Tab goes from change to change', async ({ playground }) => {
  await playground.open();
  await stage(playground).focus();
  const says = (words: RegExp) => expect(stage(playground)).toHaveAttribute('aria-valuetext', words);
  await says(/^Page 0 is an anonymous page\. PG_mlocked, on the unevictable list, mlock_count 1\./);
  await says(/kpageflags 0x[0-9a-f]{16}  .*KPF_UNEVICTABLE .*KPF_MLOCKED/);
  await playground.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await says(/^Page 4 is the shared zero page\./);
  await playground.press(']');
  await says(/^Page 12 is absent: .* no page frame, no kpageflags$/);
});

test('Escape closes the tip, then leads out of the picture', async ({ page, playground }) => {
  await playground.open();
  await stage(playground).focus();
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('Page 0 is an anonymous page.');
  await playground.press('Escape');
  await expect(tip).toBeHidden();
  await expect(stage(playground)).toBeFocused();
  await playground.press('ArrowRight');
  await expect(tip).toContainText('Page 1 is an anonymous page.');
  await playground.press('Escape', 'Escape');
  await expect(stage(playground)).not.toBeFocused();
  await expect(playground.log.locator(':focus')).toHaveCount(1);
});

test('a tip under the pointer is closed by Escape wherever the focus is', async ({ page, playground }) => {
  await playground.open();
  const box = (await stage(playground).boundingBox())!;
  await page.mouse.move(box.x + 10, box.y + 190);
  await expect(page.getByRole('tooltip')).toContainText('Page 0');
  await playground.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
});

test('the bar of the call points out its step in timeline and log', async ({ page, playground }) => {
  await playground.open();
  const box = (await stage(playground).boundingBox())!;
  await page.mouse.move(box.x + 50, box.y + 64);
  await expect(playground.log.locator('.previewed')).toContainText('mlock(buf, 65536)');
  await page.mouse.move(box.x + 50, box.y + 110);
  await expect(playground.log.locator('.previewed')).toHaveCount(0);
});

test('two processes: a shared page names its twin, and one that ended says so', async ({ page, playground }) => {
  await playground.openSource(`
char *a = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
touch_write(a, 2 * PAGE_SIZE);
if (fork() == 0) { touch_read(a, PAGE_SIZE); pause(); }
if (fork() == 0) { exit(3); }
mlock(a, PAGE_SIZE);`);
  await expect(page.getByText('process 3 ended, status 3')).toBeVisible();
  await expect(page.getByText('process 2, 2 of 2')).toBeVisible();
  await stage(playground).focus();
  await expect(stage(playground)).toHaveAttribute('aria-valuetext', /Process 2 maps it too, at 0x[0-9a-f]+\./);
});

test('65,530 VMAs: steps, table and picture follow', async ({ page, playground }) => {
  await playground.openSource(`
char *buf = mmap(NULL, 65400 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < 32700; i++) mprotect(buf + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ);
mlock(buf + PAGE_SIZE, PAGE_SIZE);
munlock(buf + PAGE_SIZE, PAGE_SIZE);`);
  await expect(playground.counter('map_count')).toHaveText('65,411');
  const rows = page.getByRole('region', { name: 'VMAs' }).getByRole('row');
  expect(await rows.count()).toBeLessThan(100);
  await stage(playground).focus();
  await playground.press('0', '+', '+', 'f');
  await expect(inView(playground)).toContainText('buf');
});

test('the pages of a VMA stand below its row, and the row leads the picture', async ({ page, playground }) => {
  await playground.open();
  const table = page.getByRole('region', { name: 'VMAs' });
  await table.getByRole('button', { name: /7ffff7ff3000/ }).click();
  await expect(table.getByRole('row', { name: /pages 0 to 1 2 r absent/ })).toBeVisible();
  await expect(stage(playground)).toHaveAttribute('aria-valuetext', /^Page 12 is absent/);
});

test('motion is turned off by a command, and stays off', async ({ page, playground }) => {
  await playground.open();
  await playground.press('Control+k');
  await page.keyboard.type('Motion');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'off');
  await playground.reload();
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'off');
});
