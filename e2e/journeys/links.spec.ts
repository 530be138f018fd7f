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
  /** A note beside the run, such as a limit that the link sets. */
  readonly note?: string;
}

const links = JSON.parse(readFileSync(join(import.meta.dirname, '../links.json'), 'utf8')) as GivenLink[];

test('every link ever given out opens', async ({ playground }) => {
  expect(links.length).toBeGreaterThanOrEqual(5);
  for (const { given, what, hash, source, step, says, note } of links) {
    await test.step(`${given}: ${what}`, async () => {
      await playground.open(hash);
      expect.soft(await playground.text(), what).toBe(source);
      await playground.expectStep(step, ...says);
      if (note) await expect.soft(playground.notes.filter({ hasText: note }), what).toBeVisible();
    });
  }
});
