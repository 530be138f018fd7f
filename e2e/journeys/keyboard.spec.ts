// The page without a mouse: nothing holds the focus, everything is reached, the dialogs give the focus back.
import { expect, test } from '../page';

test('Tab goes once around the whole page, and the editor lets it out after Escape', async ({ page, playground }) => {
  test.slow();
  await playground.open();
  const seen: string[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const now = document.activeElement;
      if (!now || now === document.body) return '';
      if (now.closest('.monaco-editor')) return 'editor';
      return now.getAttribute('aria-label') ?? now.textContent?.trim().slice(0, 40) ?? now.tagName;
    });
    if (at === '' && seen.length > 5) break; // round
    seen.push(at);
    if (at === 'editor') await page.keyboard.press('Escape');
  }
  expect(seen.length, seen.join(' | ')).toBeLessThan(110);
  const all = seen.join(' | ');
  for (const stop of [
    'editor',
    'Steps',
    'Page of the address space',
    'Got it',
    'Height of the log',
    'Filter',
    'Share',
    'VMAs',
  ])
    expect(all).toContain(stop);
});

test('F6 goes from panel to panel, and back with Shift', async ({ page, playground }) => {
  await playground.open();
  const panel = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset['panel']);
  const round: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('F6');
    round.push(await panel());
  }
  expect(new Set(round).size).toBeGreaterThanOrEqual(4);
  expect(round).toContain('editor');
  await page.keyboard.press('Shift+F6');
  expect(await panel()).toBe(round[3]);
});

test('the help lists every command and key, and gives the focus back', async ({ page, playground }) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  const commands = page.getByRole('dialog', { name: 'Commands' });
  const titles = await commands.getByRole('option').locator('span').allTextContents();
  await page.keyboard.press('Escape');
  await playground.timeline.focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help: all keys' });
  for (const title of titles) await expect(help.getByText(title, { exact: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(playground.timeline).toBeFocused();
});

test('typing says an error only after a rest', async ({ playground }) => {
  await playground.open();
  await playground.append('mlock(buf');
  await expect(playground.announcer).toHaveText(/^Line \d+, column \d+\. /);
});

test('at 200 % zoom the page scrolls downwards only', async ({ page, playground }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await playground.open();
  const { scrollWidth, scrollHeight } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    scrollHeight: Math.max(document.documentElement.scrollHeight, document.body.scrollHeight),
  }));
  expect(scrollWidth).toBeLessThanOrEqual(720);
  expect(scrollHeight).toBeGreaterThan(450);
  await expect(playground.why.getByText('NOT ATOMIC')).toBeInViewport();
  await playground.timeline.focus();
  await expect(playground.timeline).toBeInViewport();
});
