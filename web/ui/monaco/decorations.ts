// The page's marks as Monaco's decorations.
import { editor, Range, type IRange } from 'monaco-editor/editor';
import type { Inlay, LineMark, Marks } from '../editor/marks';

const NONE = editor.InjectedTextCursorStops.None;
const STICK = editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges;

/** Makes what shows decorations in a collection. Those that stand there are left alone: to set them is to render them. */
export function createShown(
  collection: editor.IEditorDecorationsCollection,
): (wanted: readonly editor.IModelDeltaDecoration[]) => void {
  let looks = '[]';
  return (wanted) => {
    const next = JSON.stringify(wanted.map(({ options }) => options));
    const ranges = collection.getRanges(); // an edit may have moved them, or made an end of them
    if (next !== looks || !wanted.every(({ range }, i) => Range.equalsRange(range, ranges[i]))) collection.set(wanted);
    looks = next;
  };
}

/** Results after calls and signs in the margin. */
export function decorationsOf(
  marks: Marks,
  rangeOf: (from: number, to: number) => IRange,
): editor.IModelDeltaDecoration[] {
  return [
    ...marks.inlays.flatMap((inlay) => inlayDecorations(inlay, rangeOf(inlay.at, inlay.at))),
    ...marks.lines.map(lineDecoration),
  ];
}

function inlayDecorations({ text, change, look }: Inlay, range: IRange): editor.IModelDeltaDecoration[] {
  const part = (content: string, inlineClassName: string): editor.IModelDeltaDecoration => ({
    range,
    options: {
      showIfCollapsed: true,
      stickiness: STICK,
      after: { content, inlineClassName, inlineClassNameAffectsLetterSpacing: true, cursorStops: NONE },
    },
  });
  const gap = part('\u00a0', 'gap'); // a cursor at the end of the text stands before it
  if (text === '') return [gap, part(change, `inlay inlay-change alone ${look}`)];
  const parts = [gap, part(text, `inlay ${look}${change ? ' joined' : ''}`)];
  if (change) parts.push(part(change, `inlay-change ${look}`));
  return parts;
}

const lineDecoration = ({ line, look }: LineMark): editor.IModelDeltaDecoration => ({
  range: new Range(line, 1, line, 1),
  options: { glyphMarginClassName: `line-mark ${look}`, stickiness: STICK },
});

/** The lines of the selected step, or of the one that the pointer is over. */
export const stepDecorations = (
  first: number,
  last: number,
  className: 'step-line' | 'preview-line',
): editor.IModelDeltaDecoration[] => [
  {
    range: new Range(first, 1, last, 1),
    options: {
      isWholeLine: true,
      className,
      ...(className === 'step-line'
        ? { marginClassName: 'step-line step-line-edge', lineNumberClassName: 'step-line-number' }
        : {}),
      stickiness: STICK,
    },
  },
];
