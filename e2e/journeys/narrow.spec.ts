// A telephone: one panel at a time, steps by large keys.
import { expect, test } from '../page';

test.use({ viewport: { width: 390, height: 844 } });

test('every panel is one tap away and the step keys work in all of them', async ({ page, playground }) => {
  await playground.open();
  const bar = page.getByRole('region', { name: 'Steps' });
  await expect(bar).toContainText('9 of 14');
  await expect(bar).toContainText('mlock -1 ENOMEM');
  await expect(playground.gauge).toHaveAccessibleName(/^locked_vm 12, limit 16/);
  await expect(playground.space).toBeVisible();

  await playground.show('Why');
  await expect(playground.why).toContainText('NOT ATOMIC');
  await bar.getByRole('button', { name: 'Step on' }).click();
  await playground.settled();
  await expect(bar).toContainText('10 of 14');
  await expect(playground.why).not.toContainText('NOT ATOMIC');
  await expect(playground.gauge).toHaveAccessibleName(/^locked_vm 11, limit 16/);

  await playground.show('Log');
  await expect(playground.log.locator('[aria-current="step"]')).toContainText('munlock');
  await bar.getByRole('button', { name: 'Next failure' }).click();
  await playground.settled();
  await expect(playground.log.locator('[aria-current="step"]')).toContainText('-1 ENOMEM');
  await expect(bar.getByRole('button', { name: 'Next failure' })).toBeDisabled();
  await bar.getByRole('button', { name: 'Step back' }).click();
  await playground.settled();
  await expect(bar).toContainText('12 of 14');

  await playground.show('Code');
  const area = page.getByRole('textbox', { name: 'Scenario in C' });
  await area.fill('mlockall(MCL_CURRENT);');
  await playground.settled();
  await expect(bar).toContainText('1 of 1');
  await playground.show('More');
  await page.getByRole('tab', { name: 'VMAs' }).click();
  await expect(page.getByRole('region', { name: 'VMAs' })).toBeVisible();
});

test('nothing is wider than the screen and every target is large enough for a finger', async ({ page, playground }) => {
  await playground.open();
  for (const panel of ['Code', 'Memory', 'Why', 'Log', 'More'] as const) {
    await playground.show(panel);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `width of ${panel}`).toBeLessThanOrEqual(390);
  }
  const keys = page.getByRole('region', { name: 'Steps' }).getByRole('button');
  const tabs = page.getByRole('navigation', { name: 'Panels' }).getByRole('button');
  for (const target of [...(await keys.all()), ...(await tabs.all())]) {
    const box = await target.boundingBox();
    expect(Math.min(box!.width, box!.height), `size of ${await target.textContent()}`).toBeGreaterThanOrEqual(44);
  }
});
