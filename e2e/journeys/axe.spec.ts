// No violation of the rules of accessibility that a machine can see: in three themes, two widths, with what opens.
import { expectNoViolation } from '../axe';
import { expect, test } from '../page';

const THEMES = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['contrast', { contextOptions: { contrast: 'more' } }],
] as const;

for (const [theme, options] of THEMES) {
  test.describe(theme, () => {
    test.use(options);

    test('wide', async ({ page, playground }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await playground.open();
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await expectNoViolation(page, 'step 9, a first visit');
      for (const tab of ['Spec', '/proc', 'LRU', 'JSON']) {
        await page.getByRole('tab', { name: tab }).click();
        if (tab === 'Spec') await expect(page.locator('.clause').first()).toBeVisible();
        if (tab === '/proc') await page.getByRole('button', { name: 'Compare with your machine' }).click();
        await expectNoViolation(page, tab, ['.side']);
      }
      await playground.append('mlock(buf;');
      await expect(playground.editor.getByRole('status')).toContainText('Line');
      await expectNoViolation(page, 'an error in the text');
    });

    test('dialogs', async ({ page, playground }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await playground.open();
      await page.getByRole('button', { name: /^Examples/ }).click();
      await expectNoViolation(page, 'the gallery', ['.gallery']);
      await page.keyboard.type('fork');
      await expectNoViolation(page, 'the gallery, searched', ['.gallery']);
      await page.keyboard.press('Escape');
      for (const key of ['Control+k', '?']) {
        await page.keyboard.press(key);
        await expectNoViolation(page, `the dialog of ${key}`, ['.command-dialog']);
        await page.keyboard.press('Escape');
      }
      await playground.write(' ');
      await expectNoViolation(page, 'an empty text');
    });

    test('narrow', async ({ page, playground }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await playground.open();
      for (const panel of ['Code', 'Memory', 'Why', 'Log', 'More'] as const) {
        await playground.show(panel);
        await expectNoViolation(page, panel);
      }
      await page.getByRole('button', { name: /^Examples|A hole/ }).click();
      await expectNoViolation(page, 'the gallery', ['.gallery']);
    });
  });
}
