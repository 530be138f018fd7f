import { convert, converter, same, type Binary, type BinaryOperator, binary, traps, type Value } from './arith';
import type { Diagnostic, Edit, Range, Report } from './diagnostic';
import type { Slot, Target, Typed, Variable } from './tree';
import { holds, kindOf, spell, type CType, type Kind } from './types';

/** Where errno stands in a process's own memory; 0 to 7 stay empty, so that no variable is at the first address. */
export const ERRNO_OFFSET = 8;
/** Where strerror() puts its text. */
export const STRERROR_OFFSET = 16;
const STATICS_START = 80;

/** Bytes that the variables and texts of a scenario may have together at the top level, and in one function. */
export const MAX_VARIABLES = 1 << 20;

/** Memory that is there from the start of a program: texts and globals. */
export class Statics {
  #size = STATICS_START;
  readonly #texts = new Map<string, number>();
  readonly #pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  get size(): number {
    return this.#size;
  }

  reserve(size: number): number {
    const at = (this.#size + 7) & ~7;
    this.#size = at + size;
    return at;
  }

  /** Gives the offset of a text with a 0 after it; equal texts are kept once. */
  text(bytes: Uint8Array): number {
    const key = bytes.join();
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const at = this.reserve(bytes.length + 1);
    this.#texts.set(key, at);
    this.#pieces.push({ at, bytes });
    return at;
  }

  image(): Uint8Array {
    const image = new Uint8Array(this.#size);
    for (const { at, bytes } of this.#pieces) image.set(bytes, at);
    return image;
  }
}

/** What the stages of the checker share: names, memory of variables, and the mistakes of the statement at hand. */
export class CheckBase {
  protected readonly statics = new Statics();
  protected readonly scopes: Map<string, Variable>[] = [new Map()];
  /** Bytes of the frame of the function at hand; null at the top level, where variables are global. */
  protected frame: { size: number } | null = null;
  protected fault: Diagnostic | null = null;

  constructor(readonly report: Report) {}

  /** Reports a mistake; the statement that has it will not run. */
  protected error(code: string, range: Range, message: string, fix?: Edit): null {
    const diagnostic = this.report.error(code, range, message, fix);
    this.fault ??= diagnostic;
    return null;
  }

  protected textOf({ from, to }: Range): string {
    const text = this.report.source.slice(from, to).replace(/\s+/g, ' ');
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }

  protected find(name: string): Variable | null {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]!.get(name);
      if (found) return found;
    }
    return null;
  }

  /** Finds room for a value; null if the scenario's variables have become too large. */
  protected allocate(size: number, range: Range): Slot | null {
    const used = this.frame ? this.frame.size : this.statics.size;
    if (used + size > MAX_VARIABLES) {
      const limit = MAX_VARIABLES / 1024 / 1024;
      return this.error(
        'too-large',
        range,
        `Variables may have ${limit} MiB together. Write \`malloc\` or \`mmap\` for memory.`,
      );
    }
    if (!this.frame) return { scope: 'global', offset: this.statics.reserve(size) };
    const offset = this.frame.size;
    this.frame.size += (size + 7) & ~7;
    return { scope: 'frame', offset };
  }

  protected constant(value: Value, type: CType, range: Range): Typed {
    return {
      kind: 'constant',
      value: convert(value, kindOf(type)),
      type,
      loaded: false,
      from: range.from,
      to: range.to,
    };
  }

  /** Writes an operation on one value down, or its result where that is known. */
  protected apply(f: (value: Value) => Value, operand: Typed, type: CType, range: Range = operand): Typed {
    const place = { from: range.from, to: range.to };
    if (operand.kind === 'constant') return { ...operand, ...place, value: f(operand.value), type };
    return { kind: 'apply', f, operand, type, loaded: operand.loaded, ...place };
  }

  /** Brings a scalar to a type of another machine kind, or the same kind under another name. */
  protected convert(value: Typed, type: CType): Typed {
    if (type.kind === 'void') return { ...value, type };
    const to = kindOf(type);
    const from = kindOf(value.type);
    if (value.type.kind !== 'void' && from === to) return { ...value, type };
    return this.apply(holds(to, from) ? same : converter(to), value, type);
  }

  protected binary(operator: BinaryOperator, kind: Kind, left: Typed, right: Typed, type: CType, range: Range): Typed {
    const f: Binary = binary(operator, kind);
    const place = { from: range.from, to: range.to };
    if (left.kind === 'constant' && right.kind === 'constant' && !traps(operator, kind, left.value, right.value)) {
      return { kind: 'constant', value: f(left.value, right.value), type, loaded: false, ...place };
    }
    const isSafe = right.kind === 'constant' && Number(right.value) !== 0 && Number(right.value) !== -1;
    const trap = (operator === '/' || operator === '%') && !isSafe ? { operator, kind } : null;
    return { kind: 'binary', f, traps: trap, left, right, type, loaded: left.loaded || right.loaded, ...place };
  }

  /** The value of a target; arrays become the address of their first element. */
  protected read(target: Target, range: Range): Typed {
    const place = { from: range.from, to: range.to };
    if (target.type.kind === 'array') {
      return {
        kind: 'address',
        of: target,
        fill: null,
        type: { kind: 'pointer', to: target.type.of },
        loaded: false,
        ...place,
      };
    }
    const loaded = target.kind === 'slot' ? (target.variable?.loaded ?? false) : !isOwnAddress(target.address);
    return { kind: 'read', target, type: target.type, loaded, ...place };
  }

  /**
   * Converts as an assignment does (C11 6.5.16.1). `what` names the receiving side for messages.
   * An address that becomes a number, or a number an address, is said but allowed, as C compilers do.
   */
  protected assignable(value: Typed, type: CType, what: string): Typed | null {
    if (value.type.kind === 'void') {
      return this.error('no-value', value, `\`${this.textOf(value)}\` gives no value. Write one for ${what}.`);
    }
    if (type.kind === 'struct' || value.type.kind === 'struct') {
      const [given, wanted] = [spell(value.type), spell(type)];
      return this.error(
        'wrong-type',
        value,
        `\`${this.textOf(value)}\` is \`${given}\`. Write \`${wanted}\` for ${what}.`,
      );
    }
    const zero = value.kind === 'constant' && !value.value;
    if ((type.kind === 'pointer') !== (value.type.kind === 'pointer') && !zero && !isBool(type)) {
      const message = `\`${this.textOf(value)}\` is \`${spell(value.type)}\`, and ${what} is \`${spell(type)}\`. Write \`(${spell(type)})\` before it.`;
      this.report.warning('needs-cast', value, message);
    }
    return this.convert(value, type);
  }

  /** A value that an `if` can ask. */
  protected condition(value: Typed | null): Typed | null {
    if (!value) return null;
    if (value.type.kind === 'void' || value.type.kind === 'struct') {
      const message = `\`${this.textOf(value)}\` is \`${spell(value.type)}\`. Write a number or an address.`;
      return this.error('wrong-type', value, message);
    }
    return value;
  }
}

const isBool = (type: CType): boolean => type.kind === 'int' && type.as === 'bool';

/** True for addresses that can only be of the scenario's own variables. */
export function isOwnAddress(value: Typed): boolean {
  switch (value.kind) {
    case 'address':
      return value.of.kind === 'slot' || isOwnAddress(value.of.address);
    case 'data':
      return true;
    case 'binary':
      return isOwnAddress(value.left) || isOwnAddress(value.right);
    case 'apply':
      return isOwnAddress(value.operand);
    default:
      return false;
  }
}
