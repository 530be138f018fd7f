// The look follows the system until a person chooses.
import { expect, test } from '../page';

test('a chosen theme is kept over a reload, and the system is followed again on demand', async ({
  page,
  playground,
}) => {
  const html = page.locator('html');
  const surface = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await playground.open();
  await expect(html).toHaveAttribute('data-theme', 'light');
  const light = await surface();

  await playground.chooseTheme('Dark');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect(await surface()).not.toBe(light);
  await playground.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');

  await playground.chooseTheme('As the system');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'dark');
});
