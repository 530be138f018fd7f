// A program that never ends cannot harm the page, nor can a simulator that never answers.
import { expect, test } from '../page';

test('a loop of calls ends at a limit that is said, and the page lives on', async ({ page, playground }) => {
  await playground.openSource('for (;;)\n    munlockall();');
  const strip = playground.notes.filter({ hasText: 'All steps before are kept.' });
  await expect(strip).toContainText('100,000 steps');
  await strip.getByRole('button', { name: 'Go to line 2' }).click();
  await playground.settled();
  await expect(playground.timeline).toBeVisible();
  await expect(page.getByText('step 100,000')).toBeVisible();

  await playground.write('munlockall();');
  await playground.expectStep(1, 'munlockall');
  await expect(strip).toHaveCount(0);
});

test('a loop without a call ends too, and an edit does not wait for it', async ({ playground }) => {
  await playground.openSource('mlockall(MCL_CURRENT);\nfor (;;);');
  await expect(playground.notes.filter({ hasText: 'All steps before are kept.' })).toBeVisible();
  await playground.expectStep(1, 'mlockall');

  await playground.focusText();
  await playground.page.keyboard.press('ControlOrMeta+End');
  await playground.page.keyboard.type('\nfor (;;);'); // runs again for each letter
  await playground.page.keyboard.press('ControlOrMeta+a');
  await playground.page.keyboard.insertText('munlockall();');
  await playground.settled();
  await playground.expectStep(1, 'munlockall');
});

/** A worker that says it is ready, and then nothing. */
const STUCK = `onmessage = () => { postMessage({ kind: 'ready' }); onmessage = () => { for (;;); }; };`;

test('a worker that is stuck is ended and a new one started', async ({ page, playground }) => {
  let workers = 0;
  await page.route('**/assets/worker-*.js', async (route) => {
    if (workers++ > 0) await route.continue();
    else await route.fulfill({ contentType: 'text/javascript', body: STUCK });
  });
  await playground.go(); // Monaco is still to come: it waits for a first result
  const strip = playground.notes.filter({ hasText: 'did not answer and was started anew' });
  await expect(strip).toContainText('Your text is safe');
  expect(await playground.text()).toMatch(/^\/\/ A hole/);

  await playground.write('munlockall();');
  await playground.expectStep(1, 'munlockall');
  await expect(strip).toHaveCount(0);
  expect(workers).toBe(2);
});
