import type { Declared, Expr, FunctionText, Init, Item, Stmt } from './ast';
import { CallChecker, type Signature } from './check-call';
import { BUILTINS } from './builtins';
import type { Value } from './arith';
import { convert } from './arith';
import type { Diagnostic, Range, Report } from './diagnostic';
import type { Action, Case, Checked, CheckedFunction, Typed, Variable } from './tree';
import * as T from './types';
import type { CType } from './types';

/** Looks up every name and gives every expression its types. A statement with a mistake becomes a 'stop'. */
export function check(items: readonly Item[], report: Report): Checked {
  return new Checker(report).program(items);
}

interface Switch {
  readonly type: T.IntType;
  readonly cases: Case[];
}

class Checker extends CallChecker {
  #result: CType = T.INT;
  /** Loops and switches around the statement at hand. */
  #breakable = 0;
  #loops = 0;
  #switches: Switch[] = [];
  #labels = 0;

  program(items: readonly Item[]): Checked {
    for (const item of items) this.#noteUnread(item);
    const texts = items.filter((item) => item.kind === 'function');
    for (const text of texts) this.#declareFunction(text);
    const main = this.functions.get('main');
    const own = main?.text.body ? main : null;
    const prologue: Action[] = [];
    const functions: CheckedFunction[] = [];
    const statements = items.filter((item) => item.kind !== 'function');
    if (own) {
      for (const item of items) {
        if (item.kind === 'bad') continue; // said; whoever needs what it declares stops there
        if (item.kind !== 'function') prologue.push(this.#global(item));
        else if (item.body) functions[this.functions.get(item.name)!.index] = this.#function(item);
      }
    } else functions[0] = this.#topLevel(statements, items, functions);
    for (const { index, text } of this.functions.values()) functions[index] ??= this.#missing(text);
    const argv = functions[0]!.params.length > 1 ? this.#argv() : null;
    return { functions, data: this.statics.image(), prologue, argv };
  }

  /** The short form: the top level is the body of main, its variables are global. */
  #topLevel(statements: readonly Stmt[], items: readonly Item[], functions: CheckedFunction[]): CheckedFunction {
    const body: Action[] = [];
    const last = items.at(-1);
    const range = { from: items[0]?.from ?? 0, to: last?.to ?? 0 };
    const frame = { size: 0 };
    for (const item of items) {
      if (item.kind === 'function') {
        if (item.body) functions[this.functions.get(item.name)!.index] = this.#function(item);
      } else if (item.kind === 'declare') body.push(this.#statement(item));
      else {
        this.frame = frame; // loops count in it, blocks have their variables in it
        body.push(this.#statement(item));
        this.frame = null;
      }
    }
    const end = statements.at(-1) ?? range;
    return { name: 'main', range: { from: end.from, to: end.to }, result: T.INT, params: [], body, frame: frame.size };
  }

  /** argv of main: { "scenario", NULL }, as constant data. */
  #argv(): { readonly array: number; readonly name: number } {
    return { array: this.statics.reserve(16), name: this.statics.text(new TextEncoder().encode('scenario')) };
  }

  /** A function that is declared and called, and written nowhere. */
  #missing(text: FunctionText): CheckedFunction {
    const message = `\`${text.name}\` is declared and nowhere written. Write its body: \`{ ... }\`.`;
    const error = this.report.error('missing-body', text.nameRange, message);
    const stop: Action = { kind: 'stop', error, from: text.from, to: text.to };
    return { name: text.name, range: text, result: T.VOID, params: [], body: [stop], frame: 0 };
  }

  #noteUnread(item: Item | null): void {
    if (!item) return;
    switch (item.kind) {
      case 'bad':
        this.unread.push(item);
        break;
      case 'function':
        this.#noteUnread(item.body);
        break;
      case 'block':
        for (const one of item.body) this.#noteUnread(one);
        break;
      case 'if':
        this.#noteUnread(item.yes);
        this.#noteUnread(item.no);
        break;
      case 'for':
      case 'while':
      case 'do':
      case 'switch':
        this.#noteUnread(item.body);
    }
  }

  #declareFunction(text: FunctionText): void {
    const known = this.functions.get(text.name);
    if (BUILTINS.has(text.name)) {
      this.error('name-taken', text.nameRange, `\`${text.name}\` is a call already. Write another name.`);
    } else if (known?.text.body && text.body) {
      const { line } = this.report.lines.place(known.text.nameRange);
      const message = `\`${text.name}\` is written already, in line ${line}. Write another name.`;
      this.error('name-taken', text.nameRange, message);
      return;
    }
    let result = text.base;
    for (let i = 0; i < text.stars; i++) result = T.pointerTo(result);
    if (result.kind === 'struct')
      this.#noStruct(text, 'A function cannot give a struct here. Write `void` and a pointer argument.');
    const params = text.params.map(({ base, stars, dims, ...range }): CType => {
      let type = base;
      for (let i = 0; i < stars + dims.length; i++) type = T.pointerTo(type);
      if (type.kind === 'struct')
        this.#noStruct(range, 'An argument cannot be a struct here. Write `struct rlimit *`.');
      if (type.kind === 'void') this.#noStruct(range, 'An argument cannot be `void`. Write `void *`.');
      return type;
    });
    // Index 0 is main, also before it is met.
    const index =
      known?.index ?? (text.name === 'main' ? 0 : this.functions.size + (this.functions.has('main') ? 0 : 1));
    this.functions.set(text.name, { index, text: known?.text.body ? known.text : text, result, params });
  }

  #noStruct(range: Range, message: string): void {
    this.error('wrong-type', range, message);
  }

  #function(text: FunctionText): CheckedFunction {
    const signature: Signature = this.functions.get(text.name)!;
    this.frame = { size: 0 };
    this.#result = signature.result;
    const scope = new Map<string, Variable>();
    this.scopes.push(scope);
    const params = text.params.map((param, i): Variable => {
      const type = signature.params[i]!;
      const slot = this.allocate(T.sizeOf(type), param) ?? { scope: 'frame', offset: 0 };
      const variable = { name: param.name, type, slot, loaded: false };
      if (param.name === '') this.error('missing-name', param, 'This argument has no name. Write one after its type.');
      else scope.set(param.name, variable);
      return variable;
    });
    const body = (text.body?.body ?? []).map((one) => this.#statement(one));
    this.scopes.pop();
    const { size } = this.frame;
    this.frame = null;
    return { name: text.name, range: text, result: signature.result, params, body, frame: size };
  }

  /** With a main(), only declarations with constants stand at the top level. */
  #global(item: Stmt): Action {
    if (item.kind === 'declare') {
      const action = this.#statement(item);
      const fills = action.kind === 'block' ? action.body : [action];
      for (const one of fills) {
        const varying = one.kind === 'fill' && one.fill.stores.find(({ value }) => !isConstant(value));
        if (!varying) continue;
        const message = 'A variable outside of main() starts with a constant. Write this inside main().';
        return {
          kind: 'stop',
          error: this.report.error('not-constant', varying.value, message),
          from: item.from,
          to: item.to,
        };
      }
      return action;
    }
    if (item.kind === 'empty') return this.#statement(item);
    const message = 'This statement stands outside of main(). Write it inside main().';
    return { kind: 'stop', error: this.report.error('outside-main', item, message), from: item.from, to: item.to };
  }

  #statement(s: Stmt): Action {
    const outer = this.fault;
    this.fault = null;
    const { scopes } = this;
    const depth = scopes.length;
    const action = this.#check(s);
    scopes.length = depth;
    const error: Diagnostic | null = this.fault;
    this.fault = outer;
    return error
      ? { kind: 'stop', error, from: s.from, to: s.to }
      : (action ?? { kind: 'block', body: [], from: s.from, to: s.to });
  }

  #check(s: Stmt): Action | null {
    const place = { from: s.from, to: s.to };
    switch (s.kind) {
      case 'declare':
        return this.#declare(s.base, s.items, place);
      case 'expression': {
        const value = this.value(s.value);
        return value && { kind: 'value', value, ...place };
      }
      case 'block': {
        this.scopes.push(new Map());
        return { kind: 'block', body: s.body.map((one) => this.#statement(one)), ...place };
      }
      case 'if': {
        const test = this.#test(s.test);
        const yes = this.#statement(s.yes);
        const no = s.no && this.#statement(s.no);
        return test && { kind: 'if', test, yes, no, ...place };
      }
      case 'for':
      case 'while':
      case 'do':
        return this.#loop(s, place);
      case 'switch':
        return this.#switch(s, place);
      case 'case':
        return this.#case(s, place);
      case 'break':
        if (this.#breakable === 0) this.error('misplaced', s, '`break` stands in no loop and no `switch`. Remove it.');
        return { kind: 'break', ...place };
      case 'continue':
        if (this.#loops === 0) this.error('misplaced', s, '`continue` stands in no loop. Remove it.');
        return { kind: 'continue', ...place };
      case 'return':
        return this.#return(s.value, place);
      case 'empty':
        return null;
      case 'bad':
        this.#silently(s.inner);
        this.fault = s.error;
        return null;
    }
  }

  /** Declares what a broken statement declares, so that the next ones are not blamed for it. */
  #silently(inner: Stmt | null): void {
    if (inner?.kind !== 'declare') return;
    for (const { declarator } of inner.items) {
      let type = inner.base;
      for (let i = 0; i < declarator.stars; i++) type = T.pointerTo(type);
      for (const _ of declarator.dims) type = T.arrayOf(type, 1); // of some length: nothing of it runs
      const slot = this.allocate(8, declarator);
      if (slot && type.kind !== 'void')
        this.scopes.at(-1)!.set(declarator.name, { name: declarator.name, type, slot, loaded: false });
    }
  }

  #declare(base: CType, items: readonly Declared[], place: Range): Action {
    const body = items.map((item) => this.#variable(base, item)).filter((one) => one !== null);
    return { kind: 'block', body, ...place };
  }

  #variable(base: CType, { declarator, init }: Declared): Action | null {
    const { name, stars, dims } = declarator;
    const scope = this.scopes.at(-1)!;
    const known = scope.get(name);
    if (known || (this.scopes.length === 1 && this.functions.has(name))) {
      this.error(
        'name-taken',
        declarator,
        `\`${name}\` is declared already in this block. Write another name, or remove the type.`,
      );
      return null;
    }
    const type = this.typeOf(base, stars, dims, declarator, init) ?? T.INT;
    const slot = this.allocate(T.sizeOf(type), declarator);
    if (!slot) return null;
    const variable: Variable = { name, type, slot, loaded: false };
    scope.set(name, variable); // before its initialiser, as in C: sizeof *p
    return this.#initialised(variable, init, declarator);
  }

  #initialised(variable: Variable, init: Init | null, range: Range): Action | null {
    const { type, slot, name } = variable;
    const place = { from: range.from, to: init?.to ?? range.to };
    if (!init) return { kind: 'fill', fill: { slot, zero: T.sizeOf(type), bytes: null, stores: [] }, ...place };
    const isPlace = ['name', 'index', 'member', 'unary', 'literal'].includes(init.kind);
    if (type.kind === 'struct' && init.kind !== 'list' && isPlace) {
      const target = { kind: 'slot', slot, variable, type } as const;
      const source = init.kind === 'literal' ? this.literal(init)?.target : this.target(init);
      if (!source) return null;
      if (!T.sameType(source.type, type)) {
        this.error(
          'wrong-type',
          init,
          `\`${this.textOf(init)}\` is \`${T.spell(source.type)}\`. Write a \`${T.spell(type)}\`.`,
        );
      }
      const value: Typed = { kind: 'copy', target, source, size: type.size, type: T.VOID, loaded: false, ...place };
      return { kind: 'value', value, ...place };
    }
    const fill = this.fill(type, slot, init, `\`${name}\``);
    if (!fill) return null;
    if (type.kind === 'array' || type.kind === 'struct') return { kind: 'fill', fill, ...place };
    const [only] = fill.stores;
    if (!only) return null;
    variable.loaded = only.value.loaded;
    const stores = [{ ...only, value: this.named(name, only.value) }];
    return { kind: 'fill', fill: { ...fill, stores }, ...place };
  }

  #test(e: Expr): Typed | null {
    return this.condition(this.value(e));
  }

  #loop(s: Stmt & { kind: 'for' | 'while' | 'do' }, place: Range): Action | null {
    this.scopes.push(new Map());
    const counter = this.allocate(4, s);
    const init = s.kind === 'for' && s.init ? this.#check(s.init) : null; // its mistakes are the loop's
    const test = s.kind === 'for' && !s.test ? null : this.#test(s.test!);
    const next = s.kind === 'for' && s.next ? this.value(s.next) : null;
    this.#breakable++;
    this.#loops++;
    const body = this.#statement(s.body);
    this.#breakable--;
    this.#loops--;
    if (!counter) return null;
    return { kind: 'loop', init, test, next, body, doWhile: s.kind === 'do', counter: counter.offset, ...place };
  }

  #switch(s: Stmt & { kind: 'switch' }, place: Range): Action | null {
    const given = this.#test(s.value);
    if (given && given.type.kind !== 'int') {
      this.error('wrong-type', s.value, `\`${this.textOf(s.value)}\` is not a number. Write \`(long)\` before it.`);
    }
    const type = given?.type.kind === 'int' ? T.promote(given.type) : T.INT;
    const mine: Switch = { type, cases: [] };
    this.#switches.push(mine);
    this.#breakable++;
    this.scopes.push(new Map());
    const body = (s.body.kind === 'block' ? s.body.body : [s.body]).map((one) => this.#statement(one));
    this.#breakable--;
    this.#switches.pop();
    return given && { kind: 'switch', value: this.convert(given, type), body, cases: mine.cases, ...place };
  }

  #case(s: Stmt & { kind: 'case' }, place: Range): Action | null {
    const inside = this.#switches.at(-1);
    if (!inside) {
      this.error('misplaced', s, `\`${s.value ? 'case' : 'default'}\` stands in no \`switch\`. Remove it.`);
      return null;
    }
    let value: Value | null = null;
    if (s.value) {
      const constant = this.constantValue(s.value, 'A case');
      if (constant === null) return null;
      value = convert(constant, inside.type.as);
    }
    if (inside.cases.some((one) => one.value === value)) {
      const what = value === null ? '`default`' : `The case \`${this.textOf(s.value!)}\``;
      this.error('duplicate-case', s, `${what} is there already. Remove one of the two.`);
    }
    const id = this.#labels++;
    inside.cases.push({ value, label: id });
    return { kind: 'label', id, ...place };
  }

  #return(e: Expr | null, place: Range): Action | null {
    if (!e) {
      if (this.#result.kind !== 'void' && this.frame) {
        this.report.warning(
          'return',
          place,
          `This function gives \`${T.spell(this.#result)}\`. Write a value after \`return\`.`,
        );
      }
      return { kind: 'return', value: null, ...place };
    }
    const value = this.value(e);
    if (!value) return null;
    if (this.#result.kind === 'void') {
      this.error('return', e, 'This function gives no value. Write `return;`.');
      return null;
    }
    const fitting = this.assignable(value, this.#result, 'the result');
    return fitting && { kind: 'return', value: fitting, ...place };
  }
}

const isConstant = (value: Typed): boolean =>
  value.kind === 'constant' ||
  value.kind === 'data' ||
  (value.kind === 'address' && value.of.kind === 'slot' && !value.fill) ||
  (value.kind === 'apply' && isConstant(value.operand)) ||
  (value.kind === 'binary' && isConstant(value.left) && isConstant(value.right));
