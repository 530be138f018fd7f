import type { PictureModel, SpaceActions } from './picture';

// Keys of the picture. Tab goes to the next changed page and leaves after the last one.
//   ← → (and ↑ ↓)      by page        PgUp PgDn   by 16 pages
//   Tab, Shift Tab      by change      Home End    first, last page
//   F + − 0 [ ]         fit, zoom in, out, all, previous and next VMA
/** Answers a key that was pressed in the picture; false when it has no meaning there. */
export function answerKey(event: KeyboardEvent, model: PictureModel, actions: SpaceActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'Tab') return model.nextChange(event.shiftKey ? -1 : 1);
  const answer = answers(model, actions)[event.key];
  answer?.();
  return answer !== undefined;
}

function answers(model: PictureModel, actions: SpaceActions): Readonly<Record<string, () => void>> {
  const by = (pages: number) => () => model.moveFocus(pages);
  return {
    ArrowRight: by(1),
    ArrowUp: by(1),
    ArrowLeft: by(-1),
    ArrowDown: by(-1),
    PageDown: by(16),
    PageUp: by(-16),
    Home: by(-(2 ** 36)),
    End: by(2 ** 36),
    f: actions.fit,
    F: actions.fit,
    '+': actions.zoomIn,
    '=': actions.zoomIn,
    '-': actions.zoomOut,
    '0': actions.zoomAll,
    '[': () => model.nextVma(-1),
    ']': () => model.nextVma(1),
  };
}
