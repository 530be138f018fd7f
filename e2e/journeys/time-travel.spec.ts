// Time travel: arrows, Home, End, N and play; text, timeline and panels are one selection.
import { expect, test } from '../page';

test('arrows, Home, End and N move through the steps, and the text follows', async ({ playground }) => {
  await playground.open();
  await playground.timeline.focus();
  await playground.press('ArrowRight');
  await playground.expectStep(10, 'munlock');
  await expect(playground.markedLine).toHaveText('17');
  await expect(playground.announcer).toHaveText('Step 10, munlock, 0: 1 page unlocked, locked_vm 11 of 16.');
  await expect(playground.gauge).toHaveAccessibleName(/^locked_vm 11, /);

  await playground.press('ArrowLeft', 'ArrowLeft');
  await playground.expectStep(8, 'mlock2');
  await expect(playground.markedLine).toHaveText('11');
  await playground.press('Home');
  await playground.expectStep(1, 'mmap');
  await playground.press('ArrowLeft', 'ArrowLeft'); // the start image is before the first, and nothing is before it
  await expect(playground.selectedStep).toHaveCount(0);
  await expect(playground.counter('total_vm')).toHaveText('248');
  await playground.press('N');
  await playground.expectStep(9, 'failed with ENOMEM');
  await playground.press('n');
  await playground.expectStep(13, 'failed with ENOMEM');
  await playground.press('Shift+N');
  await playground.expectStep(9);
  await playground.press('End');
  await playground.expectStep(14, 'munlockall', 'locked_vm 0');
  await expect(playground.markedLine).toHaveText('23');
});

test('Space plays to the end and stops there', async ({ page, playground }) => {
  await playground.open();
  await playground.timeline.focus();
  await playground.press('End', 'ArrowLeft', 'Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await playground.expectStep(14);
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the cursor on a line selects its step', async ({ playground }) => {
  await playground.open();
  await playground.clickLine('munlock(buf + 2');
  await playground.expectStep(10);
  await playground.press('ArrowDown');
  await playground.expectStep(11, 'mlock');
  await playground.clickLine('touch_write(buf');
  await playground.expectStep(6, 'touch_write'); // of a loop the last
  await playground.clickLine('printf');
  await playground.expectStep(6); // no call stands there
  await playground.press('Alt+ArrowRight');
  await playground.expectStep(7, 'touch_read');
});
