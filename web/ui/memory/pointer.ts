// Mouse, wheel and fingers on the picture: drag moves it, wheel and pinch zoom it, the strip's window is dragged.

/** What the pointer asks for. x and y are those of the picture. */
export interface PointerActions {
  zoom(factor: number, x: number): void;
  pan(dx: number): void;
  /** The overview strip was pressed: takes hold of its window, of one of its edges, or moves it there. */
  grab(x: number): void;
  /** What was taken hold of is dragged. */
  drag(x: number): void;
  /** The cursor that tells what a press would do. */
  cursorAt(x: number, y: number): string;
  press(x: number, y: number): void;
  hover(place: { x: number; y: number } | null): void;
  /** True where the overview strip is. */
  isStrip(y: number): boolean;
}

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** A press that moves less is a click. */
const SLACK = 4;

/** Listens on an element; returns what takes it back. */
export function listenToPointer(element: HTMLElement, actions: PointerActions): () => void {
  const fingers = new Map<number, Finger>();
  let mode: 'none' | 'press' | 'drag' | 'strip' | 'pinch' = 'none';
  let from: Finger = { x: 0, y: 0 };
  const controller = new AbortController();
  const place = (event: MouseEvent): Finger => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const at = place(event);
    fingers.set(event.pointerId, at);
    element.setPointerCapture(event.pointerId);
    from = at;
    if (fingers.size === 2) mode = 'pinch';
    else if (actions.isStrip(at.y)) {
      mode = 'strip';
      actions.grab(at.x);
    } else mode = 'press';
    actions.hover(null);
  };
  const onMove = (event: PointerEvent): void => {
    const at = place(event);
    const old = fingers.get(event.pointerId);
    if (!old) {
      if (event.pointerType !== 'touch') actions.hover(at);
      element.style.cursor = actions.cursorAt(at.x, at.y);
      return;
    }
    if (mode === 'pinch') pinch(event.pointerId, old, at);
    else if (mode === 'strip') actions.drag(at.x);
    else {
      if (mode === 'press' && Math.abs(at.x - from.x) > SLACK) mode = 'drag';
      if (mode === 'drag') actions.pan(at.x - old.x);
    }
    if (mode !== 'press') fingers.set(event.pointerId, at);
  };
  const pinch = (id: number, old: Finger, at: Finger): void => {
    const other = [...fingers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const [was, is] = [Math.abs(old.x - other.x), Math.abs(at.x - other.x)];
    if (was > 8 && is > 8) actions.zoom(is / was, (at.x + other.x) / 2);
  };
  const onUp = (event: PointerEvent): void => {
    if (mode === 'press' && fingers.has(event.pointerId)) actions.press(from.x, from.y);
    onCancel(event);
  };
  // A finger that scrolls the page is the browser's: it has pressed nothing.
  const onCancel = ({ pointerId }: PointerEvent): void => {
    fingers.delete(pointerId);
    if (fingers.size === 0) mode = 'none';
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) actions.pan(-sideways * lines);
    else actions.zoom(Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 100 : 400)), place(event).x);
  };

  const { signal } = controller;
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onCancel, { signal });
  element.addEventListener('pointerleave', () => actions.hover(null), { signal });
  element.addEventListener('wheel', onWheel, { passive: false, signal });
  return () => controller.abort();
}
