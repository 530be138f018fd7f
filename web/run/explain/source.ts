// Finds in a scenario's text what a fix has to touch: the arguments of a call, the statement around it, pragmas.
import type { Fix, Place } from '../model';

export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const CONTROL = /^(?:for|while|if|switch)\b\s*\(/;

/** Returns the offset behind a comment, string or preprocessor line that begins at `at`, or `at` itself. */
function skip(source: string, at: number): number {
  const rest = source.slice(at, at + 2);
  if (rest === '//') return endOfLine(source, at);
  if (rest === '/*') {
    const end = source.indexOf('*/', at + 2);
    return end < 0 ? source.length : end + 2;
  }
  const quote = source[at];
  if (quote === '"' || quote === "'") {
    let end = at + 1;
    while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
    return end + 1;
  }
  return quote === '#' && /(?:^|\n)[ \t]*$/.test(source.slice(0, at)) ? endOfLine(source, at) : at;
}

function endOfLine(source: string, at: number): number {
  let end = source.indexOf('\n', at);
  while (end > 0 && source[end - 1] === '\\') end = source.indexOf('\n', end + 1);
  return end < 0 ? source.length : end;
}

/** Calls `see` for each character that is code, with the depth of parentheses and brackets around it. */
function scan(source: string, from: number, to: number, see: (at: number, depth: number) => boolean | void): void {
  let depth = 0;
  for (let at = from; at < to;) {
    const next = skip(source, at);
    if (next > at) {
      if (source[at] === '#') see(next, depth); // the end of a preprocessor line ends a statement too
      at = next;
      continue;
    }
    const c = source[at]!;
    if (c === ')' || c === ']') depth--;
    if (see(at, depth) === false) return;
    if (c === '(' || c === '[') depth++;
    at++;
  }
}

/** Finds the offset of the parenthesis that closes the one at `open`, -1 without one. */
function closing(source: string, open: number): number {
  let found = -1;
  scan(source, open, source.length, (at, depth) => {
    if (source[at] !== ')' || depth !== 0) return true;
    found = at;
    return false;
  });
  return found;
}

/** Finds the arguments of the call expression at `place`; null when the text there is no call. */
export function argumentsOf(source: string, place: Place): Piece[] | null {
  const head = /^\w+\s*\(/.exec(source.slice(place.from, place.to));
  if (!head) return null;
  const open = place.from + head[0].length - 1;
  const close = closing(source, open);
  if (close < 0 || close >= place.to) return null;
  const borders = [open];
  scan(source, open, close, (at, depth) => {
    if (source[at] === ',' && depth === 1) borders.push(at);
  });
  return [...borders, close].slice(1).map((to, i) => trimmed(source, borders[i]! + 1, to));
}

function trimmed(source: string, from: number, to: number): Piece {
  const text = source.slice(from, to);
  const start = from + (text.length - text.trimStart().length);
  return { from: start, to: start + text.trim().length, text: text.trim() };
}

/** The innermost statement that holds an expression. */
export interface Statement extends Piece {
  /** The body of a for, if or else without braces. */
  readonly bare: boolean;
  /** White space before the line that it begins on. */
  readonly indent: string;
}

/** Finds the statement around `place`; null where nothing can be put before it: in the head of a loop, for one. */
export function statementOf(source: string, place: Place): Statement | null {
  let begin = 0;
  scan(source, 0, place.from, (at, depth) => {
    const ends = depth === 0 && (';{}'.includes(source[at]!) || source[at] === '\n');
    if (ends && (source[at] !== '\n' || endsPreprocessorLine(source, at))) begin = at + 1;
  });
  let at = afterSpace(source, begin);
  let bare = false;
  for (;;) {
    const rest = source.slice(at, place.from + 1);
    const label = /^(?:case\b[^:]*|\w+)\s*:(?!:)\s*/.exec(rest)?.[0];
    const word = /^(?:else|do)\b\s*/.exec(rest)?.[0];
    const head = CONTROL.exec(rest)?.[0];
    if (label && !label.includes('?')) at = afterSpace(source, at + label.length);
    else if (word) {
      at = afterSpace(source, at + word.length);
      bare = true;
    } else if (head) {
      const close = closing(source, at + head.length - 1);
      if (close >= place.from) {
        if (bare || /^(?:for|while)/.test(head)) return null;
        break;
      }
      at = afterSpace(source, close + 1);
      bare = true;
    } else break;
  }
  let end = source.length;
  scan(source, at, source.length, (i, depth) => {
    if (source[i] !== ';' || depth !== 0 || i < place.to) return true;
    end = i + 1;
    return false;
  });
  const line = source.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(line))?.[0] ?? '';
  return { from: at, to: end, text: source.slice(at, end), bare, indent };
}

function endsPreprocessorLine(source: string, at: number): boolean {
  let line = source.lastIndexOf('\n', at - 1) + 1;
  while (line > 1 && source[line - 2] === '\\') line = source.lastIndexOf('\n', line - 2) + 1;
  return /^[ \t]*#/.test(source.slice(line, at));
}

function afterSpace(source: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at++;
    const next = source[at] === '"' || source[at] === "'" ? at : skip(source, at);
    if (next === at) return at;
    at = next;
  }
}

/** Puts statements before the one at `place`; a bare body gets braces. */
export function insertBefore(source: string, place: Place, title: string, lines: readonly string[]): Fix | null {
  const statement = statementOf(source, place);
  if (!statement) return null;
  const { from, to, text, bare, indent } = statement;
  if (bare) return { title, from, to, insert: `{ ${[...lines, text].join(' ')} }` };
  return { title, from, to: from, insert: lines.map((line) => `${line}\n${indent}`).join('') };
}

/** Sets a pragma: edits the last one that matches, or adds one below the comment that opens the text. */
export function setPragma(source: string, title: string, head: string, value: bigint): Fix {
  const words = head.split(' ').map((word) => word.replaceAll('.', '\\.'));
  const line = new RegExp(
    `^[ \\t]*#[ \\t]*pragma[ \\t]+${words.join('[ \\t]+')}[ \\t]+(\\w+)(?:([ \\t]+)(\\w+))?`,
    'gm',
  );
  const last = [...source.matchAll(line)].at(-1);
  if (!last) {
    const at = openingComment(source);
    const gap = at > 0 && source[at - 1] !== '\n' ? '\n' : '';
    return { title, from: at, to: at, insert: `${gap}#pragma ${head} ${value}\n` };
  }
  const [text, soft = '', space = '', hard = ''] = last;
  const end = last.index + text.length;
  const from = end - (soft + space + hard).length;
  const enough = /^\d+$/.test(hard) ? BigInt(hard) >= value : hard === 'RLIM_INFINITY';
  const insert = hard === '' || enough ? `${value}` : `${value}${space}${value}`;
  return { title, from, to: hard !== '' && !enough ? end : from + soft.length, insert };
}

function openingComment(source: string): number {
  const lines = /^(?:[ \t]*\/\/[^\n]*(?:\n|$)|[ \t]*\/\*[\s\S]*?\*\/[ \t]*(?:\n|$))+/.exec(source);
  return lines?.[0].length ?? 0;
}
