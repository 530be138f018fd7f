// What a formatter must know of a text that its tokens alone do not tell: where statements begin, and which operators
// have one operand.
import type { Declarator, Expr, Init, Item, Stmt, TypeName } from './ast';
import { beginsType } from './specifiers';
import type { Token } from './token';

/** Offsets in the text. */
export interface LayoutMarks {
  /** Levels of what begins a line: statements, `}` of blocks, `else`, `while` of `do`. */
  readonly levels: Map<number, number>;
  /** Closing braces of blocks. */
  readonly closers: Set<number>;
  /** Pieces that begin a line even if they do not yet. */
  readonly breaks: Set<number>;
  /** `-x`, `*p`, `++i`. */
  readonly prefix: Set<number>;
  /** `i++`. */
  readonly postfix: Set<number>;
  /** `)` of a cast or of the type of a compound literal. */
  readonly casts: Set<number>;
  /** `*` of a declaration. */
  readonly stars: Set<number>;
}

/** Walks the items of a text that has no mistakes. */
export function markLayout(source: string, tokens: readonly Token[], items: readonly Item[]): LayoutMarks {
  return new Marker(source, tokens).text(items);
}

class Marker {
  readonly marks: LayoutMarks = {
    levels: new Map(),
    closers: new Set(),
    breaks: new Set(),
    prefix: new Set(),
    postfix: new Set(),
    casts: new Set(),
    stars: new Set(),
  };

  constructor(
    readonly source: string,
    readonly tokens: readonly Token[],
  ) {}

  text(items: readonly Item[]): LayoutMarks {
    this.#siblings(items);
    for (const item of items) this.#item(item, 0);
    this.#stars();
    return this.marks;
  }

  /** A `*` behind a type, behind another one, or in a list of what is declared. */
  #stars(): void {
    const { prefix, stars } = this.marks;
    this.tokens.forEach((token, i) => {
      const before = this.tokens[i - 1];
      if (token.text !== '*' || token.kind !== 'punct' || prefix.has(token.from) || !before) return;
      const isType = before.kind === 'name' && (beginsType(before.text) || this.tokens[i - 2]?.text === 'struct');
      if (isType || stars.has(before.from) || before.text === ',') stars.add(token.from);
    });
  }

  #item(item: Item, level: number): void {
    if (item.kind !== 'function') return this.#statement(item, level);
    this.#starts(item.from, level);
    for (const { dims } of item.params) dims.forEach((dim) => this.#expression(dim));
    if (item.body) this.#statement(item.body, level);
  }

  #starts(offset: number, level: number): void {
    if (!this.marks.levels.has(offset)) this.marks.levels.set(offset, level);
  }

  #isOneLine(from: number, to: number): boolean {
    return !this.source.slice(from, to).includes('\n');
  }

  /** Statements that stand in one line get lines of their own, but behind a `case`. */
  #siblings(items: readonly Item[]): void {
    let afterCase = false;
    items.forEach((item, i) => {
      const before = items[i - 1];
      if (before) {
        const isSame = this.#isOneLine(before.to, item.from);
        if (!isSame) afterCase = false;
        afterCase ||= before.kind === 'case';
        if (isSame && !afterCase && item.from >= before.to) this.marks.breaks.add(item.from);
      }
    });
  }

  #block({ from, to, body }: Stmt & { kind: 'block' }, level: number): void {
    const close = to - 1;
    const isWritten = this.source[from] === '{' && this.source[close] === '}';
    if (isWritten) {
      this.#starts(close, level);
      this.marks.closers.add(close);
    }
    if (isWritten && !this.#isOneLine(from, to)) {
      this.#siblings(body);
      if (body[0]) this.marks.breaks.add(body[0].from);
      this.marks.breaks.add(close);
    }
    for (const one of body) this.#statement(one, one.kind === 'case' ? level : level + 1);
  }

  /** The statement that an `if` or a loop holds: a block stands where its head does. */
  #body(body: Stmt, level: number): void {
    this.#statement(body, body.kind === 'block' ? level : level + 1);
  }

  #word(text: string, from: number, to: number, level: number): void {
    const found = this.tokens.find((token) => token.from >= from && token.from < to && token.text === text);
    if (found) this.#starts(found.from, level);
  }

  #statement(stmt: Stmt, level: number): void {
    this.#starts(stmt.from, level);
    switch (stmt.kind) {
      case 'declare':
        for (const { declarator, init } of stmt.items) {
          this.#dims(declarator);
          this.#init(init);
        }
        return;
      case 'expression':
      case 'return':
      case 'case':
        return this.#expression(stmt.value);
      case 'block':
        return this.#block(stmt, level);
      case 'if':
        this.#expression(stmt.test);
        this.#body(stmt.yes, level);
        if (!stmt.no) return;
        this.#word('else', stmt.yes.to, stmt.no.from, level);
        return stmt.no.kind === 'if' ? this.#statement(stmt.no, level) : this.#body(stmt.no, level);
      case 'for':
        if (stmt.init) this.#statement(stmt.init, level + 1);
        this.#expression(stmt.test);
        this.#expression(stmt.next);
        return this.#body(stmt.body, level);
      case 'while':
        this.#expression(stmt.test);
        return this.#body(stmt.body, level);
      case 'do':
        this.#body(stmt.body, level);
        this.#word('while', stmt.body.to, stmt.test.from, level);
        return this.#expression(stmt.test);
      case 'switch':
        this.#expression(stmt.value);
        return this.#body(stmt.body, level);
    }
  }

  #dims({ dims }: Pick<Declarator | TypeName, 'dims'>): void {
    dims.forEach((dim) => this.#expression(dim));
  }

  #init(init: Init | null): void {
    if (!init) return;
    if (init.kind !== 'list') return this.#expression(init);
    for (const { index, value } of init.items) {
      this.#expression(index);
      this.#init(value);
    }
  }

  /** Where an expression begins that may stand in parentheses. */
  #inside(from: number): number {
    return from + /^(?:[(\s]|\/\*[^]*?\*\/|\/\/[^\n]*)*/.exec(this.source.slice(from))![0].length;
  }

  /** The `)` behind the name of a type. */
  #cast({ to }: TypeName): void {
    this.marks.casts.add(this.source.indexOf(')', to));
  }

  #expression(expr: Expr | null): void {
    if (!expr) return;
    switch (expr.kind) {
      case 'unary':
        this.marks.prefix.add(this.#inside(expr.from));
        return this.#expression(expr.operand);
      case 'update':
        if (expr.prefix) this.marks.prefix.add(this.#inside(expr.from));
        else this.marks.postfix.add(expr.from + this.source.slice(expr.from, expr.to).lastIndexOf(expr.op));
        return this.#expression(expr.operand);
      case 'binary':
      case 'logic':
      case 'assign':
      case 'comma':
        this.#expression(expr.left);
        return this.#expression(expr.right);
      case 'ternary':
        this.#expression(expr.test);
        this.#expression(expr.yes);
        return this.#expression(expr.no);
      case 'call':
        return expr.args.forEach((arg) => this.#expression(arg));
      case 'index':
        this.#expression(expr.object);
        return this.#expression(expr.index);
      case 'member':
        return this.#expression(expr.object);
      case 'cast':
        this.#cast(expr.type);
        return this.#expression(expr.operand);
      case 'literal':
        this.#cast(expr.type);
        return this.#init(expr.init);
      case 'sizeof':
        if ('kind' in expr.operand) this.#expression(expr.operand);
    }
  }
}
