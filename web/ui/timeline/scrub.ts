import type { Store } from '../../app/store';
import type { Preview } from '../preview';

type PointerOn = PointerEvent & { currentTarget: HTMLElement };

/**
 * A press selects the step under the pointer, a drag goes on doing so; without a press it is a preview. `stepOf` takes
 * the part of the width that lies left of the pointer; `forget` is for when the element has moved.
 */
export function createScrub(store: Store, preview: Preview, stepOf: (part: number) => number) {
  let box: DOMRect | null = null; // to ask for it at each move would be a layout at each move
  const under = (event: PointerOn): number => {
    box ??= event.currentTarget.getBoundingClientRect();
    return stepOf((event.clientX - box.left) / Math.max(box.width, 1));
  };
  const forget = () => {
    box = null;
  };
  const isPressed = (event: PointerOn) => event.currentTarget.hasPointerCapture(event.pointerId);
  return {
    forget,
    onPointerEnter: forget,
    onPointerDown(event: PointerOn) {
      if (event.button !== 0 || event.pointerType === 'touch') return; // a finger scrolls; its tap is a click
      event.currentTarget.setPointerCapture(event.pointerId);
      preview.show(null);
      store.goTo(under(event));
    },
    onPointerMove(event: PointerOn) {
      if (isPressed(event)) store.goTo(under(event));
      else if (event.pointerType !== 'touch') preview.show(under(event));
    },
    onPointerLeave: () => preview.show(null),
    onClick(event: MouseEvent & { currentTarget: HTMLElement }) {
      if ((event as PointerOn).pointerType === 'touch') store.goTo(under(event as PointerOn));
    },
  };
}
