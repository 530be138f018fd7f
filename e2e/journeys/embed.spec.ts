// The compact page in somebody's documentation, and how one comes by it.
import { expectNoViolation } from '../axe';
import { expect, test } from '../page';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('Share offers the link, Markdown and a frame', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('button', { name: 'Copy: Markdown' }).click();
  await expect(page.getByRole('button', { name: 'Markdown copied' })).toBeVisible();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toBe(`[A hole does not undo what came before it](${page.url()})`);

  const withStep = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  await dialog.getByRole('checkbox', { name: 'Open at step 9' }).uncheck();
  await expect(dialog.getByRole('textbox', { name: 'Link' })).not.toHaveValue(withStep);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the frame that Share writes shows the scenario, steps through it and leads back', async ({
  page,
  playground,
}) => {
  await playground.open();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const html = await page
    .getByRole('dialog', { name: 'Share' })
    .getByRole('textbox', { name: 'HTML frame' })
    .inputValue();
  const manual = await page.context().newPage();
  await manual.setContent(`<p>In a manual:</p>${html}`);
  const frame = manual.frameLocator('iframe');
  await expect(frame.getByRole('region', { name: 'Why' })).toContainText('NOT ATOMIC');
  await expect(frame.getByText('step 9 of 14')).toBeVisible();
  await frame.getByRole('button', { name: 'Step on' }).click();
  await expect(frame.getByText('step 10 of 14')).toBeVisible();

  const opened = page.context().waitForEvent('page');
  await frame.getByRole('link', { name: 'Open in mlock playground' }).click();
  const whole = await opened;
  await expect(whole.getByRole('listbox', { name: 'Steps' }).getByRole('option', { selected: true })).toContainText(
    'munlock',
  );
});

for (const [name, width, height] of [
  ['wide', 720, 420],
  ['narrow', 360, 560],
] as const) {
  test(`${name}: axe finds nothing and nothing is wider than the frame`, async ({ page, playground }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${playground.home}?embed`);
    await playground.settled();
    await expectNoViolation(page, name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test('a frame leaves the own text of the whole page alone', async ({ page, playground }) => {
  await playground.openSource('munlockall();');
  await playground.append('mlockall(MCL_CURRENT);');
  const own = await playground.text();
  await page.goto(`${playground.home}?embed#src=mlockall(MCL_FUTURE)`);
  await playground.settled();
  await playground.open();
  expect(await playground.text()).toBe(own);
});
