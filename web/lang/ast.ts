// What the parser makes of a text: C's own shape, names not yet looked up.
import type { Diagnostic, Range } from './diagnostic';
import type { BinaryOperator } from './arith';
import type { CType, IntType } from './types';

/** Part of a declarator that is not the base type: `*name[3][]`. */
export interface Declarator extends Range {
  readonly name: string;
  readonly stars: number;
  /** Lengths from the outside in; null for []. */
  readonly dims: readonly (Expr | null)[];
}

export interface TypeName extends Range {
  readonly base: CType;
  readonly stars: number;
  readonly dims: readonly (Expr | null)[];
}

/** One element of an initialiser list. */
export interface InitItem extends Range {
  /** `.name` or `[index]`; null for the next in order. */
  readonly member: string | null;
  readonly index: Expr | null;
  readonly value: Init;
}

export type Init = ({ readonly kind: 'list'; readonly items: readonly InitItem[] } & Range) | Expr;

export type LogicOperator = '&&' | '||';

export type Expr = Range &
  (
    | { readonly kind: 'number'; readonly value: bigint; readonly type: IntType }
    | { readonly kind: 'string'; readonly bytes: Uint8Array }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'unary'; readonly op: '-' | '+' | '!' | '~' | '*' | '&'; readonly operand: Expr }
    | { readonly kind: 'update'; readonly op: '++' | '--'; readonly prefix: boolean; readonly operand: Expr }
    | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'logic'; readonly op: LogicOperator; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'assign'; readonly op: BinaryOperator | ''; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'ternary'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
    | { readonly kind: 'comma'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'call'; readonly name: string; readonly nameRange: Range; readonly args: readonly Expr[] }
    | { readonly kind: 'index'; readonly object: Expr; readonly index: Expr }
    | { readonly kind: 'member'; readonly object: Expr; readonly member: string; readonly arrow: boolean }
    | { readonly kind: 'cast'; readonly type: TypeName; readonly operand: Expr }
    | { readonly kind: 'sizeof'; readonly operand: Expr | TypeName }
    | { readonly kind: 'literal'; readonly type: TypeName; readonly init: Init }
    | { readonly kind: 'bad' }
  );

export interface Declared {
  readonly declarator: Declarator;
  readonly init: Init | null;
}

export type Stmt = Range &
  (
    | { readonly kind: 'declare'; readonly base: CType; readonly items: readonly Declared[] }
    | { readonly kind: 'expression'; readonly value: Expr }
    | { readonly kind: 'block'; readonly body: readonly Stmt[] }
    | { readonly kind: 'if'; readonly test: Expr; readonly yes: Stmt; readonly no: Stmt | null }
    | {
        readonly kind: 'for';
        readonly init: Stmt | null;
        readonly test: Expr | null;
        readonly next: Expr | null;
        readonly body: Stmt;
      }
    | { readonly kind: 'while'; readonly test: Expr; readonly body: Stmt }
    | { readonly kind: 'do'; readonly test: Expr; readonly body: Stmt }
    | { readonly kind: 'switch'; readonly value: Expr; readonly body: Stmt }
    /** `case value:`, or `default:` where value is null. */
    | { readonly kind: 'case'; readonly value: Expr | null }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'return'; readonly value: Expr | null }
    | { readonly kind: 'empty' }
    /** A statement with a mistake: a run stops here. `inner` is what could be read of it. */
    | { readonly kind: 'bad'; readonly error: Diagnostic; readonly inner: Stmt | null }
  );

export interface Parameter extends Range {
  readonly name: string;
  readonly base: CType;
  readonly stars: number;
  readonly dims: readonly (Expr | null)[];
}

export interface FunctionText extends Range {
  readonly kind: 'function';
  readonly name: string;
  readonly nameRange: Range;
  readonly base: CType;
  readonly stars: number;
  readonly params: readonly Parameter[];
  /** null: a prototype. */
  readonly body: (Stmt & { readonly kind: 'block' }) | null;
}

/** A text, top level first to last. */
export type Item = FunctionText | Stmt;
