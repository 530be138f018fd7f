// Which two tokens of a line have a space between them.
import type { LayoutMarks } from './layout-marks';
import type { TokenKind } from './token';

interface Piece {
  readonly kind: TokenKind | 'comment';
  readonly text: string;
  readonly from: number;
}

/** What has been read so far. */
export interface Near {
  readonly marks: LayoutMarks;
  /** Open parentheses: true for those behind `if`, `for`, `while` and `switch`. */
  readonly parens: boolean[];
  /** `?` that wait for their `:`. */
  questions: number;
  /** The last token was `if`, `for`, `while` or `switch`. */
  header: boolean;
  /** The last token closed the head of a statement. */
  closed?: boolean;
}

const PREFIX = /^(\+\+|--|[-+!~*&])$/;
const isWord = ({ kind }: Piece): boolean => kind === 'name' || kind === 'number';

/** '' or ' '. */
export function spaceBetween(before: Piece, piece: Piece, near: Near): string {
  const space = wanted(before, piece, near);
  return space === '' && merges(before, piece) ? ' ' : space;
}

/** Two tokens that would be read as others if nothing stood between them. */
const merges = (before: Piece, piece: Piece): boolean =>
  (isWord(before) && isWord(piece)) ||
  (before.kind === 'number' && /^[.+-]/.test(piece.text)) ||
  /^(\+\+|--|&&|\|\||<<|>>|->|[-+*/%&|^<>=!]=|\/[/*])$/.test(before.text.at(-1)! + piece.text[0]!);

function wanted(before: Piece, piece: Piece, { marks, questions, closed }: Near): string {
  const p = before.kind === 'punct' ? before.text : '';
  const n = piece.kind === 'punct' ? piece.text : '';
  const isPrefix = ({ from }: Piece, text: string): boolean => PREFIX.test(text) && marks.prefix.has(from);
  if (n === ',' || n === ';') return '';
  if (p === '(' || p === '[' || n === ')' || n === ']') return '';
  if (p === ',' || p === ';') return ' ';
  if (p === '{') return n === '}' ? '' : ' ';
  if (n === '}') return ' ';
  if (p === '.' || p === '->' || n === '.' || n === '->' || n === '[') return '';
  if (isPrefix(before, p)) return '';
  if (marks.postfix.has(piece.from) && (n === '++' || n === '--')) return '';
  if (p === ')' && marks.casts.has(before.from)) return '';
  if (p === ')' && closed) return ' ';
  if (n === '(') return parenthesis(before, p);
  if (n === ':') return questions > 0 ? ' ' : '';
  if (p === '*' && marks.stars.has(before.from)) return '';
  return ' ';
}

/** Calls have none, words of C have one, operators have one. */
function parenthesis(before: Piece, p: string): string {
  if (before.kind === 'name') return /^(if|for|while|switch|return|case)$/.test(before.text) ? ' ' : '';
  return p === ')' || p === ']' ? '' : ' ';
}
