// Splits C text into tokens, as far as a specification block needs it.

/** A piece of C: a word or number, a string, or one other character. */
export interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  /** The word or mark; of a string what it stands for. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Characters that one string may have. */
const MAX_STRING = 1 << 16;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** Something that no token could be made of. */
export interface Broken {
  readonly from: number;
  readonly message: string;
}

/** Reads the token at or after `from`, or null at the end. A string that does not end is given to `broken`. */
export function nextToken(text: string, from: number, broken: (what: Broken) => void): Token | null {
  const start = skipBlanks(text, from);
  if (start >= text.length) return null;
  const first = text[start]!;
  if (first === '"') return readString(text, start, broken);
  const word = /[\w$]+/y;
  word.lastIndex = start;
  const found = word.exec(text);
  if (found) return { kind: 'word', text: found[0], from: start, to: word.lastIndex };
  return { kind: 'mark', text: first, from: start, to: start + 1 };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const blanks = /[\s\\]*/y;
    blanks.lastIndex = at;
    blanks.exec(text);
    at = blanks.lastIndex;
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end === -1 ? text.length : end + 2;
    } else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else return at;
  }
}

function readString(text: string, start: number, broken: (what: Broken) => void): Token {
  let value = '';
  const most = Math.min(text.length, start + MAX_STRING);
  for (let at = start + 1; at < most; at++) {
    const c = text[at]!;
    if (c === '"') return { kind: 'string', text: value, from: start, to: at + 1 };
    if (c === '\\') {
      const next = text[++at] ?? '';
      value += ESCAPES[next] ?? next;
    } else if (c === '\n' || c === '\r') {
      // C has no line end in a string: an archive broke the line at a blank.
      const rest = /[ \t]*/y;
      rest.lastIndex = text.startsWith('\r\n', at) ? at + 2 : at + 1;
      rest.exec(text);
      at = rest.lastIndex - 1;
      if (!value.endsWith(' ')) value += ' ';
    } else value += c;
  }
  broken({ from: start, message: 'This string does not end. Close it with ".' });
  const line = text.indexOf('\n', start);
  const to = line === -1 ? text.length : line;
  return { kind: 'string', text: text.slice(start + 1, to), from: start, to };
}

const OPERATORS = '|&^~<>=!*/%-+?:';

/** Takes out each + that a diff put at the start of a line which an archive then joined: never valid C where it stands. */
export function withoutDiffMarks(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, i) => {
    if (token.kind !== 'mark' || token.text !== '+') return true;
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    if (!before || !after) return false;
    if (before.kind === 'string' || after.kind === 'string') return false;
    const joins = (one: Token, marks: string): boolean => one.kind === 'mark' && (OPERATORS + marks).includes(one.text);
    return !joins(before, '(,') && !joins(after, '),');
  });
}

/** Joins tokens into one value: the text of its strings, else the C expression with single blanks. */
export function valueOf(tokens: readonly Token[], text: string): string {
  if (tokens.some(({ kind }) => kind === 'string')) {
    return tokens.map((token) => (token.kind === 'string' ? token.text : '')).join('');
  }
  return tokens
    .map((token, i) => {
      const before = tokens[i - 1];
      return (before && /\s/.test(text.slice(before.to, token.from)) ? ' ' : '') + token.text;
    })
    .join('');
}
