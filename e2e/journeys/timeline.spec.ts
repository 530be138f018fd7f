// The timeline as an instrument: filter, drag, failures, speed, comparing.
import { expect, test } from '../page';

test('a filter dims, counts, walks through its matches and is emptied by Escape', async ({ page, playground }) => {
  await playground.open();
  await playground.timeline.focus();
  await page.keyboard.press('/');
  const box = page.getByRole('textbox', { name: 'Filter the steps' });
  await expect(box).toBeFocused();
  await page.keyboard.type('call:mlock');
  await expect(page.getByRole('search')).toContainText('3 of 14');
  await playground.press('Enter');
  await playground.expectStep(11, 'mlock');
  await playground.press('Enter', 'Enter'); // round at the end
  await playground.expectStep(9, 'mlock');
  await playground.press('Shift+Enter');
  await playground.expectStep(13, 'failed with ENOMEM');
  await expect(playground.log).toContainText('8 steps not in the filter');
  await playground.press('Escape');
  await expect(box).toHaveValue('');
  await expect(playground.log).not.toContainText('not in the filter');
  await playground.press('ArrowLeft'); // the focus is in the timeline again
  await playground.expectStep(12, 'mmap');
});

test('a drag over the timeline moves the selection', async ({ page, playground }) => {
  await playground.open();
  const box = (await playground.timeline.boundingBox())!;
  await page.mouse.move(box.x + 5, box.y - 10);
  await page.mouse.down();
  await playground.expectStep(1, 'mmap');
  await page.mouse.move(box.x + box.width - 5, box.y - 30, { steps: 5 });
  await playground.expectStep(14, 'munlockall');
  await page.mouse.move(box.x + box.width * 0.46, box.y + 10);
  await page.mouse.up();
  await playground.settled();
  await playground.expectStep(8, 'mlock2');
});

test('failures are gone through in both directions', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: /^Next failure/ }).click();
  await playground.expectStep(13, 'failed with ENOMEM');
  await expect(page.getByRole('button', { name: /^Next failure/ })).toBeDisabled();
  await page.getByRole('button', { name: 'Previous failure' }).click();
  await playground.expectStep(9);
});

test('the speed of playing is chosen by keys and kept', async ({ page, playground }) => {
  await playground.open();
  const speed = page.getByRole('combobox', { name: 'Speed of playing' });
  await expect(speed).toHaveValue('1');
  await playground.timeline.focus();
  await playground.press('Shift+>', 'Shift+>', 'Shift+>', 'Shift+>');
  await expect(speed).toHaveValue('8');
  await playground.reload();
  await expect(speed).toHaveValue('8');
  await playground.timeline.focus();
  await playground.press('Home', 'Space');
  await playground.expectStep(14);
});

test('a step is compared with another one, the link keeps it, Escape leaves it', async ({
  page,
  playground,
  visitor,
}) => {
  await playground.open();
  await playground.timeline.focus();
  await page.keyboard.press('c');
  await page.getByRole('spinbutton', { name: /^Step/ }).fill('2');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await playground.settled();
  await expect(playground.space.getByRole('button', { name: /^step 2 → 9/ })).toBeVisible();
  await expect(page.locator('.counter-box').filter({ hasText: 'rss' })).toContainText('+4');
  await playground.timeline.focus();
  await playground.press('ArrowRight');
  await expect(playground.space.getByRole('button', { name: /^step 2 → 10/ })).toBeVisible();
  await playground.press('Control+s');
  await expect(page).toHaveURL(/#v1\//);
  const other = await visitor();
  await other.open(new URL(page.url()).hash);
  await expect(other.space.getByRole('button', { name: /^step 2 → 10/ })).toBeVisible();
  await playground.timeline.focus();
  await playground.press('Escape');
  await expect(playground.space.getByRole('button', { name: /^Compare with step 9/ })).toBeVisible();
});
