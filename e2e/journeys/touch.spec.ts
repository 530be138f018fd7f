// The address space under two fingers: a pinch zooms, a drag moves, and the window of the overview strip is dragged.
import type { CDPSession } from '@playwright/test';
import { expect, test, type Playground } from '../page';

test.use({ hasTouch: true });

type Finger = readonly [x: number, y: number];

/** Fingers on the glass, as the browser itself gets them: it may take a gesture for its own. */
class Hand {
  constructor(readonly browser: CDPSession) {}

  down = (...fingers: readonly Finger[]) => this.#touch('touchStart', fingers);
  up = () => this.#touch('touchEnd', []);

  /** Moves the fingers that are down, in steps. */
  async move(from: readonly Finger[], to: readonly Finger[]): Promise<void> {
    const STEPS = 8;
    for (let step = 1; step <= STEPS; step++) {
      const part = (a: number, b: number): number => a + ((b - a) * step) / STEPS;
      const now = from.map(([x, y], i): Finger => [part(x, to[i]![0]), part(y, to[i]![1])]);
      await this.#touch('touchMove', now);
    }
  }

  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Finger[]): Promise<void> {
    const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
    await this.browser.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

const stage = ({ space }: Playground) => space.getByRole('slider', { name: 'Page of the address space' });
const inView = ({ space }: Playground) => space.getByRole('table', { name: /VMAs in view/ });

test('a pinch zooms about its middle and back, and the page itself stays', async ({ page, playground }) => {
  await playground.open();
  const hand = new Hand(await page.context().newCDPSession(page));
  const box = (await stage(playground).boundingBox())!;
  const at = (part: number): Finger => [box.x + part * box.width, box.y + box.height - 20];
  await expect(inView(playground)).toContainText('buf+12p');
  const all = await inView(playground).getByRole('row').count();

  await hand.down(at(0.15), at(0.25));
  await hand.move([at(0.15), at(0.25)], [at(0.01), at(0.9)]);
  await hand.up();
  await playground.settled();
  await expect(inView(playground)).not.toContainText('buf+12p');
  await expect(inView(playground)).toContainText('buf');
  expect(await page.evaluate(() => visualViewport!.scale)).toBe(1);

  await hand.down(at(0.05), at(0.95));
  await hand.move([at(0.05), at(0.95)], [at(0.4), at(0.5)]);
  await hand.up();
  await playground.settled();
  await expect(inView(playground)).toContainText('buf+12p');
  expect(await inView(playground).getByRole('row').count()).toBeGreaterThanOrEqual(all);
});

test('one finger drags the picture, and on the strip its window', async ({ page, playground }) => {
  await playground.open();
  const hand = new Hand(await page.context().newCDPSession(page));
  const box = (await stage(playground).boundingBox())!;
  const strip = (part: number): Finger => [box.x + part * box.width, box.y + 16];
  await expect(inView(playground)).not.toContainText('[text]');

  await hand.down(strip(0.02));
  await playground.settled();
  await expect(inView(playground)).toContainText('[text]');
  await expect(inView(playground)).not.toContainText('[stack]');
  await hand.move([strip(0.02)], [strip(0.99)]);
  await hand.up();
  await playground.settled();
  await expect(inView(playground)).not.toContainText('[text]');
  await expect(inView(playground)).toContainText('[stack]');

  await expect(inView(playground)).not.toContainText('[vdso]');
  const pages = (part: number): Finger => [box.x + part * box.width, box.y + box.height - 20];
  await hand.down(pages(0.1));
  await hand.move([pages(0.1)], [pages(0.95)]);
  await hand.up();
  await playground.settled();
  await expect(inView(playground)).toContainText('[vdso]');
});

test('a tap chooses a page; a finger that scrolls the page of the browser chooses none', async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 820, height: 500 });
  await playground.open();
  const hand = new Hand(await page.context().newCDPSession(page));
  await stage(playground).scrollIntoViewIfNeeded();
  const box = (await stage(playground).boundingBox())!;
  const [x, y] = [box.x + 40, box.y + box.height - 20];
  const chosen = stage(playground);
  await expect(chosen).toHaveAttribute('aria-valuetext', 'No page is chosen.');
  await hand.down([x, y]);
  await hand.move([[x, y]], [[x, y - 120]]);
  await hand.up();
  await playground.settled();
  await expect(chosen).toHaveAttribute('aria-valuetext', 'No page is chosen.');
  await chosen.tap({ position: { x: 40, y: box.height - 20 } }); // the page has scrolled
  await expect(chosen).toHaveAttribute('aria-valuetext', /^Page \d+ is /);
});
