// Compare two steps: what is told of it to who does not see it.
import { expect, test } from '../page';

test('the live region says what the step is compared with, and nothing when an edit moves that step', async ({
  page,
  playground,
}) => {
  await playground.open();
  const { announcer } = playground;
  const compareWith = async (step: string) => {
    await playground.space.getByRole('button', { name: /^Compare with step|^step \d+ → / }).click();
    await page.getByRole('spinbutton', { name: /^Step/ }).fill(step);
    await page.keyboard.press('Enter');
  };
  await compareWith('3');
  await expect(announcer).toHaveText('Compared with step 3.');
  await compareWith('0');
  await expect(announcer).toHaveText('Compared with the start image.');
  await compareWith('3');
  await playground.press('Alt+ArrowLeft');
  await expect(announcer).toHaveText(/^Step 8, mlock2, /);
  await playground.append('getpid();');
  await expect(announcer).toHaveText(/^Step 8, mlock2, /);
  await playground.space.getByRole('button', { name: 'Compare with the step before again' }).click();
  await expect(announcer).toHaveText('Compared with the step before.');
});
