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

test('the gallery finds examples by words, says how many, and opens one by keys alone', async ({
  page,
  playground,
}) => {
  await playground.open();
  const button = page.getByRole('button', { name: /^Examples/ });
  await button.click();
  const gallery = page.getByRole('dialog', { name: 'Examples' });
  const count = gallery.getByRole('status');
  const chosen = gallery.getByRole('option', { selected: true });
  const all = await gallery.getByRole('option').count();
  expect(all).toBeGreaterThanOrEqual(40);
  await expect(count).toHaveText(`${all} examples`);
  await expect(chosen).toContainText('A hole does not undo what came before it'); // what is open

  await page.keyboard.type('mlockall ONFAULT');
  const found = await gallery.getByRole('option').count();
  expect(found).toBeGreaterThan(2);
  expect(found).toBeLessThan(all);
  await expect(count).toHaveText(`${found} of ${all} examples`);
  await expect(gallery.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(gallery.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(gallery.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.type(' nowhere-to-be-found');
  await expect(gallery).toContainText('No example has these words.');
  await page.keyboard.press('Enter'); // opens nothing
  await page.keyboard.press('Escape');
  await expect(gallery).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.type('Unlocking one page in the middle');
  await page.keyboard.press('Enter');
  await playground.settled();
  await expect(button).toContainText('Unlocking one page');
});

test('a lesson has its examples only', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: /^Examples/ }).click();
  const gallery = page.getByRole('dialog', { name: 'Examples' });
  await gallery.getByRole('button', { name: /^mlockall \d/ }).click();
  await expect(gallery.getByRole('listbox').getByRole('group')).toHaveCount(1);
  await expect(gallery.getByRole('listbox').getByRole('group', { name: 'mlockall' })).toBeVisible();
  const said = await gallery.getByRole('button', { name: /^mlockall \d/ }).textContent();
  expect(await gallery.getByRole('option').count()).toBe(Number(/\d+/.exec(said ?? '')?.[0]));
});

const OWN = '// My own.\nmlockall(MCL_CURRENT);';
