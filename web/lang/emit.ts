import { same } from './arith';
import * as C from './code';
import type { Assertion, ConjunctText, FunctionCode, Instruction, Site } from './code';
import type { Lines, Range } from './diagnostic';
import type { Action, Checked, CheckedFunction, Fill, Slot, Target, Typed } from './tree';
import { kindOf } from './types';

interface Emitted {
  readonly code: readonly Instruction[];
  readonly functions: readonly FunctionCode[];
  readonly sites: readonly Site[];
  readonly asserts: readonly Assertion[];
}

/** Writes the instructions of a checked text. Code starts at 0. */
export function emit(checked: Checked, source: string, lines: Lines): Emitted {
  return new Emitter(source, lines).program(checked);
}

/** Where `break` and `continue` of the statement at hand go: jumps to be completed. */
interface Exits {
  readonly breaks: number[];
  readonly continues: number[] | null;
}

class Emitter {
  readonly #code: Instruction[] = [];
  readonly #sites: Site[] = [];
  readonly #asserts: Assertion[] = [];
  #exits: Exits[] = [];
  #labels = new Map<number, number>();
  #loop = { id: 0, counter: 0 };

  constructor(
    readonly source: string,
    readonly lines: Lines,
  ) {}

  program({ functions, prologue, argv }: Checked): Emitted {
    this.#actions(prologue);
    const [main] = functions;
    if (argv) {
      const at = { frame: false, offset: argv.array };
      this.#push({ op: C.PUSH, value: C.OWN_BASE + BigInt(argv.name) });
      this.#push({ op: C.WRITE_SLOT, kind: 'u64', ...at }, { op: C.POP });
    }
    const args = [1, argv ? C.OWN_BASE + BigInt(argv.array) : 0];
    for (let i = 0; i < main!.params.length; i++) this.#push({ op: C.PUSH, value: args[i] ?? 0 });
    this.#push({ op: C.CALL, index: 0, site: this.#site(main!.range) }, { op: C.END });
    const codes = functions.map((one) => this.#function(one));
    return { code: this.#code, functions: codes, sites: this.#sites, asserts: this.#asserts };
  }

  #function({ name, body, frame, params, range }: CheckedFunction): FunctionCode {
    const entry = this.#code.length;
    this.#loop = { id: 0, counter: 0 };
    this.#actions(body);
    const end = { from: Math.max(range.from, range.to - 1), to: range.to };
    this.#push({ op: C.PUSH, value: 0 }, { op: C.RETURN, site: this.#site(end) });
    return {
      name,
      entry,
      frame,
      params: params.map(({ slot, type }) => ({ offset: slot.offset, kind: kindOf(type) })),
    };
  }

  #push(...instructions: Instruction[]): number {
    this.#code.push(...instructions);
    return this.#code.length - 1;
  }

  #site(range: Range): number {
    const place = this.lines.place(range);
    return this.#sites.push({ ...place, loop: this.#loop.id, counter: this.#loop.counter }) - 1;
  }

  /** A jump whose goal is known later: see #land(). */
  #jump(op: typeof C.JUMP | typeof C.JUMP_IF | typeof C.JUMP_UNLESS): number {
    return this.#push({ op, to: -1 });
  }

  /** Makes jumps lead to the next instruction, or to `to`. */
  #land(jumps: readonly number[], to = this.#code.length): void {
    for (const at of jumps) {
      const jump = this.#code[at]!;
      if (jump.op === C.JUMP || jump.op === C.JUMP_IF || jump.op === C.JUMP_UNLESS)
        this.#code[at] = { op: jump.op, to };
    }
  }

  #actions(actions: readonly Action[]): void {
    for (const action of actions) this.#action(action);
  }

  #action(action: Action): void {
    switch (action.kind) {
      case 'value':
        this.#value(action.value);
        this.#push({ op: C.POP });
        break;
      case 'fill':
        this.#fill(action.fill);
        break;
      case 'block':
        this.#actions(action.body);
        break;
      case 'if': {
        this.#condition(action.test);
        const no = this.#jump(C.JUMP_UNLESS);
        this.#action(action.yes);
        if (action.no) {
          const end = this.#jump(C.JUMP);
          this.#land([no]);
          this.#action(action.no);
          this.#land([end]);
        } else this.#land([no]);
        break;
      }
      case 'loop':
        this.#emitLoop(action);
        break;
      case 'switch':
        this.#emitSwitch(action);
        break;
      case 'label':
        this.#labels.set(action.id, this.#code.length);
        break;
      case 'break':
        this.#exits.at(-1)!.breaks.push(this.#jump(C.JUMP));
        break;
      case 'continue':
        this.#exits.findLast(({ continues }) => continues)!.continues!.push(this.#jump(C.JUMP));
        break;
      case 'return':
        if (action.value) this.#value(action.value);
        else this.#push({ op: C.PUSH, value: 0 });
        this.#push({ op: C.RETURN, site: this.#site(action) });
        break;
      case 'stop':
        this.#push({ op: C.STOP, error: action.error });
    }
  }

  #condition(test: Typed): void {
    this.#value(test);
    if (test.loaded) this.#push({ op: C.LOADED, site: this.#site(test) });
  }

  #emitLoop(action: Action & { kind: 'loop' }): void {
    if (action.init) this.#action(action.init);
    const outer = this.#loop;
    this.#loop = { id: action.from + 1, counter: action.counter };
    const { counter } = action;
    const site = this.#site(action);
    this.#push({ op: C.COUNT, offset: counter, reset: true, site });
    const exits: Exits = { breaks: [], continues: [] };
    this.#exits.push(exits);
    const top = this.#push({ op: C.COUNT, offset: counter, reset: false, site });
    if (action.test && !action.doWhile) {
      this.#condition(action.test);
      exits.breaks.push(this.#jump(C.JUMP_UNLESS));
    }
    this.#action(action.body);
    this.#land(exits.continues!);
    if (action.next) {
      this.#value(action.next);
      this.#push({ op: C.POP });
    }
    if (action.test && action.doWhile) {
      this.#condition(action.test);
      this.#land([this.#jump(C.JUMP_IF)], top);
    } else this.#land([this.#jump(C.JUMP)], top);
    this.#exits.pop();
    this.#land(exits.breaks);
    this.#loop = outer;
  }

  #emitSwitch(action: Action & { kind: 'switch' }): void {
    this.#condition(action.value);
    const at = this.#push({ op: C.SWITCH, targets: new Map(), otherwise: -1 });
    const exits: Exits = { breaks: [], continues: null };
    this.#exits.push(exits);
    this.#actions(action.body);
    this.#exits.pop();
    this.#land(exits.breaks);
    const end = this.#code.length;
    const target = (label: number): number => this.#labels.get(label) ?? end; // a case in a broken statement: none
    const targets = new Map(
      action.cases.flatMap(({ value, label }) => (value === null ? [] : [[value, target(label)]])),
    );
    const other = action.cases.find(({ value }) => value === null);
    this.#code[at] = { op: C.SWITCH, targets, otherwise: other ? target(other.label) : end };
  }

  #fill({ slot, zero, bytes, stores }: Fill): void {
    const at = place(slot);
    if (zero > 0) this.#push({ op: C.FILL, size: zero, bytes, ...at });
    for (const { offset, kind, value } of stores) {
      this.#value(value);
      this.#push({ op: C.WRITE_SLOT, kind, ...at, offset: at.offset + offset }, { op: C.POP });
    }
  }

  /** Leaves the address of a target on the stack. */
  #address(target: Target): void {
    if (target.kind === 'slot') this.#push({ op: C.SLOT_ADDRESS, ...place(target.slot) });
    else this.#value(target.address);
  }

  /** Leaves exactly one value on the stack, for void too. */
  #value(e: Typed): void {
    switch (e.kind) {
      case 'constant':
        this.#push({ op: C.PUSH, value: e.value });
        break;
      case 'data':
        this.#push({ op: C.PUSH, value: C.OWN_BASE + BigInt(e.offset) });
        break;
      case 'read': {
        const kind = kindOf(e.target.type);
        if (e.target.kind === 'slot') this.#push({ op: C.READ_SLOT, kind, ...place(e.target.slot) });
        else {
          this.#value(e.target.address);
          this.#push({ op: C.READ, kind, site: this.#site(e) });
        }
        break;
      }
      case 'address':
        if (e.fill) this.#fill(e.fill);
        this.#address(e.of);
        break;
      case 'apply':
        this.#value(e.operand);
        if (e.f !== same) this.#push({ op: C.APPLY, f: e.f });
        break;
      case 'binary':
        this.#value(e.left);
        if (e.right.kind === 'constant' && !e.traps) {
          this.#push({ op: C.BINARY_RIGHT, f: e.f, right: e.right.value });
          break;
        }
        this.#value(e.right);
        if (e.traps) this.#push({ op: C.DIVIDE, f: e.f, ...e.traps, site: this.#site(e) });
        else this.#push({ op: C.BINARY, f: e.f });
        break;
      case 'logic':
        this.#logic(e);
        break;
      case 'ternary': {
        this.#condition(e.test);
        const no = this.#jump(C.JUMP_UNLESS);
        this.#value(e.yes);
        const end = this.#jump(C.JUMP);
        this.#land([no]);
        this.#value(e.no);
        this.#land([end]);
        break;
      }
      case 'sequence':
        this.#value(e.first);
        this.#push({ op: C.POP });
        this.#value(e.then);
        break;
      case 'assign': {
        const kind = kindOf(e.target.type);
        if (e.target.kind === 'slot') {
          this.#value(e.value);
          this.#push({ op: C.WRITE_SLOT, kind, ...place(e.target.slot) });
        } else {
          this.#address(e.target);
          this.#value(e.value);
          this.#push({ op: C.WRITE, kind, site: this.#site(e) });
        }
        break;
      }
      case 'copy':
        this.#address(e.target);
        this.#address(e.source);
        this.#push({ op: C.COPY, size: e.size, site: this.#site(e) });
        break;
      case 'update': {
        const { target, widen, f, narrow, traps } = e;
        const change = { kind: kindOf(target.type), widen, f, narrow, traps, givesOld: e.gives === 'old' };
        if (target.kind === 'memory') this.#address(target);
        this.#value(e.operand);
        const site = this.#site(e);
        if (target.kind === 'memory') this.#push({ op: C.UPDATE, ...change, site });
        else this.#push({ op: C.UPDATE_SLOT, ...change, site, ...place(target.slot) });
        break;
      }
      case 'call':
        for (const arg of e.args) this.#value(arg);
        this.#push({ op: C.CALL, index: e.index, site: this.#site(e) });
        break;
      case 'builtin':
        for (const arg of e.args) this.#value(arg);
        this.#push({ op: C.BUILTIN, builtin: e.builtin, argc: e.args.length, site: this.#site(e) });
        break;
      case 'assert':
        this.#assert(e);
        break;
      case 'named':
        this.#value(e.value);
        this.#push({ op: C.NAMED, name: e.name });
    }
  }

  #logic(e: Typed & { kind: 'logic' }): void {
    const stop = e.operator === '&&' ? C.JUMP_UNLESS : C.JUMP_IF;
    const [all, found] = e.operator === '&&' ? [1, 0] : [0, 1];
    this.#condition(e.left);
    const first = this.#jump(stop);
    this.#condition(e.right);
    const second = this.#jump(stop);
    this.#push({ op: C.PUSH, value: all });
    const end = this.#jump(C.JUMP);
    this.#land([first, second]);
    this.#push({ op: C.PUSH, value: found });
    this.#land([end]);
  }

  #assert(e: Typed & { kind: 'assert' }): void {
    const text = ({ from, to }: Range): string => this.source.slice(from, to).replace(/\s+/g, ' ');
    const conjuncts = e.conjuncts.map(({ range, comparison }): ConjunctText => {
      const sides = comparison && {
        operator: comparison.operator,
        left: text(comparison.left),
        right: text(comparison.right),
      };
      return { text: text(range), comparison: sides, test: comparison?.test ?? null };
    });
    const assertion = this.#asserts.push({ place: this.lines.place(e), conjuncts }) - 1;
    e.conjuncts.forEach(({ comparison, value }, conjunct) => {
      if (comparison) {
        this.#value(comparison.left);
        this.#value(comparison.right);
      } else this.#value(value);
      this.#push({ op: C.ASSERT, assertion, conjunct });
      if (value.loaded) this.#push({ op: C.LOADED, site: this.#site(value) });
    });
    this.#push({ op: C.ASSERTED, assertion });
  }
}

const place = ({ scope, offset }: Slot): { frame: boolean; offset: number } => ({ frame: scope === 'frame', offset });
