// An example covers the person's own text and never loses it.
import { expect, test } from '../page';

test('an example is chosen, and one click brings the own text back', async ({ page, playground }) => {
  await playground.open();
  const back = page.getByRole('button', { name: 'Back to my text' });
  await expect(back).toHaveCount(0);
  await playground.write(OWN);

  await playground.chooseExample(/^Unlocking one page in the/);
  await expect(page.getByRole('button', { name: /^Examples/ })).not.toContainText('My own');
  expect(await playground.text()).not.toBe(OWN);

  await back.click();
  await playground.settled();
  expect(await playground.text()).toBe(OWN);
  await playground.expectStep(1, 'mlockall');
  await expect(back).toHaveCount(0);
});

test('the menu finds examples by words', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: /^Examples/ }).click();
  const menu = page.getByRole('dialog', { name: 'Examples' });
  expect(await menu.getByRole('button').count()).toBeGreaterThanOrEqual(24);
  await page.keyboard.type('mlockall ONFAULT');
  const found = await menu.getByRole('button').count();
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(24);
  await page.keyboard.type(' nowhere-to-be-found');
  await expect(menu).toContainText('No example has these words.');
});

const OWN = '// My own.\nmlockall(MCL_CURRENT);';
