// The formatter: spaces and indentation by rule; the author's line breaks, blank lines and comments stay.
import { Report } from './diagnostic';
import { markLayout, type LayoutMarks } from './layout-marks';
import { parse } from './parse';
import { preprocess } from './preprocess';
import { spaceBetween, type Near } from './layout-space';
import { tokenize, type Token } from './token';

const INDENT = 4;
/** Blank lines in a row that are kept. */
const BLANKS = 2;

/** A token or a comment, with the line breaks before it. */
interface Piece {
  readonly kind: Token['kind'] | 'comment';
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly lines: number;
}

interface Line {
  /** Columns before `code`. */
  readonly indent: number;
  code: string;
  /** A comment behind the code, and the column that it asks for; 0: any. */
  comment: { readonly text: string; column: number } | null;
}

/**
 * Formats a text: 4 spaces a level, one statement a line, spaces as K&R has them. A text with a mistake in its syntax
 * stays as it is. format(format(x)) is format(x), and both have the tokens of x.
 */
export function formatText(source: string): string {
  const report = new Report(source);
  const items = parse(preprocess(source, report).tokens, report);
  if (report.errors > 0) return source;
  const tokens = tokenize(source, new Report(source));
  const pieces = piecesOf(source, tokens);
  const lines = layOut(source, pieces, markLayout(source, tokens, items));
  alignComments(lines);
  const made = lines.map(textOf).join('\n').replace(/^\n+/, '').trimEnd();
  const result = made === '' ? '' : `${made}\n`;
  return isSame(pieces, piecesOf(result, tokenize(result, new Report(result)))) ? result : source;
}

/** A layout may not change what is read: the same tokens and the same comments. */
function isSame(before: readonly Piece[], after: readonly Piece[]): boolean {
  const plain = ({ text }: Piece) => text.replace(/\s+/g, ' ');
  return before.length === after.length && before.every((piece, i) => plain(piece) === plain(after[i]!));
}

const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;

function piecesOf(source: string, tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (kind: Piece['kind'], from: number, to: number): void => {
    const lines = source.slice(at, from).split('\n').length - 1;
    const text = source.slice(from, to);
    pieces.push({ kind, text: kind === 'comment' || kind === 'directive' ? text.trimEnd() : text, from, to, lines });
    at = to;
  };
  for (const { kind, from, to } of tokens) {
    const base = at;
    for (const { index, 0: text } of source.slice(base, from).matchAll(COMMENT))
      add('comment', base + index, base + index + text.length);
    if (kind !== 'end') add(kind, from, to);
  }
  return pieces;
}

function layOut(source: string, pieces: readonly Piece[], marks: LayoutMarks): Line[] {
  const lines: Line[] = [];
  const near: Near = { marks, parens: [], questions: 0, header: false };
  let level = 0; // of the statement at hand
  let anchor = { was: 0, is: 0 }; // indentation of the line where it begins
  let before: Piece | null = null;
  pieces.forEach((piece, i) => {
    const line = lines.at(-1);
    const isNew = !line || beginsLine(before, piece, marks);
    const at = marks.levels.get(piece.from);
    if (at !== undefined && piece.kind !== 'comment') level = at;
    if (isNew) {
      for (let n = Math.min(piece.lines - 1, BLANKS); n > 0; n--) lines.push({ indent: 0, code: '', comment: null });
      const fixed = levelOf(pieces, i, level, marks);
      const now = columnOf(source, piece.from);
      const indent = fixed === null ? anchor.is + Math.max(INDENT, now - anchor.was) : INDENT * fixed;
      lines.push({ indent, code: shifted(source, piece, indent), comment: null });
    } else if (piece.kind === 'comment' && beginsLine(piece, pieces[i + 1], marks)) {
      const isPlain = !line.code.includes('\n');
      const asked = columnOf(source, piece.from) + line.indent - indentOf(source, piece);
      line.comment = { text: piece.text, column: isPlain ? asked : 0 };
    } else line.code += gap(source, before!, piece, near) + piece.text;
    if (piece.kind !== 'comment') {
      note(near, piece);
      if (at !== undefined) anchor = { was: indentOf(source, piece), is: lastIndent(lines.at(-1)!) };
    }
    before = piece;
  });
  return lines;
}

const beginsLine = (before: Piece | null, piece: Piece | undefined, { breaks }: LayoutMarks): boolean =>
  !before ||
  !piece ||
  piece.lines > 0 ||
  breaks.has(piece.from) ||
  piece.kind === 'directive' ||
  before.kind === 'directive' ||
  before.text.startsWith('//');

/** Space between two pieces of one line; around comments as the author has it. */
function gap(source: string, before: Piece, piece: Piece, near: Near): string {
  if (before.kind === 'comment' || piece.kind === 'comment')
    return source.slice(before.to, piece.from) === '' ? '' : ' ';
  return spaceBetween(before, piece, near);
}

/** Keeps account of open parentheses, of which of them head a statement, and of `?` without `:`. */
function note(near: Near, { text, kind }: Piece): void {
  if (kind === 'name') near.header = /^(if|for|while|switch)$/.test(text);
  if (kind !== 'punct') return;
  if (text === '(') near.parens.push(near.header);
  near.closed = text === ')' ? (near.parens.pop() ?? false) : false;
  if (text === '?') near.questions++;
  if (text === ':') near.questions = Math.max(0, near.questions - 1);
  near.header = false;
}

/** The level of a line that begins here; null for one that goes on with a statement: it stands as far right as it did. */
function levelOf(pieces: readonly Piece[], i: number, level: number, marks: LayoutMarks): number | null {
  const piece = pieces[i]!;
  if (piece.kind === 'directive') return 0;
  if (piece.kind !== 'comment') {
    const own = marks.levels.get(piece.from);
    return own ?? (/^[)}\]{]$/.test(piece.text) ? level : null);
  }
  const next = pieces.slice(i).find(({ kind }) => kind !== 'comment' && kind !== 'directive');
  if (!next) return 0;
  const at = marks.levels.get(next.from);
  if (at === undefined) return null;
  return marks.closers.has(next.from) ? at + 1 : at;
}

/** Column of an offset, tabs as 4. */
const columnOf = (source: string, offset: number): number =>
  source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset).replaceAll('\t', '    ').length;

const indentOf = (source: string, { from }: Piece): number => {
  const start = source.lastIndexOf('\n', from - 1) + 1;
  return /^[ \t]*/.exec(source.slice(start, from))![0].replaceAll('\t', '    ').length;
};

/** A comment of several lines moves as a whole. */
function shifted(source: string, piece: Piece, indent: number): string {
  if (piece.kind !== 'comment' || !piece.text.includes('\n')) return piece.text;
  const by = indent - columnOf(source, piece.from);
  const [first, ...rest] = piece.text.split('\n');
  const moved = rest.map((line) => {
    const words = line.trimStart();
    const old = line.slice(0, line.length - words.length).replaceAll('\t', '    ').length;
    return words === '' ? '' : ' '.repeat(Math.max(0, old + by)) + words.trimEnd();
  });
  return [first!.trimEnd(), ...moved].join('\n');
}

/** Indentation of what is the last line of a text once it is written. */
const lastIndent = ({ indent, code }: Line): number =>
  code.includes('\n') ? /^[ \t]*/.exec(code.slice(code.lastIndexOf('\n') + 1))![0].length : indent;

const widthOf = ({ indent, code }: Line): number => indent + code.slice(code.lastIndexOf('\n') + 1).length;

/** Comments behind code that began in one column still do. */
function alignComments(lines: readonly Line[]): void {
  for (let i = 0; i < lines.length;) {
    const column = lines[i]!.comment?.column;
    let end = i + 1;
    if (column) {
      while (lines[end]?.comment?.column === column) end++;
      const group = lines.slice(i, end);
      const needed = Math.max(column, ...group.map((line) => widthOf(line) + 1));
      for (const line of group) line.comment!.column = needed;
    }
    i = end;
  }
}

function textOf(line: Line): string {
  const { indent, code, comment } = line;
  const text = code === '' ? '' : ' '.repeat(indent) + code;
  return comment ? text + ' '.repeat(Math.max(1, comment.column - widthOf(line))) + comment.text : text;
}
