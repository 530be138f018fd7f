// No violation of the rules of accessibility that a machine can see, in both themes and both widths.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../page';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('wide', async ({ page, playground }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await playground.open();
      await expectNoViolation(page, 'step 9');
      await playground.append('mlock(buf;');
      await page.getByRole('button', { name: /^Examples/ }).click();
      await expectNoViolation(page, 'an error in the text, the menu of examples open', ['.editor', '.examples']);
    });

    test('narrow', async ({ page, playground }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await playground.open();
      for (const panel of ['Code', 'Memory', 'Why', 'Log', 'More'] as const) {
        await playground.show(panel);
        await expectNoViolation(page, panel);
      }
    });
  });
}

/** Looks at the whole page, or at these parts of it. One line a violated rule: what, and where. */
async function expectNoViolation(page: Page, where: string, parts: readonly string[] = []): Promise<void> {
  const axe = parts.reduce((builder, part) => builder.include(part), new AxeBuilder({ page }));
  const { violations } = await axe.analyze();
  const lines = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(lines, where).toEqual([]);
}
