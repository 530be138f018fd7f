// What a program is for the interpreter: a list of instructions for a machine with a stack of values. All state of a
// running process is in that machine, so fork() is a copy of it and a budget is a counter.
import type { Binary, Value } from './arith';
import type { Builtin } from './builtins';
import type { Item } from './ast';
import type { Diagnostic, Place } from './diagnostic';
import type { Boot } from './pragma';
import type { Kind } from './types';

export const PUSH = 0;
export const POP = 1;
export const READ_SLOT = 2;
export const WRITE_SLOT = 3;
export const SLOT_ADDRESS = 4;
export const READ = 5;
export const WRITE = 6;
export const APPLY = 7;
export const BINARY = 8;
export const DIVIDE = 9;
export const UPDATE = 10;
export const JUMP = 11;
export const JUMP_IF = 12;
export const JUMP_UNLESS = 13;
export const CALL = 14;
export const RETURN = 15;
export const BUILTIN = 16;
export const COPY = 17;
export const FILL = 18;
export const COUNT = 19;
export const ASSERT = 20;
export const ASSERTED = 21;
export const NAMED = 22;
export const LOADED = 23;
export const STOP = 24;
export const END = 25;
export const SWITCH = 26;
export const UPDATE_SLOT = 27;
export const BINARY_RIGHT = 28;

/** Own memory begins here: an address that no system call accepts and no simulated page has. */
export const OWN_BASE = 0x0100_0000_0000_0000n;

/** A slot: `frame` is added to the frame of the function at hand. */
interface At {
  readonly frame: boolean;
  readonly offset: number;
}

/** How `x op= y` makes a new value of an old one. */
export interface Change {
  readonly kind: Kind;
  readonly widen: (value: Value) => Value;
  readonly f: Binary;
  readonly narrow: (value: Value) => Value;
  readonly traps: { readonly operator: string; readonly kind: Kind } | null;
  readonly givesOld: boolean;
  readonly site: number;
}

export type Instruction =
  | { readonly op: typeof PUSH; readonly value: Value }
  | { readonly op: typeof POP }
  | ({ readonly op: typeof READ_SLOT; readonly kind: Kind } & At)
  /** Leaves the value on the stack, as all writes do. */
  | ({ readonly op: typeof WRITE_SLOT; readonly kind: Kind } & At)
  | ({ readonly op: typeof SLOT_ADDRESS } & At)
  /** Takes an address. */
  | { readonly op: typeof READ; readonly kind: Kind; readonly site: number }
  /** Takes an address, then a value. */
  | { readonly op: typeof WRITE; readonly kind: Kind; readonly site: number }
  | { readonly op: typeof APPLY; readonly f: (value: Value) => Value }
  | { readonly op: typeof BINARY; readonly f: Binary }
  /** The same with a constant on the right. */
  | { readonly op: typeof BINARY_RIGHT; readonly f: Binary; readonly right: Value }
  | {
      readonly op: typeof DIVIDE;
      readonly f: Binary;
      readonly operator: string;
      readonly kind: Kind;
      readonly site: number;
    }
  /** `x op= y`: takes an address, then y. */
  | ({ readonly op: typeof UPDATE } & Change)
  /** The same for a slot: takes y. */
  | ({ readonly op: typeof UPDATE_SLOT } & Change & At)
  | { readonly op: typeof JUMP; readonly to: number }
  | { readonly op: typeof JUMP_IF; readonly to: number }
  | { readonly op: typeof JUMP_UNLESS; readonly to: number }
  | { readonly op: typeof CALL; readonly index: number; readonly site: number }
  | { readonly op: typeof RETURN; readonly site: number }
  | { readonly op: typeof BUILTIN; readonly builtin: Builtin; readonly argc: number; readonly site: number }
  /** Takes the address of the target, then of the source. */
  | { readonly op: typeof COPY; readonly size: number; readonly site: number }
  /** Zeroes `size` bytes of a slot, then copies `bytes` of the constant data there. */
  | ({
      readonly op: typeof FILL;
      readonly size: number;
      readonly bytes: { readonly from: number; readonly length: number } | null;
    } & At)
  /** A loop's iterations: -1 at its start, one more at each. */
  | { readonly op: typeof COUNT; readonly offset: number; readonly reset: boolean; readonly site: number }
  /** Takes what the conjunct compares, and ends the run if it does not hold. */
  | { readonly op: typeof ASSERT; readonly assertion: number; readonly conjunct: number }
  | { readonly op: typeof ASSERTED; readonly assertion: number }
  | { readonly op: typeof NAMED; readonly name: string }
  /** A branch on a value that may come from simulated memory. */
  | { readonly op: typeof LOADED; readonly site: number }
  | { readonly op: typeof STOP; readonly error: Diagnostic }
  | { readonly op: typeof END }
  /** Takes a value. */
  | { readonly op: typeof SWITCH; readonly targets: ReadonlyMap<Value, number>; readonly otherwise: number };

/** A place in the source that may become a step. */
export interface Site extends Place {
  /** Source offset + 1 of the innermost loop statement of the function, 0 for none. */
  readonly loop: number;
  /** Frame slot of that loop's iteration. */
  readonly counter: number;
}

export interface FunctionCode {
  readonly name: string;
  readonly entry: number;
  readonly frame: number;
  readonly params: readonly { readonly offset: number; readonly kind: Kind }[];
}

/** One part of an assert between its `&&`. */
export interface ConjunctText {
  readonly text: string;
  /** Texts of the two sides of a comparison; null for any other expression. */
  readonly comparison: { readonly operator: string; readonly left: string; readonly right: string } | null;
  readonly test: Binary | null;
}

export interface Assertion {
  readonly place: Place;
  readonly conjuncts: readonly ConjunctText[];
}

/** A text, ready to run; its diagnostics are those that need no run. */
export interface Program {
  readonly source: string;
  /** The text as it was read. */
  readonly items: readonly Item[];
  readonly diagnostics: readonly Diagnostic[];
  readonly boot: Boot;
  readonly code: readonly Instruction[];
  readonly functions: readonly FunctionCode[];
  readonly sites: readonly Site[];
  readonly asserts: readonly Assertion[];
  /** Texts and globals at the start: the bottom of own memory. */
  readonly data: Uint8Array;
  /** Where the program's text ends. */
  readonly end: Place;
}
