// What the checker makes of a text: every name is a place, every operation has its types, every conversion is written
// down. Nothing in it can be wrong any more but what a run decides.
import type { Binary, Value } from './arith';
import type { Builtin } from './builtins';
import type { Diagnostic, Range } from './diagnostic';
import type { Kind } from './types';
import type { CType } from './types';

/** Memory of the scenario's own that a variable has. */
export interface Slot {
  readonly scope: 'global' | 'frame';
  readonly offset: number;
}

export interface Variable {
  readonly name: string;
  readonly type: CType;
  readonly slot: Slot;
  /** It may hold what was loaded from simulated memory. */
  loaded: boolean;
}

/** Something that can be assigned to. */
export type Target = { readonly type: CType } & (
  | { readonly kind: 'slot'; readonly slot: Slot; readonly variable: Variable | null }
  | { readonly kind: 'memory'; readonly address: Typed }
);

/** A value to be put at a fixed offset of a slot. */
export interface Store {
  readonly offset: number;
  readonly kind: Kind;
  readonly value: Typed;
}

/** How an initialiser fills a slot. */
export interface Fill {
  readonly slot: Slot;
  /** Bytes to be zeroed first; 0: none. */
  readonly zero: number;
  /** Offset in the constant data of the program and bytes to copy; null: none. */
  readonly bytes: { readonly from: number; readonly length: number } | null;
  readonly stores: readonly Store[];
}

export interface Comparison {
  readonly operator: string;
  readonly left: Typed;
  readonly right: Typed;
  readonly test: Binary;
}

/** A conjunct of an assert: the text of its operands, and how to evaluate them. */
export interface Conjunct {
  readonly range: Range;
  readonly comparison: Comparison | null;
  readonly value: Typed;
}

export type Typed = Range & { readonly type: CType; readonly loaded: boolean } & (
    | { readonly kind: 'constant'; readonly value: Value }
    /** Address of constant data of the program. */
    | { readonly kind: 'data'; readonly offset: number }
    | { readonly kind: 'read'; readonly target: Target }
    | { readonly kind: 'address'; readonly of: Target; readonly fill: Fill | null }
    | { readonly kind: 'apply'; readonly f: (value: Value) => Value; readonly operand: Typed }
    | {
        readonly kind: 'binary';
        readonly f: Binary;
        /** Kind of the operands of `/` and `%`, which may trap; null for all others. */
        readonly traps: { readonly operator: string; readonly kind: Kind } | null;
        readonly left: Typed;
        readonly right: Typed;
      }
    | { readonly kind: 'logic'; readonly operator: '&&' | '||'; readonly left: Typed; readonly right: Typed }
    | { readonly kind: 'ternary'; readonly test: Typed; readonly yes: Typed; readonly no: Typed }
    | { readonly kind: 'sequence'; readonly first: Typed; readonly then: Typed }
    | { readonly kind: 'assign'; readonly target: Target; readonly value: Typed }
    | { readonly kind: 'copy'; readonly target: Target; readonly source: Target; readonly size: number }
    | {
        readonly kind: 'update';
        readonly target: Target;
        /** Brings the old value to the kind of the operation. */
        readonly widen: (value: Value) => Value;
        readonly f: Binary;
        readonly traps: { readonly operator: string; readonly kind: Kind } | null;
        readonly narrow: (value: Value) => Value;
        readonly operand: Typed;
        /** The value of the expression: that before (`x++`) or after. */
        readonly gives: 'old' | 'new';
      }
    | { readonly kind: 'call'; readonly index: number; readonly args: readonly Typed[] }
    | {
        readonly kind: 'builtin';
        readonly builtin: Builtin;
        readonly nameRange: Range;
        readonly args: readonly Typed[];
      }
    | { readonly kind: 'assert'; readonly conjuncts: readonly Conjunct[] }
    /** Gives the variable's name to what a mapping call returned. */
    | { readonly kind: 'named'; readonly name: string; readonly value: Typed }
  );

export type Action = Range &
  (
    | { readonly kind: 'value'; readonly value: Typed }
    | { readonly kind: 'fill'; readonly fill: Fill }
    | { readonly kind: 'block'; readonly body: readonly Action[] }
    | { readonly kind: 'if'; readonly test: Typed; readonly yes: Action; readonly no: Action | null }
    | {
        readonly kind: 'loop';
        readonly init: Action | null;
        readonly test: Typed | null;
        readonly next: Typed | null;
        readonly body: Action;
        /** Whether the test comes after the body. */
        readonly doWhile: boolean;
        /** Frame slot that counts the iterations. */
        readonly counter: number;
      }
    | {
        readonly kind: 'switch';
        readonly value: Typed;
        readonly body: readonly Action[];
        readonly cases: readonly Case[];
      }
    | { readonly kind: 'label'; readonly id: number }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'return'; readonly value: Typed | null }
    | { readonly kind: 'stop'; readonly error: Diagnostic }
  );

/** A case of a switch: `value` null is default. */
export interface Case {
  readonly value: Value | null;
  readonly label: number;
}

export interface CheckedFunction {
  readonly name: string;
  readonly range: Range;
  readonly result: CType;
  readonly params: readonly Variable[];
  readonly body: readonly Action[];
  /** Bytes of a frame. */
  readonly frame: number;
}

export interface Checked {
  /** Index 0 is main: the text's own, or its top level. */
  readonly functions: readonly CheckedFunction[];
  /** Constant data and, after it, the globals' memory. */
  readonly data: Uint8Array;
  /** What runs before main: initialisers of globals. */
  readonly prologue: readonly Action[];
  /** Offsets of main's argv and of its only text; null if main takes none. */
  readonly argv: { readonly array: number; readonly name: number } | null;
}
