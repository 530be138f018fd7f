import { createEffect, createMemo, createSignal, onCleanup, onMount, type Accessor } from 'solid-js';
import { Brush, themeOf, type Theme } from './brush';

/** Follows the width of an element; 0 before it is in the page. */
export function createWidth(element: Accessor<HTMLElement | undefined>): Accessor<number> {
  const [width, setWidth] = createSignal(0);
  onMount(() => {
    const target = element();
    if (!target) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(target);
    setWidth(Math.floor(target.getBoundingClientRect().width));
    onCleanup(() => observer.disconnect());
  });
  return width;
}

/** Counts up when the colours may have changed: another theme, other system settings, another pixel density. */
function createLook(): Accessor<number> {
  const [look, setLook] = createSignal(0);
  const again = (): void => void setLook((n) => n + 1);
  const observer = new MutationObserver(again);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', `(resolution: ${devicePixelRatio}dppx)`];
  const lists = queries.map((query) => matchMedia(query));
  lists.forEach((list) => list.addEventListener('change', again));
  addEventListener('resize', again);
  onCleanup(() => {
    observer.disconnect();
    lists.forEach((list) => list.removeEventListener('change', again));
    removeEventListener('resize', again);
  });
  return look;
}

interface Canvas {
  readonly element: Accessor<HTMLCanvasElement | undefined>;
  readonly width: Accessor<number>;
  readonly height: Accessor<number>;
  /** Anything else that changes the colours at the element. */
  readonly stale: Accessor<boolean>;
}

/** Draws on a canvas in the frame after anything that `draw` looks at has changed. */
export function createPainter(canvas: Canvas, draw: Accessor<((brush: Brush) => void) | null>): void {
  const look = createLook();
  const stale = createMemo(() => canvas.stale());
  let frame = 0;
  let theme: Theme | null = null;
  const paint = (): void => {
    frame = 0;
    const element = canvas.element();
    const ctx = element?.getContext('2d');
    const picture = draw();
    if (!element || !ctx) return;
    const [width, height, density] = [canvas.width(), canvas.height(), devicePixelRatio];
    if (element.width !== Math.round(width * density) || element.height !== Math.round(height * density)) {
      element.width = Math.round(width * density);
      element.height = Math.round(height * density);
    }
    ctx.setTransform(density, 0, 0, density, 0, 0);
    theme ??= themeOf(element);
    if (picture) picture(new Brush(ctx, theme));
    else ctx.clearRect(0, 0, width, height);
  };
  createEffect(function forgetTheme() {
    look();
    stale();
    theme = null;
  });
  createEffect(function askForFrame() {
    look();
    stale();
    canvas.width();
    canvas.height();
    draw();
    if (frame === 0) frame = requestAnimationFrame(paint);
  });
  onCleanup(() => cancelAnimationFrame(frame));
}
