// What was typed is there again after a reload, errors and all.
import { expect, test } from '../page';

test('a reload keeps the text', async ({ page, playground }) => {
  await playground.open();
  await playground.write('// Mine.\nmunlockall();');
  await playground.reload();
  expect(await playground.text()).toBe('// Mine.\nmunlockall();');
  await playground.expectStep(1, 'munlockall');
  await expect(page.getByRole('button', { name: /^Examples/ })).toContainText('Mine');

  await playground.append('mlock(');
  await playground.reload();
  expect(await playground.text()).toContain('munlockall();\nmlock(');
  await expect(playground.editor.getByRole('status')).toContainText('Line 3');
});
