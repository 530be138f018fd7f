import type { Declared, Expr, FunctionText, Item, Parameter, Stmt } from './ast';
import type { Diagnostic, Range, Report } from './diagnostic';
import { ExpressionParser } from './parse-expression';
import { quote } from './reader';
import { beginsType, specifiers, unknownType } from './specifiers';
import type { Token } from './token';
import type { CType } from './types';

// A parser of our own, by C's grammar: a mistake is known at the token where it is made, so that it can be said what
// to write there, and no text takes more than one pass.

/** Reads the tokens of a text as C. Mistakes go to `report`; what could be read is kept. */
export function parse(tokens: readonly Token[], report: Report): Item[] {
  return new Parser(tokens, report).items();
}

class Parser extends ExpressionParser {
  /** Open blocks around the current token. */
  #blocks = 0;

  items(): Item[] {
    const items: Item[] = [];
    while (this.token.kind !== 'end') items.push(this.#item());
    return items;
  }

  #item(): Item {
    if (this.#functionAhead()) {
      const result = this.#whole<Item>(() => this.#function());
      return result;
    }
    return this.#statement();
  }

  /** Reads one item; a mistake in it, but not in the statements inside it, makes it bad. */
  #whole<T extends Item>(read: () => T): T | Stmt {
    const outer = this.fault;
    const { depth } = this;
    const start = this.at;
    this.fault = null;
    const value = read();
    if (this.panic) this.#resync(start);
    this.depth = depth;
    const error = this.fault ?? this.#lexical(value);
    this.fault = outer;
    if (!error) return value;
    const item: Item = value;
    const inner = item.kind === 'function' ? null : item;
    return { kind: 'bad', error, inner, from: value.from, to: value.to };
  }

  /** A mistake that was found while cutting tokens belongs to the innermost statement around it. */
  #lexical({ from, to }: Range): Diagnostic | null {
    const found = this.lexical.findIndex(({ place }) => place.from >= from && place.from < to);
    return found === -1 ? null : this.lexical.splice(found, 1)[0]!;
  }

  /**
   * Skips to where the next statement begins: after the `;` or the block that ends this one, or at a line that begins
   * no further right than this statement, or with a word that only begins statements.
   */
  #resync(start: number): void {
    this.panic = false;
    let parens = 0;
    let braces = 0;
    for (let at = start; at < this.at; at++) {
      const change = nesting(this.tokens[at]!);
      parens += change.parens;
      braces += change.braces;
    }
    const column = this.#column(this.tokens[start]!);
    for (; this.token.kind !== 'end'; this.at++) {
      const { token } = this;
      const isBrace = token.text === '{' || token.text === '}';
      const isLine = token.fresh && !isBrace && this.#column(token) <= column;
      if (this.at > start && (isLine || (braces === 0 && this.beginsStatement()))) return;
      if (this.is('}') && braces === 0 && this.#blocks > 0) return;
      const change = nesting(token);
      parens += change.parens;
      braces = Math.max(0, braces + change.braces);
      const isEnd = this.is(';') && braces === 0 && (parens <= 0 || this.peek().fresh);
      if (isEnd || (this.is('}') && braces === 0 && this.peek().fresh)) {
        this.at++;
        return;
      }
    }
  }

  #column({ from }: Token): number {
    return from - this.report.source.lastIndexOf('\n', from - 1);
  }

  #statement(): Stmt {
    const { from } = this.token;
    return this.#whole(() =>
      this.deeper(
        () => this.#read(),
        () => this.#rest(from),
      ),
    );
  }

  #read(): Stmt {
    const { token } = this;
    const { from } = token;
    if (token.kind === 'punct') {
      if (token.text === '{') return this.#block();
      if (token.text === ';') {
        this.take();
        return { kind: 'empty', from, to: token.to };
      }
      if (')]}'.includes(token.text)) return this.#unopened();
    }
    if (token.kind === 'name') {
      const keyword = this.#keyword(token);
      if (keyword) return keyword;
      if (beginsType(token.text)) return this.#declaration();
      if (this.peek().kind === 'name' && !this.peek().fresh) {
        unknownType(this);
        return this.#rest(from);
      }
      if (this.peek().text === ':' && this.peek().kind === 'punct') {
        this.fail(
          'outside-subset',
          token,
          `The label ${quote(token)} is outside the subset. Write a loop or an \`if\`.`,
        );
        this.take();
        this.take();
        return this.#rest(from);
      }
    }
    const value = this.expression();
    this.expect(';', 'missing-semicolon');
    return { kind: 'expression', value, ...this.since(from) };
  }

  #rest(from: number): Stmt {
    return { kind: 'empty', ...this.since(from) };
  }

  #unopened(): Stmt {
    const token = this.take();
    this.fail('extra-token', token, `Nothing is open here. Remove ${quote(token)}.`);
    return { kind: 'empty', from: token.from, to: token.to };
  }

  #keyword(token: Token): Stmt | null {
    const { from } = token;
    switch (token.text) {
      case 'if':
        return this.#if();
      case 'for':
        return this.#for();
      case 'while': {
        this.take();
        const test = this.#condition();
        return { kind: 'while', test, body: this.#body(), ...this.since(from) };
      }
      case 'do':
        return this.#do();
      case 'switch': {
        this.take();
        const value = this.#condition();
        return { kind: 'switch', value, body: this.#body(), ...this.since(from) };
      }
      case 'case':
      case 'default': {
        this.take();
        const value = token.text === 'case' ? this.assignment() : null;
        this.expect(':', 'missing-colon');
        return { kind: 'case', value, ...this.since(from) };
      }
      case 'break':
      case 'continue':
        this.take();
        this.expect(';', 'missing-semicolon');
        return { kind: token.text, ...this.since(from) };
      case 'return': {
        this.take();
        const value = this.is(';') ? null : this.expression();
        this.expect(';', 'missing-semicolon');
        return { kind: 'return', value, ...this.since(from) };
      }
      case 'else':
        this.take();
        this.fail('extra-token', token, 'This `else` has no `if` before it. Write `if (...)` before it, or remove it.');
        return this.#statement();
      case 'goto':
        this.giveUp('outside-subset', token, '`goto` is outside the subset. Write a loop or an `if`.');
        return this.#rest(from);
      case 'asm':
      case '__asm__':
        this.giveUp('outside-subset', token, `${quote(token)} is outside the subset. Write the call itself.`);
        return this.#rest(from);
      default:
        return null;
    }
  }

  #condition(): Expr {
    this.expect('(', 'missing-paren');
    const test = this.expression();
    this.expect(')', 'missing-paren');
    return test;
  }

  #body(): Stmt {
    if (this.panic) return this.#rest(this.token.from);
    if (this.token.kind === 'end' || this.is('}')) {
      this.missing('missing-statement', 'a statement');
      this.panic = true;
      return this.#rest(this.token.from);
    }
    return this.#statement();
  }

  #if(): Stmt {
    const { from } = this.take();
    const test = this.#condition();
    const yes = this.#body();
    const no = this.accept('else') ? this.#body() : null;
    return { kind: 'if', test, yes, no, ...this.since(from) };
  }

  #do(): Stmt {
    const { from } = this.take();
    const body = this.#body();
    this.expect('while', 'missing-while');
    const test = this.#condition();
    this.expect(';', 'missing-semicolon');
    return { kind: 'do', body, test, ...this.since(from) };
  }

  #for(): Stmt {
    const { from } = this.take();
    this.expect('(', 'missing-paren');
    let init: Stmt | null = null;
    if (!this.accept(';')) {
      const start = this.token;
      if (start.kind === 'name' && beginsType(start.text)) init = this.#declaration(true);
      else {
        const value = this.expression();
        this.expect(';', 'missing-semicolon', true);
        init = { kind: 'expression', value, ...this.since(start.from) };
      }
    }
    const test = this.is(';') ? null : this.expression();
    this.expect(';', 'missing-semicolon', true);
    const next = this.is(')') ? null : this.expression();
    this.expect(')', 'missing-paren');
    return { kind: 'for', init, test, next, body: this.#body(), ...this.since(from) };
  }

  #block(): Stmt & { kind: 'block' } {
    const open = this.take();
    const body: Stmt[] = [];
    this.#blocks++;
    while (this.token.kind !== 'end' && !this.is('}')) {
      if (this.#functionAhead()) body.push(this.#nested());
      else body.push(this.#statement());
    }
    this.#blocks--;
    if (this.is('}')) this.take();
    else {
      const insert = { text: '}', at: this.previous.to };
      const outer = this.fault;
      this.fault = null;
      this.fail('missing-brace', open, 'This `{` has no end. Write `}`.', insert);
      const end = this.token.from;
      if (this.fault) body.push({ kind: 'bad', error: this.fault, inner: null, from: end, to: end });
      this.fault = outer; // what stands in the block is good: the run may come to its end
    }
    return { kind: 'block', body, ...this.since(open.from) };
  }

  /** A function inside a block: most likely a `}` is missing before it. */
  #nested(): Stmt {
    const { token } = this;
    return this.#whole<Stmt>(() => {
      const insert = { text: '}', at: this.previous.to };
      this.fail(
        'missing-brace',
        token,
        `A function cannot stand in a block. Write \`}\` before ${quote(token)}.`,
        insert,
      );
      this.#function();
      return this.#rest(token.from);
    });
  }

  #declaration(inFor = false): Stmt {
    const { from } = this.token;
    const base = specifiers(this, this.#blocks > 0);
    const items: Declared[] = [];
    if (this.is(';')) this.missing('missing-name', 'a name');
    else
      do {
        const declared = this.#declared();
        if (declared) items.push(declared);
      } while (this.accept(','));
    this.expect(';', 'missing-semicolon', inFor);
    return { kind: 'declare', base, items, ...this.since(from) };
  }

  #declared(): Declared | null {
    const { from } = this.token;
    const stars = this.stars();
    if (this.is('(')) {
      const message = 'Pointers to functions and arrays are outside the subset. Write `*name` or `name[length]`.';
      this.giveUp('outside-subset', this.token, message);
    }
    if (this.token.kind !== 'name' || beginsType(this.token.text)) {
      if (this.token.kind === 'number') {
        this.giveUp(
          'bad-name',
          this.token,
          `A name cannot begin with a digit. Write a letter before ${quote(this.token)}.`,
        );
      } else this.missing('missing-name', 'a name');
      if (this.token.text !== ';') this.panic = true;
      return null;
    }
    const { text: name } = this.take();
    const dims = this.dims();
    if (this.is('__attribute__')) {
      const message = '`__attribute__` is outside the subset. Write `mmap` for memory that begins at a page.';
      this.giveUp('outside-subset', this.token, message);
    }
    const declarator = { name, stars, dims, ...this.since(from) };
    const init = this.accept('=') ? this.initializer() : null;
    return { declarator, init };
  }

  /** True at `type *name(`: a function begins. A call that initialises nothing cannot look so. */
  #functionAhead(): boolean {
    let ahead = 0;
    let words = 0;
    for (; ; ahead++) {
      const token = this.peek(ahead);
      if (token.kind === 'name' && beginsType(token.text)) {
        words++;
        if (token.text === 'struct') ahead++;
      } else if (!(token.kind === 'punct' && token.text === '*')) break;
    }
    const next = this.peek(ahead + 1);
    return words > 0 && this.peek(ahead).kind === 'name' && next.kind === 'punct' && next.text === '(';
  }

  #function(): FunctionText {
    const { from } = this.token;
    const base = specifiers(this, false);
    const stars = this.stars();
    const nameToken = this.take();
    this.take();
    const params = this.#parameters();
    const head: Range = this.since(from);
    let body: (Stmt & { kind: 'block' }) | null = null;
    if (this.is('{')) body = this.#block();
    else this.expect(';', 'missing-semicolon');
    const nameRange = { from: nameToken.from, to: nameToken.to };
    const range = { from: head.from, to: Math.max(head.to, this.previous.to) };
    return { kind: 'function', name: nameToken.text, nameRange, base, stars, params, body, ...range };
  }

  #parameters(): Parameter[] {
    const params: Parameter[] = [];
    if (this.is('void') && this.peek().text === ')') this.take();
    while (!this.panic && !this.is(')') && this.token.kind !== 'end' && !this.is('{')) {
      if (params.length > 0 && !this.accept(',')) break;
      const { from } = this.token;
      if (this.is('...')) {
        this.giveUp('outside-subset', this.token, '`...` is outside the subset. Write the parameters out.');
        break;
      }
      const base: CType = specifiers(this, false);
      const stars = this.stars();
      const name = this.token.kind === 'name' ? this.take().text : '';
      params.push({ name, base, stars, dims: this.dims(), ...this.since(from) });
    }
    this.expect(')', 'missing-paren');
    return params;
  }
}

/** What a token opens or closes. */
function nesting({ kind, text }: Token): { parens: number; braces: number } {
  const is = (one: string): number => (kind === 'punct' && text === one ? 1 : 0);
  return { parens: is('(') - is(')'), braces: is('{') - is('}') };
}
