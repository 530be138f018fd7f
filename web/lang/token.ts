import type { Range, Report } from './diagnostic';

export type TokenKind = 'name' | 'number' | 'char' | 'string' | 'punct' | 'directive' | 'end';

/** A token of C. One that a macro brought has the range of the macro's use. */
export interface Token extends Range {
  readonly kind: TokenKind;
  /** As it is spelt; for a directive everything after `#`, continuation lines joined, comments gone. */
  readonly text: string;
  /** Offset of `text` in the source, for directives. */
  readonly at?: number;
  /** The first token of its line. */
  readonly fresh: boolean;
}

const SPACE = /[ \t\r\f\v\u00a0\ufeff]+/y;
const WORD = /[A-Za-z_]\w*/y;
const NUMBER = /\.?\d(?:[eEpP][+-]|[\w.])*/y;
const PUNCT = /<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^]=|[-+*/%&|^~!<>=?:;,.()[\]{}#]/y;
const SMART: Readonly<Record<string, string>> = {
  '\u201c': '"',
  '\u201d': '"',
  '\u2018': "'",
  '\u2019': "'",
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u00d7': '*',
};

/**
 * Cuts a text into tokens; the last one is 'end'. Comments are left out, directives come as one token.
 * `base` is added to all offsets, for texts inside a text.
 */
export function tokenize(source: string, report: Report, base = 0): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let fresh = true;
  const push = (kind: TokenKind, to: number): void => {
    tokens.push({ kind, text: source.slice(at, to), from: base + at, to: base + to, fresh });
    at = to;
    fresh = false;
  };
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : 0;
  };
  while (at < source.length) {
    const char = source[at]!;
    let to: number;
    if (char === '\n') {
      at++;
      fresh = true;
    } else if ((to = match(SPACE))) at = to;
    else if (char === '\\' && /\\\r?\n/y.test(source.slice(at, at + 3))) at = source.indexOf('\n', at) + 1;
    else if (source.startsWith('//', at)) at = endOf(source, '\n', at);
    else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      if (end === -1) {
        report.error('open-comment', { from: base + at, to: base + at + 2 }, 'This comment has no end. Write `*/`.');
        at = source.length;
      } else {
        fresh ||= source.slice(at, end).includes('\n');
        at = end + 2;
      }
    } else if (char === '#' && fresh) {
      const end = endOfDirective(source, at);
      tokens.push({
        kind: 'directive',
        ...directiveText(source, at, end, base),
        from: base + at,
        to: base + end,
        fresh,
      });
      at = end;
    } else if ((to = match(WORD))) push('name', to);
    else if ((to = match(NUMBER))) push('number', to);
    else if (char === '"' || char === "'")
      push(char === '"' ? 'string' : 'char', endOfQuoted(source, at, report, base));
    else if ((to = match(PUNCT))) push('punct', to);
    else at = stray(source, at, report, base);
  }
  tokens.push({ kind: 'end', text: '', from: base + source.length, to: base + source.length, fresh: true });
  return tokens;
}

function endOf(source: string, what: string, at: number): number {
  const end = source.indexOf(what, at);
  return end === -1 ? source.length : end;
}

function endOfDirective(source: string, at: number): number {
  let end = endOf(source, '\n', at);
  while (end < source.length && /\\\r?$/.test(source.slice(Math.max(at, end - 2), end)))
    end = endOf(source, '\n', end + 1);
  const open = source.slice(at, end).search(/(?<!\/)\/\*(?!.*\*\/)/s);
  return open === -1 ? end : at + open; // a comment that goes on in the next line ends the directive
}

/** The words of a directive with comments and joined lines blanked, so that offsets stay. */
function directiveText(source: string, at: number, end: number, base: number): { text: string; at: number } {
  const text = source
    .slice(at + 1, end)
    .replace(/\\\r?\n/g, (joined) => ' '.repeat(joined.length))
    .replace(/"(?:[^"\\]|\\.)*"|\/\*.*?\*\/|(?:^|\s)\/\/.*$/gs, (piece) =>
      piece.startsWith('"') ? piece : ' '.repeat(piece.length),
    );
  return { text, at: base + at + 1 };
}

function endOfQuoted(source: string, at: number, report: Report, base: number): number {
  const quote = source[at]!;
  for (let to = at + 1; to < source.length && source[to] !== '\n'; to++) {
    if (source[to] === '\\' && source[to + 1] !== '\n') to++;
    else if (source[to] === quote) return to + 1;
  }
  const end = endOf(source, '\n', at);
  const range = { from: base + at, to: base + end };
  report.error('open-string', range, `This text has no end. Write \`${quote}\` before the end of the line.`, {
    title: `Insert ${quote}`,
    from: range.to,
    to: range.to,
    insert: quote,
  });
  return end;
}

function stray(source: string, at: number, report: Report, base: number): number {
  const char = String.fromCodePoint(source.codePointAt(at)!);
  const range = { from: base + at, to: base + at + char.length };
  const plain = SMART[char];
  if (plain) {
    const fix = { title: `Replace by ${plain}`, ...range, insert: plain };
    report.error('stray-character', range, `\`${char}\` is a typographic sign. Write \`${plain}\`.`, fix);
  } else {
    const fix = { title: `Remove ${char}`, ...range, insert: '' };
    report.error('stray-character', range, `\`${char}\` has no meaning in C. Remove it.`, fix);
  }
  return at + char.length;
}
