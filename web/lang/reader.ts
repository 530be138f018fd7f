import type { Diagnostic, Range, Report } from './diagnostic';
import type { Token } from './token';

/** Blocks in blocks, parentheses in parentheses: beyond it a text is a mistake or an attack. */
export const MAX_DEPTH = 200;

/** Words of C that cannot be names. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'if else for while do switch case default break continue return goto sizeof'.split(' '),
);

/** Goes through the tokens of a text and says what is missing. After an unclear mistake it is in panic until resync(). */
export class Reader {
  protected at = 0;
  protected panic = false;
  /** First mistake of the statement being read. */
  protected fault: Diagnostic | null = null;
  protected depth = 0;
  /** Errors met while cutting tokens, until a statement has taken them for its own. */
  protected readonly lexical: Diagnostic[];
  /** Index of the token before which something was missed last. */
  #missed = -1;
  /** The text is nested too deep: nothing more is read of it. */
  #stopped = false;

  constructor(
    readonly tokens: readonly Token[],
    readonly report: Report,
  ) {
    this.lexical = report.list.filter(({ severity }) => severity === 'error');
  }

  get token(): Token {
    return this.tokens[this.at]!;
  }

  get previous(): Token {
    return this.tokens[Math.max(0, this.at - 1)]!;
  }

  peek(ahead = 1): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  is(text: string): boolean {
    const { token } = this;
    return token.text === text && (token.kind === 'punct' || token.kind === 'name');
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  accept(text: string): boolean {
    if (this.panic || !this.is(text)) return false;
    this.at++;
    return true;
  }

  /** The range from a token's start to the end of the token read last. */
  since(from: number): Range {
    return { from, to: Math.max(from, this.previous.to) };
  }

  /** Reports a mistake, unless an earlier one already made the rest unclear. */
  fail(code: string, range: Range, message: string, insert?: { text: string; at: number }): void {
    if (this.panic || this.#stopped) return;
    const fix = insert && {
      title: `Insert ${insert.text}`,
      from: insert.at,
      to: insert.at,
      insert: insert.text,
    };
    const diagnostic = this.report.error(code, range, message, fix);
    this.fault ??= diagnostic;
  }

  /** Reports a mistake after which nothing can be told until the next statement. */
  giveUp(code: string, range: Range, message: string): void {
    this.fail(code, range, message);
    this.panic = true;
  }

  /** Says that `what` must stand here: before the next token, or after the last one if that ends its line. */
  missing(code: string, what: string, insert?: string): void {
    const { token, previous } = this;
    const open = this.lexical.find(({ code, place }) => code === 'open-string' && place.from === previous.from);
    if (open || this.#missed === this.at) {
      this.fault ??= open ?? null; // it has been said what is missing here
      return;
    }
    this.#missed = this.at;
    const here = insert === undefined ? undefined : { text: insert, at: previous.to };
    if (token.kind === 'end' || token.fresh) {
      const range = { from: previous.to, to: Math.min(previous.to + 1, this.report.source.length) };
      this.fail(code, range, this.at === 0 ? `Write ${what}.` : `Write ${what} after ${quote(previous)}.`, here);
    } else this.fail(code, token, `Write ${what} before ${quote(token)}.`, here);
  }

  /** Takes `text` or says that it is missing. Goes on as if it stood there where the next token allows that, or `goOn`. */
  expect(text: string, code: string, goOn = false): boolean {
    if (this.panic) return false;
    if (this.accept(text)) return true;
    const { token } = this;
    if (token.kind === 'punct' && ')]'.includes(token.text) && text === ';') {
      this.giveUp('extra-token', token, `Nothing is open here. Remove ${quote(token)}.`);
      return false;
    }
    this.missing(code, `\`${text}\``, text);
    const clear =
      goOn ||
      KEYWORDS.has(token.text) ||
      token.fresh ||
      token.kind === 'end' ||
      [';', '{', '}', ')', ']'].includes(token.text);
    if (!clear) this.panic = true;
    return false;
  }

  /** Runs `read` one level deeper, unless that is too deep. */
  protected deeper<T>(read: () => T, otherwise: () => T): T {
    if (this.depth >= MAX_DEPTH) {
      this.giveUp(
        'too-deep',
        this.token,
        `This is nested more than ${MAX_DEPTH} deep. Write it in several statements.`,
      );
      this.#stopped = true;
      this.at = this.tokens.length - 1;
      return otherwise();
    }
    this.depth++;
    const value = read();
    this.depth--;
    return value;
  }
}

/** Quotes a token for a message, shortened. */
export function quote({ text, kind }: Token): string {
  if (kind === 'end') return 'the end';
  if (kind === 'directive') return '`#`';
  return `\`${text.length > 24 ? `${text.slice(0, 23)}…` : text}\``;
}
