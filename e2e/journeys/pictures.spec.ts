// The look of the main states. Pictures belong to the fonts that they were made with: where texts have other widths the
// tests are skipped and say so. New pictures, and the widths beside them: npx playwright test -c e2e/playwright.config.ts
// pictures --update-snapshots=all
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test, type Playground } from '../page';

const WIDTHS = resolve(import.meta.dirname, '../golden/pictures/pictures.spec.ts/widths.json');
/** Pixels by which a text may be wider or narrower than when the pictures were made. */
const CLOSE = 0.5;
/** Part of the picture that may differ: smoothing of letters does, a panel that moved by a row does not pass. */
const LOOK = { maxDiffPixelRatio: 0.015, threshold: 0.25 };
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** Widths of sample texts in the page's fonts. */
const measure = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    const style = getComputedStyle(document.documentElement);
    const widths: Record<string, number> = {};
    for (const family of ['--sans', '--mono'])
      for (const font of ['400 11px', '650 13px', '650 20px']) {
        context.font = `${font} ${style.getPropertyValue(family)}`;
        const width = context.measureText('locked_vm 12 of 16 pages, RLIMIT_MEMLOCK ✕ → ②').width;
        widths[`${font} ${family}`] = Math.round(width * 100) / 100;
      }
    return widths;
  });

/** Skips the test where the fonts are not those of the pictures; keeps the widths when pictures are made anew. */
async function expectFonts(page: Page, info: TestInfo): Promise<void> {
  const widths = await measure(page);
  if (['all', 'changed'].includes(info.config.updateSnapshots)) {
    mkdirSync(dirname(WIDTHS), { recursive: true });
    return writeFileSync(WIDTHS, `${JSON.stringify(widths, null, 2)}\n`);
  }
  const known = existsSync(WIDTHS) ? (JSON.parse(readFileSync(WIDTHS, 'utf8')) as Record<string, number>) : {};
  const other = Object.entries(widths).find(([font, width]) => !(Math.abs((known[font] ?? NaN) - width) <= CLOSE));
  info.skip(
    other !== undefined,
    `The fonts differ from those of the pictures: ${other?.[0]} is ${other?.[1]} px wide, was ${known[other?.[0] ?? '']}.`,
  );
}

async function expectLook(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`, {
    ...LOOK,
    mask: [page.locator('.editor .panel-head .num')], // the milliseconds of the run
  });
}

/** The states, each as far as the picture: how one comes there. */
const STATES: readonly (readonly [
  name: string,
  viewport: { width: number; height: number },
  reach: (page: Page, playground: Playground) => Promise<void>,
])[] = [
  ['first-visit', WIDE, (_page, playground) => playground.open()],
  [
    'step-10',
    WIDE,
    async (page, playground) => {
      await playground.open();
      await page.getByRole('button', { name: 'Got it' }).click();
      await playground.timeline.focus();
      await playground.press('ArrowRight');
    },
  ],
  [
    'error',
    WIDE,
    async (page, playground) => {
      await playground.open();
      await playground.clickLine('int r = mlock');
      await playground.press('End', 'Backspace', 'Backspace');
      await page.getByRole('tab', { name: 'VMAs' }).focus();
    },
  ],
  [
    'gallery',
    WIDE,
    async (page, playground) => {
      await playground.open();
      await page.getByRole('button', { name: /^Examples/ }).click();
      await page.keyboard.type('unlocking one page middle'); // one example, also when more are added
    },
  ],
  ['middle', { width: 1024, height: 768 }, (_page, playground) => playground.open()],
  [
    'narrow-memory',
    NARROW,
    async (page, playground) => {
      await playground.open();
      await page.getByRole('button', { name: 'Got it' }).click();
    },
  ],
  [
    'narrow-why',
    NARROW,
    async (page, playground) => {
      await playground.open();
      await page.getByRole('button', { name: 'Got it' }).click();
      await playground.show('Why');
    },
  ],
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, viewport, reach] of STATES) {
      test(name, async ({ page, playground }, info) => {
        await page.setViewportSize(viewport);
        await reach(page, playground);
        await expectFonts(page, info);
        await expectLook(page, `${name}-${colorScheme}`);
      });
    }
  });
}

test('the empty text', async ({ page, playground }, info) => {
  await playground.openSource(' ');
  await expectFonts(page, info);
  await expectLook(page, 'empty-light');
});
