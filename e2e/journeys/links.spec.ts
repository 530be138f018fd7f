// Every link that was ever given out opens as it did then. links.json only grows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../page';

interface GivenLink {
  readonly given: string;
  readonly what: string;
  readonly hash: string;
  /** The text that it opens. */
  readonly source: string;
  /** The step that is selected, and words of its name in the timeline. */
  readonly step: number;
  readonly says: readonly string[];
  /** The step that it is compared with; else the one before. */
  readonly compare?: number;
  /** A note beside the run, such as a limit that the link sets. */
  readonly note?: string;
}

const links = JSON.parse(readFileSync(join(import.meta.dirname, '../links.json'), 'utf8')) as GivenLink[];

test('every link ever given out opens', async ({ playground }) => {
  expect(links.length).toBeGreaterThanOrEqual(6);
  for (const { given, what, hash, source, step, says, compare, note } of links) {
    await test.step(`${given}: ${what}`, async () => {
      await playground.open(hash);
      expect.soft(await playground.text(), what).toBe(source);
      await playground.expectStep(step, ...says);
      const compared = playground.timeline.getByRole('option', { name: /, compared with/ });
      await expect.soft(compared, what).toHaveCount(compare === undefined ? 0 : 1);
      if (compare !== undefined)
        await expect.soft(compared, what).toHaveAccessibleName(new RegExp(`^step ${compare},`));
      if (note) await expect.soft(playground.notes.filter({ hasText: note }), what).toBeVisible();
    });
  }
});
