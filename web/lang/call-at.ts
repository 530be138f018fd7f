// The call whose parentheses hold a place, read from the tokens: comments and texts do not mislead it.
import { Report } from './diagnostic';
import { tokenize } from './token';

/** A call around a place in the text. */
export interface CallAt {
  readonly name: string;
  /** Of the argument at the place, from 0. */
  readonly argument: number;
  /** What is written of that argument before the place. */
  readonly written: string;
}

/** Finds the innermost call around an offset, or null. */
export function callAround(source: string, offset: number): CallAt | null {
  const text = source.slice(0, offset);
  const open: { name: string | null; argument: number; from: number }[] = [];
  let before = '';
  for (const { kind, text: word, to } of tokenize(text, new Report(text))) {
    if (kind === 'end') break;
    if (word === '(') open.push({ name: /^[A-Za-z_]\w*$/.test(before) ? before : null, argument: 0, from: to });
    else if (word === ')') open.pop();
    else if (word === ',' && open.length > 0)
      Object.assign(open.at(-1)!, { argument: open.at(-1)!.argument + 1, from: to });
    else if (kind === 'punct' && (word === ';' || word === '{' || word === '}')) {
      if (open.at(-1)?.name !== 'for' || word !== ';') open.length = 0;
    }
    before = kind === 'name' ? word : '';
  }
  const last = open.findLast(({ name }) => name !== null);
  return last && !/^(if|while|for|switch|return|sizeof)$/.test(last.name!)
    ? { name: last.name!, argument: last.argument, written: text.slice(last.from) }
    : null;
}

/** True if an offset stands in a comment or in a text. */
export function isQuoted(source: string, offset: number): boolean {
  const text = source.slice(0, offset);
  const left = text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[^]*?\*\/|\/\/[^\n]*\n/g, ' ');
  return /\/\/|\/\*|"/.test(left.slice(left.lastIndexOf('\n') + 1)) || /\/\*/.test(left);
}
