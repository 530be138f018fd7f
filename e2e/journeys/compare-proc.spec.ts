// Views of the truth: /proc of the step, and beside it the same file of a real machine.
import { expect, test } from '../page';

test('a pasted status is compared line by line, another file is told by its name', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('tab', { name: '/proc' }).click();
  const tab = page.getByRole('tabpanel');
  await expect(tab.locator('.proc-line.changed').filter({ hasText: 'VmLck:' })).toContainText('48 kB   8 kB');

  await tab.getByRole('button', { name: 'Compare with your machine' }).click();
  const machine = tab.getByRole('region', { name: 'Compare with your machine' });
  const said = machine.getByRole('status');
  const mine = await tab.locator('pre.proc').evaluate((pre) => {
    const copy = pre.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('del').forEach((del) => del.remove());
    return copy.textContent ?? '';
  });
  await machine.getByRole('textbox').fill(`Name:\tscenario\n${mine}`);
  await expect(said).toHaveText('All 16 lines are equal. 1 line of that file is not modelled here.');
  await machine.getByRole('textbox').fill(mine.replace(/VmLck:.*/, 'VmLck:\t       0 kB'));
  await expect(said).toHaveText('15 lines equal, 1 differs.');
  await expect(machine.getByRole('listitem')).toHaveText(['differshereVmLck: 48 kBthereVmLck: 0 kB']);

  await machine.getByRole('textbox').fill('00400000-00401000 r--p 00000000 08:01 131 <b>/bin/x</b>\n');
  await expect(said).toHaveText('This looks like maps, not status. Choose maps above, or paste status.');
  await tab.getByRole('button', { name: 'maps', exact: true }).click();
  await machine.getByRole('textbox').fill('00400000-00401000 r--p 00000000 08:01 131 <b>/bin/x</b>\n');
  await expect(machine.getByRole('listitem').filter({ hasText: '<b>/bin/x</b>' })).toHaveCount(1);
});
