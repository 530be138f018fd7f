import type { SizeName, Sizes } from './sizes';

const STEP = 8;
const LONG_STEP = 40;
/** Which element a divider sizes, along which axis, and in which direction it grows. */
const OF = {
  left: { target: '.left', axis: 'x', grows: 1, min: 320, most: 0.6 },
  log: { target: '.log', axis: 'y', grows: -1, min: 92, most: 0.6 },
  why: { target: '[data-panel="why"]', axis: 'x', grows: 1, min: 260, most: 0.6 },
  time: { target: '.timeline', axis: 'y', grows: -1, min: 108, most: 0.4 },
} as const;

/** A line between two panels that can be dragged, moved by arrow keys and reset by a double click. */
export function Divider(props: { name: SizeName; label: string; sizes: Sizes }) {
  const spec = () => OF[props.name];
  const room = () => (spec().axis === 'x' ? innerWidth : innerHeight);
  const now = () => {
    const box = document.querySelector(spec().target)?.getBoundingClientRect();
    return box ? (spec().axis === 'x' ? box.width : box.height) : spec().min;
  };
  const set = (pixels: number) => {
    props.sizes.set(props.name, Math.min(Math.max(pixels, spec().min), room() * spec().most));
  };
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const divider = event.currentTarget;
    divider.setPointerCapture(event.pointerId);
    const along = (e: PointerEvent) => (spec().axis === 'x' ? e.clientX : e.clientY);
    const start = along(event);
    const size = now();
    const move = (e: PointerEvent) => set(size + (along(e) - start) * spec().grows);
    divider.addEventListener('pointermove', move);
    divider.addEventListener('lostpointercapture', () => divider.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    set(now() + way * spec().grows * (event.shiftKey ? LONG_STEP : STEP));
  };
  return (
    <div
      class={`divider divider-${props.name}`}
      role="separator"
      tabindex="0"
      aria-label={props.label}
      aria-orientation={spec().axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(props.sizes.of(props.name) ?? now())}
      aria-valuemin={spec().min}
      aria-valuemax={Math.round(room() * spec().most)}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
      onDblClick={() => props.sizes.set(props.name, undefined)}
    />
  );
}
