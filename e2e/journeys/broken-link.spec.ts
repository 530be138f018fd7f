// A link that cannot be opened says what is wrong with it and leaves the person's own text alone.
import { expect, test, type Playground } from '../page';

const CASES = [
  ['a link that was cut short', '#v1/pY5BCsIwEEX3OcX', 'This link is damaged'],
  ['a link of a newer version', '#v7/q1YqLU5NLkkt', 'made by a newer version of this page (v7). Reload the page'],
  ['a wrong percent code', '#src=mlock(%ZZ)', 'a % in it is not followed by two hexadecimal digits'],
  ['something that is no link at all', '#section-3', 'begins neither with #v1/ nor with #src='],
] as const;

test('each says what is wrong, and the own text stays', async ({ playground }) => {
  await playground.open();
  await playground.write(OWN);
  for (const [what, hash, says] of CASES) {
    await test.step(what, async () => {
      await playground.open(hash);
      await expectRefusal(playground, says);
    });
  }
  const strip = playground.notes.filter({ hasText: 'The link was not opened.' });
  await strip.getByRole('button', { name: 'Close' }).click();
  await expect(strip).toHaveCount(0);
});

test('on a fresh page too, and the first example runs for who has no text', async ({ playground, visitor }) => {
  await playground.open();
  await playground.write(OWN);
  await playground.open('#v1/AAAA');
  await playground.reload();
  await expectRefusal(playground, 'This link is damaged');

  const stranger = await visitor();
  await stranger.open('#v9/AAAA');
  await expect(stranger.notes.filter({ hasText: 'newer version' })).toBeVisible();
  await stranger.expectStep(9, 'ENOMEM');
});

async function expectRefusal(playground: Playground, says: string): Promise<void> {
  await expect(playground.notes.filter({ hasText: 'The link was not opened.' })).toContainText(says);
  expect(await playground.text()).toBe(OWN);
  await playground.expectStep(1, 'mlockall');
}

const OWN = '// My own.\nmlockall(MCL_CURRENT);';
