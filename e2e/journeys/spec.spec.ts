// Specifications that run: what a step says of each clause, the audit of a text from elsewhere, and the report.
import { expectNoViolation } from '../axe';
import { expect, test } from '../page';

const PATCH = `+DEFINE_KERNEL_API_SPEC(sys_munlock)
+	KAPI_DESCRIPTION("Unlock pages")
+	KAPI_PARAM(0, "start", "unsigned long", "An address in the first page")
+	KAPI_PARAM_END
+	KAPI_PARAM(1, "len", "size_t", "<b>Length</b> of the range")
+		KAPI_PARAM_CONSTRAINT_TYPE(KAPI_CONSTRAINT_RANGE)
+		KAPI_PARAM_RANGE(0, LONG_MAX)
+	KAPI_PARAM_END
+	KAPI_ERROR(0, -ENOMEM, "ENOMEM", "Nothing there", "A part of the range is not mapped.")
+KAPI_END_SPEC;
`;

test('from a clause to its steps and back', async ({ page, playground }) => {
  await playground.open();
  const workers = () => page.workers().filter((worker) => worker.url().includes('spec-worker')).length;
  expect(workers()).toBe(0);
  await page.getByRole('tab', { name: 'Spec' }).click();
  await expect.poll(workers).toBe(1);
  const tab = page.getByRole('tabpanel');
  const clause = (words: string) => tab.getByRole('listitem').filter({ hasText: words });
  const hole = clause('A part of the range is not mapped');
  await expect(hole).toContainText('Step 9 confirms it.');
  await expect(hole.locator('.verdict')).toHaveText('holds');
  await expect(tab).toContainText('Not atomic. The call failed with ENOMEM and yet: VM_LOCKED set, locked_vm grew');

  await tab.getByRole('button', { name: /^all: \d+$/ }).click();
  const limit = clause('mlock.error.ENOMEM ').filter({ hasNotText: 'ENOMEM.' });
  await expect(limit).not.toContainText('Step 9');
  await limit.getByRole('button', { name: 'Step 13 confirms it' }).click();
  await playground.expectStep(13);
  await expect(limit).toContainText('Step 13 confirms it.');
  await expect(tab).toContainText('Atomic. The call failed and changed nothing.');
  await hole.getByRole('button', { name: 'Step 9 confirms it' }).click();
  await playground.expectStep(9);

  await playground.press('Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowRight');
  await playground.expectStep(12);
  await expect(tab).toContainText('mmap has no specification here. These have one: madvise(), mlock(), mlock2()');
  await page.getByRole('tab', { name: 'VMAs' }).click();
  await expect.poll(workers).toBe(0);
});

test('a clause that the run does not touch leads to a scenario that does', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('tab', { name: 'Spec' }).click();
  const tab = page.getByRole('tabpanel');
  await tab.getByRole('button', { name: /^all: \d+$/ }).click();
  const right = tab.getByRole('listitem').filter({ hasText: 'mlock.error.EPERM' });
  await expect(right.locator('.verdict')).toHaveText('not exercised');
  await right.getByRole('button', { name: 'Open a scenario that does' }).click();
  await expect(right).toContainText(/Step \d+ confirms it\./);
  await expect(right.locator('.verdict')).toHaveText('holds');
});

test('a patch is audited: a clause is contradicted, its counterexample opens, the reply can be copied', async ({
  page,
  playground,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();
  await page.getByRole('tab', { name: 'Spec' }).click();
  const tab = page.getByRole('tabpanel');
  await tab.getByRole('button', { name: 'Audit', exact: true }).click();
  await tab.getByRole('textbox').fill(PATCH);
  await tab.getByRole('button', { name: 'Audit', exact: true }).last().click();
  const range = tab.getByRole('row').filter({ hasText: 'munlock.param.len.constraint' });
  await expect(range.locator('.verdict')).toHaveText('contradicted');
  await expect(tab.getByRole('row').filter({ hasText: '<b>Length</b> of the range' })).toHaveCount(1);
  await tab.getByRole('button', { name: 'Copy as a reply' }).click();
  await expect(tab.getByRole('button', { name: 'Copied' })).toBeVisible();
  const reply = await page.evaluate(() => navigator.clipboard.readText());
  expect(reply).toContain('> param.len.constraint: range 0 to LONG_MAX');
  expect(reply.split('\n').filter((line) => line.length > 72 && !line.includes('#v1/'))).toEqual([]);

  await expectNoViolation(page, 'the audit', ['.spec']);

  await range.getByRole('link').click();
  await expect(page.locator('html')).toHaveAttribute('data-idle', 'true');
  await expect(playground.selectedStep).toHaveAccessibleName(/munlock/);

  await tab.getByRole('button', { name: 'Judge the steps by this text' }).click();
  await tab.getByRole('switch', { name: 'Runtime checks' }).click();
  await expect(tab.getByText('With the checks')).toBeVisible();
  await expect(tab).toContainText('-1 EINVAL len 0x8000000000000000 is not in range 0 to LONG_MAX');

  await tab.getByRole('button', { name: 'Audit', exact: true }).click();
  await tab.getByRole('button', { name: 'Audit', exact: true }).last().click();
  await tab.getByLabel('Write it as').selectOption('kernel-doc, short tokens');
  await expect(tab.getByRole('region', { name: 'Convert' })).toContainText('error: ENOMEM');
});

test('the report is filtered, and its links open what they name', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('tab', { name: 'Spec' }).click();
  const tab = page.getByRole('tabpanel');
  await tab.getByRole('button', { name: 'Report' }).click();
  await tab.getByRole('searchbox').fill('munlock.error');
  const rows = tab.getByRole('row').filter({ hasText: 'munlock.error.' });
  await expect(rows.first()).toBeVisible();
  await expect(tab.getByRole('row')).toHaveCount((await rows.count()) + 1);
  await rows.filter({ hasText: 'munlock.error.ENOMEM' }).first().getByRole('link').click();
  await expect(playground.selectedStep).toHaveAccessibleName(/munlock, failed with ENOMEM/);
});
