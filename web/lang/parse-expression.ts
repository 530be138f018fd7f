import type { Expr, Init, InitItem, TypeName } from './ast';
import type { BinaryOperator } from './arith';
import type { Range } from './diagnostic';
import { readChar, readNumber, readQuoted } from './literal';
import { KEYWORDS, Reader } from './reader';
import { beginsType, specifiers } from './specifiers';
import { INT } from './types';

/** Precedence of C's binary operators; a higher one binds tighter. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const UNARY = ['-', '+', '!', '~', '*', '&'] as const;

/** Operands in operands: what the later stages walk by recursion. */
const MAX_HEIGHT = 400;

/** Reads expressions and type names by C's own precedences. */
export class ExpressionParser extends Reader {
  readonly #heights = new WeakMap<Expr, number>();

  /** Any expression; the comma operator too. */
  expression(): Expr {
    let left = this.assignment();
    while (!this.panic && this.is(',')) {
      this.take();
      const right = this.assignment();
      left = this.node({ kind: 'comma', left, right, from: left.from, to: right.to }, left, right);
    }
    return left;
  }

  /** An expression without a comma of its own. */
  assignment(): Expr {
    return this.deeper(
      () => {
        const left = this.#ternary();
        if (this.panic || this.token.kind !== 'punct' || !ASSIGN.has(this.token.text)) return left;
        const op = this.take().text.slice(0, -1) as BinaryOperator | '';
        const right = this.assignment();
        return this.node({ kind: 'assign', op, left, right, from: left.from, to: right.to }, left, right);
      },
      () => this.bad(),
    );
  }

  #ternary(): Expr {
    const test = this.#binary(1);
    if (!this.accept('?')) return test;
    const yes = this.expression();
    this.expect(':', 'missing-colon');
    const no = this.deeper(
      () => this.#ternary(),
      () => this.bad(),
    );
    return this.node({ kind: 'ternary', test, yes, no, from: test.from, to: no.to }, test, yes, no);
  }

  #binary(least: number): Expr {
    let left = this.#unary();
    for (;;) {
      const { token } = this;
      const rank = token.kind === 'punct' ? (PRECEDENCE[token.text] ?? 0) : 0;
      if (this.panic || rank < least || rank === 0) return left;
      this.take();
      const right = this.#binary(rank + 1);
      const range = { from: left.from, to: right.to };
      const op = token.text;
      left =
        op === '&&' || op === '||'
          ? this.node({ kind: 'logic', op, left, right, ...range }, left, right)
          : this.node({ kind: 'binary', op: op as BinaryOperator, left, right, ...range }, left, right);
    }
  }

  #unary(): Expr {
    return this.deeper(
      () => this.#prefixed(),
      () => this.bad(),
    );
  }

  #prefixed(): Expr {
    const { token } = this;
    if (token.kind === 'punct') {
      const op = UNARY.find((one) => one === token.text);
      if (op) {
        this.take();
        const operand = this.#unary();
        return this.node({ kind: 'unary', op, operand, from: token.from, to: operand.to }, operand);
      }
      if (token.text === '++' || token.text === '--') {
        this.take();
        const operand = this.#unary();
        const range = { from: token.from, to: operand.to };
        return this.node({ kind: 'update', op: token.text, prefix: true, operand, ...range }, operand);
      }
      if (token.text === '(' && this.#typeAt(1)) return this.#castOrLiteral();
    }
    if (token.kind === 'name' && token.text === 'sizeof') return this.#sizeof();
    return this.#postfix(this.#primary());
  }

  #castOrLiteral(): Expr {
    const { from } = this.take();
    const type = this.typeName();
    this.expect(')', 'missing-paren');
    if (this.is('{')) {
      const init = this.initializer();
      return this.#postfix({ kind: 'literal', type, init, ...this.since(from) });
    }
    const operand = this.#unary();
    return this.node({ kind: 'cast', type, operand, from, to: operand.to }, operand);
  }

  #sizeof(): Expr {
    const { from } = this.take();
    if (this.is('(') && this.#typeAt(1)) {
      this.take();
      const operand = this.typeName();
      this.expect(')', 'missing-paren');
      return { kind: 'sizeof', operand, ...this.since(from) };
    }
    const operand = this.#unary();
    return this.node({ kind: 'sizeof', operand, from, to: operand.to }, operand);
  }

  #postfix(first: Expr): Expr {
    let value = first;
    while (!this.panic) {
      const { from } = value;
      const { token } = this;
      if (token.kind !== 'punct') break;
      if (token.text === '[') {
        this.take();
        const index = this.expression();
        this.expect(']', 'missing-bracket');
        value = this.node({ kind: 'index', object: value, index, ...this.since(from) }, value, index);
      } else if (token.text === '.' || token.text === '->') {
        this.take();
        if (this.token.kind !== 'name') this.missing('missing-name', 'the name of a member');
        const member = this.token.kind === 'name' ? this.take().text : '';
        value = this.node(
          { kind: 'member', object: value, member, arrow: token.text === '->', ...this.since(from) },
          value,
        );
      } else if (token.text === '++' || token.text === '--') {
        this.take();
        value = this.node(
          { kind: 'update', op: token.text, prefix: false, operand: value, ...this.since(from) },
          value,
        );
      } else if (token.text === '(') {
        if (value.kind !== 'name') {
          this.giveUp(
            'call-through-pointer',
            token,
            'Only a name can be called here. Write the name of the call before `(`.',
          );
          break;
        }
        value = this.#call(value.name, value);
      } else break;
    }
    return value;
  }

  #call(name: string, nameRange: Range): Expr {
    this.take();
    const args: Expr[] = [];
    while (!this.panic && !this.is(')') && !this.is(';') && this.token.kind !== 'end') {
      if (this.beginsStatement()) break;
      if (args.length > 0 && !this.accept(',')) {
        if (this.#beginsValue() && !this.token.fresh) this.missing('missing-comma', '`,`', ',');
        else break;
      }
      args.push(this.assignment());
    }
    this.expect(')', 'missing-paren');
    return this.node({ kind: 'call', name, nameRange, args, ...this.since(nameRange.from) }, ...args);
  }

  #primary(): Expr {
    const { token } = this;
    const range = { from: token.from, to: token.to };
    switch (token.kind) {
      case 'number':
        this.take();
        return { kind: 'number', ...this.#watch(() => readNumber(token.text, token, this.report)), ...range };
      case 'char': {
        this.take();
        const value = this.#watch(() => readChar(token.text, token, this.report));
        return { kind: 'number', value, type: INT, ...range };
      }
      case 'string':
        return this.#strings();
      case 'name':
        if (KEYWORDS.has(token.text) || beginsType(token.text)) break;
        this.take();
        return { kind: 'name', name: token.text, ...range };
      case 'punct':
        if (token.text === '(') {
          this.take();
          const value = this.expression();
          this.expect(')', 'missing-paren');
          return this.node({ ...value, ...this.since(token.from) }, value);
        }
        break;
    }
    this.missing('missing-value', 'a value');
    if (!(token.kind === 'punct' && [';', ')', ']', '}', ','].includes(token.text))) this.panic = true;
    return this.bad();
  }

  #strings(): Expr {
    const { from } = this.token;
    const parts: Uint8Array[] = [];
    while (this.token.kind === 'string') {
      const token = this.take();
      parts.push(this.#watch(() => readQuoted(token.text, token, this.report)));
    }
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return { kind: 'string', bytes, ...this.since(from) };
  }

  /** A literal's own mistake is a mistake of the statement too. */
  #watch<T>(read: () => T): T {
    const { errors, list } = this.report;
    const before = list.length;
    const value = read();
    if (this.report.errors > errors) this.fault ??= list[before] ?? null;
    return value;
  }

  /** A word at a line's start that no expression begins with. */
  protected beginsStatement(): boolean {
    const { fresh, kind, text } = this.token;
    return fresh && kind === 'name' && text !== 'sizeof' && (KEYWORDS.has(text) || beginsType(text));
  }

  /** `{ a, .member = b, [index] = c }`, or one value. */
  initializer(): Init {
    if (!this.is('{')) return this.assignment();
    return this.deeper<Init>(
      () => {
        const { from } = this.take();
        const items: InitItem[] = [];
        while (!this.panic && !this.is('}') && !this.is(';') && this.token.kind !== 'end') {
          items.push(this.#item());
          if (!this.accept(',')) break;
        }
        this.expect('}', 'missing-brace');
        return { kind: 'list', items, ...this.since(from) };
      },
      () => this.bad(),
    );
  }

  #item(): InitItem {
    const { from } = this.token;
    let member: string | null = null;
    let index: Expr | null = null;
    if (this.accept('.')) member = this.take().text;
    else if (this.accept('[')) {
      index = this.assignment();
      this.expect(']', 'missing-bracket');
    }
    if (member !== null || index) this.expect('=', 'missing-equals');
    const value = this.initializer();
    return { member, index, value, ...this.since(from) };
  }

  /** `unsigned long`, `char *`, `int [4]`, as a cast and sizeof have them. */
  typeName(): TypeName {
    const { from } = this.token;
    const base = specifiers(this, false);
    return { base, stars: this.stars(), dims: this.dims(), ...this.since(from) };
  }

  /** Counts `*`, passing the qualifiers between them. */
  stars(): number {
    let stars = 0;
    while (!this.panic && (this.is('*') || this.is('const') || this.is('volatile') || this.is('restrict'))) {
      if (this.take().text === '*') stars++;
    }
    return stars;
  }

  dims(): (Expr | null)[] {
    const dims: (Expr | null)[] = [];
    while (this.accept('[')) {
      dims.push(this.is(']') ? null : this.assignment());
      this.expect(']', 'missing-bracket');
    }
    return dims;
  }

  #typeAt(ahead: number): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && beginsType(token.text);
  }

  #beginsValue(): boolean {
    const { kind, text } = this.token;
    return (
      ['name', 'number', 'string', 'char'].includes(kind) || (kind === 'punct' && ['(', '&', '~', '!'].includes(text))
    );
  }

  bad(): Expr {
    return { kind: 'bad', from: this.token.from, to: this.token.from };
  }

  /** Keeps the height of the tree, so that no text can make a later stage run out of stack. */
  node(value: Expr, ...parts: readonly Expr[]): Expr {
    const height = 1 + parts.reduce((most, part) => Math.max(most, this.#heights.get(part) ?? 0), 0);
    if (height > MAX_HEIGHT) {
      const message = `This has more than ${MAX_HEIGHT} operators in one. Write it in several statements.`;
      this.giveUp('too-deep', this.token, message);
      return this.bad();
    }
    this.#heights.set(value, height);
    return value;
  }
}
