// Offsets of the text as Monaco's ranges, and back.
import type { editor, IRange } from 'monaco-editor/editor';

/** The range of two offsets. */
export function rangeOf(model: editor.ITextModel, from: number, to: number): IRange {
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(to);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}

/** The smallest edit that makes one text of another: what is the same before and after it stays, and the cursor in it. */
export function smallestEdit(old: string, text: string): { from: number; to: number; insert: string } {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { from: head, to: old.length - tail, insert: text.slice(head, text.length - tail) };
}
