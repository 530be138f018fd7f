// Directives and macros. What comes out has neither: tokens, and the pragmas as they stand.
import type { Range, Report } from './diagnostic';
import { tokenize, type Token } from './token';

/** A `#pragma` line: `text` is what follows the word, `from` where it stands. */
export interface PragmaLine extends Range {
  readonly text: string;
}

export interface Preprocessed {
  readonly tokens: readonly Token[];
  readonly pragmas: readonly PragmaLine[];
}

/** Tokens that all macros of a text may bring together. */
export const MAX_EXPANDED = 200_000;
/** Macros inside macros. */
export const MAX_NESTED = 100;

const CONDITIONAL = new Set(['if', 'ifdef', 'ifndef', 'else', 'elif', 'endif']);

/** Takes out directives and replaces object-like macros. */
export function preprocess(source: string, report: Report): Preprocessed {
  const macros = new Map<string, readonly Token[]>();
  const pragmas: PragmaLine[] = [];
  const tokens: Token[] = [];
  const budget = { left: MAX_EXPANDED };
  for (const token of tokenize(source, report)) {
    if (token.kind === 'directive') directive(token, macros, pragmas, report);
    else if (token.kind === 'name' && macros.has(token.text)) {
      const before = tokens.length;
      expand(token, macros, [], tokens, budget, token, report);
      const first = tokens[before];
      if (first && token.fresh) tokens[before] = { ...first, fresh: true };
    } else tokens.push(token);
  }
  return { tokens, pragmas };
}

function directive(token: Token, macros: Map<string, readonly Token[]>, pragmas: PragmaLine[], report: Report): void {
  const parts = /^(\s*)(\w*)(\s*)/.exec(token.text)!;
  const name = parts[2]!;
  const rest = token.text.slice(parts[0].length).trimEnd();
  const from = token.at! + parts[0].length;
  const range = { from, to: from + rest.length };
  if (name === 'pragma') pragmas.push({ text: rest, ...(rest ? range : token) });
  else if (name === 'define') define(token, rest, from, macros, report);
  else if (name === 'undef') macros.delete(rest);
  else if (CONDITIONAL.has(name)) {
    const message = `\`#${name}\` is outside the subset. Keep the lines that apply and remove the directive.`;
    report.error('directive', token, message);
  } else if (name !== 'include' && name !== '') {
    const message = `\`#${name}\` is outside the subset. Write \`#define\`, \`#include\` or \`#pragma\`.`;
    report.error('directive', token, message);
  }
}

function define(line: Token, rest: string, from: number, macros: Map<string, readonly Token[]>, report: Report): void {
  const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (!name) {
    report.error('define', line, 'This `#define` has no name. Write `#define NAME value`.');
    return;
  }
  if (rest[name.length] === '(') {
    const message = `\`${name}\` takes arguments, which is outside the subset. Write a function.`;
    report.error('define', { from, to: from + name.length }, message);
    return;
  }
  const body = tokenize(rest.slice(name.length), report, from + name.length).slice(0, -1);
  macros.set(name, body);
}

/** Puts what `token` stands for at the end of `out`. `open` holds the macros that are being replaced (C11 6.10.3.4). */
function expand(
  token: Token,
  macros: ReadonlyMap<string, readonly Token[]>,
  open: readonly string[],
  out: Token[],
  budget: { left: number },
  use: Token,
  report: Report,
): void {
  const body = token.kind === 'name' && !open.includes(token.text) ? macros.get(token.text) : undefined;
  if (!body) {
    out.push({ ...token, from: use.from, to: use.to, fresh: false });
    return;
  }
  budget.left -= body.length + 1;
  if (budget.left < 0 || open.length >= MAX_NESTED) {
    const message = `\`${use.text}\` grows beyond ${MAX_EXPANDED.toLocaleString('en')} tokens. Write fewer macros inside macros.`;
    report.error('macro-size', use, message);
    return;
  }
  for (const part of body) {
    if (budget.left < 0) return;
    expand(part, macros, [...open, token.text], out, budget, use, report);
  }
}
