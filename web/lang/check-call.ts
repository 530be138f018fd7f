import type { Expr, FunctionText } from './ast';
import { ABSENT, BUILTINS, type Builtin, type Parameter } from './builtins';
import { isOwnAddress } from './check-base';
import { InitChecker } from './check-init';
import { CONSTANTS } from './constants';
import { MAX_DIAGNOSTICS, type Range } from './diagnostic';
import { parseFormat } from './format';
import { closest } from './similar';
import type { Conjunct, Typed } from './tree';
import * as T from './types';
import type { CType } from './types';

/** A function of the scenario's own, as its callers see it. */
export interface Signature {
  readonly index: number;
  readonly text: FunctionText;
  readonly result: CType;
  readonly params: readonly CType[];
}

/** Calls that work on the scenario's own variables too. */
export const ANY_MEMORY = new Set(['memset', 'memcpy', 'free', 'shmctl']);

/** Calls: of the scenario's own functions, and of everything in builtins.ts. */
export abstract class CallChecker extends InitChecker {
  protected readonly functions = new Map<string, Signature>();
  /** Ranges of statements that could not be read: names in them may have been declared there. */
  protected readonly unread: Range[] = [];
  #unreadNames: Set<string> | null = null;

  protected override call(e: Expr & { kind: 'call' }): Typed | null {
    const own = this.functions.get(e.name);
    if (own) return this.#ownCall(e, own);
    if (this.find(e.name)) {
      return this.error(
        'not-a-call',
        e.nameRange,
        `\`${e.name}\` is a variable. Write the name of a call before \`(\`.`,
      );
    }
    const builtin = BUILTINS.get(e.name);
    if (!builtin) return this.#unknownCall(e);
    if (e.name === 'assert') return this.#assert(e);
    return this.#builtinCall(e, builtin);
  }

  #ownCall(e: Expr & { kind: 'call' }, { index, text, params, result }: Signature): Typed | null {
    const args = e.args.map((arg) => this.value(arg));
    if (args.length !== params.length) {
      const head = this.textOf({ from: text.from, to: text.body ? text.body.from : text.to }).replace(/\s*;?$/, '');
      return this.#arity(e, params.length, false, head);
    }
    const given = this.#fit(
      args,
      params,
      text.params.map(({ name }) => `\`${name}\``),
    );
    return given && { kind: 'call', index, args: given, type: result, loaded: false, from: e.from, to: e.to };
  }

  #arity(e: Expr & { kind: 'call' }, wanted: number, more: boolean, signature: string): null {
    const count = wanted === 1 ? '1 argument' : `${wanted} arguments`;
    const given = e.args.length === 1 ? '1 is given' : `${e.args.length} are given`;
    const message = `\`${e.name}\` takes ${more ? 'at least ' : ''}${count}, ${given}. Write \`${signature}\`.`;
    return this.error('arguments', e, message);
  }

  #fit(args: readonly (Typed | null)[], types: readonly CType[], names: readonly string[]): Typed[] | null {
    const given: Typed[] = [];
    args.forEach((arg, i) => {
      const fitting = arg && this.assignable(arg, types[i]!, names[i]!);
      if (fitting) given.push(fitting);
    });
    return given.length === args.length ? given : null;
  }

  #builtinCall(e: Expr & { kind: 'call' }, builtin: Builtin): Typed | null {
    const { parameters, variadic, name } = builtin;
    const args = e.args.map((arg) => this.value(arg));
    if (args.length < parameters.length || (args.length > parameters.length && !variadic)) {
      return this.#arity(e, parameters.length, variadic, builtin.signature);
    }
    const fixed = this.#fit(
      args.slice(0, parameters.length),
      parameters.map(({ type }) => type),
      parameters.map((parameter) => `\`${parameter.name}\``),
    );
    const rest = args.slice(parameters.length).map((arg) => arg && this.#variadic(arg));
    if (!fixed || rest.includes(null)) return null;
    const owned = fixed.map((arg, i) => this.#ownMemory(arg, parameters[i]!, name));
    if (owned.includes(false)) return null;
    const given = [...fixed, ...(rest as Typed[])];
    if (name === 'printf' && !this.#format(e, 0, given)) return null;
    if (name === 'fprintf' && !this.#format(e, 1, given)) return null;
    const place = { from: e.from, to: e.to };
    return {
      kind: 'builtin',
      builtin,
      nameRange: e.nameRange,
      args: given,
      type: builtin.result,
      loaded: false,
      ...place,
    };
  }

  /** C11 6.5.2.2: what goes to `...` is promoted. */
  #variadic(arg: Typed): Typed | null {
    if (!this.condition(arg)) return null;
    return arg.type.kind === 'int' ? this.convert(arg, T.promote(arg.type)) : arg;
  }

  /** Variables are not in simulated memory: a call that works on memory cannot have them. */
  #ownMemory(arg: Typed, { takes, name, spelling }: Parameter, call: string): boolean {
    const own = isOwnAddress(arg);
    if (takes.kind === 'address' && own && !ANY_MEMORY.has(call)) {
      const message = `\`${this.textOf(arg)}\` is a variable, which is not in simulated memory. Write \`mmap\` or \`malloc\` for what \`${call}\` works on.`;
      this.error('variable-address', arg, message);
      return false;
    }
    const maps = arg.kind === 'builtin' && arg.builtin.maps;
    if ((takes.kind === 'out' || takes.kind === 'in') && maps) {
      const message = `Contents of memory are not simulated. Write \`&\` and a variable, or an array, for \`${name}\` (\`${spelling}\`).`;
      this.error('variable-needed', arg, message);
      return false;
    }
    return true;
  }

  #format(e: Expr & { kind: 'call' }, at: number, given: readonly Typed[]): boolean {
    const text = e.args[at];
    if (text?.kind !== 'string') return true; // a run sees what it is
    const { pieces, problem } = parseFormat(text.bytes);
    if (problem) {
      this.error('format', text, problem);
      return false;
    }
    const wanted = pieces.flatMap((piece) =>
      piece.kind === 'text' ? [] : piece.takes.map((take) => ({ piece, take })),
    );
    const values = given.slice(at + 1);
    if (wanted.length !== values.length) {
      const [asked, got] = [count(wanted.length, 'value'), count(values.length, 'value')];
      this.error(
        'format',
        e,
        `The format asks for ${asked}, and ${got} ${values.length === 1 ? 'follows' : 'follow'}. Write one for each \`%\`.`,
      );
      return false;
    }
    wanted.forEach(({ piece, take }, i) => {
      const value = values[i]!;
      const wide = T.sizeOf(value.type) === 8;
      if (take === 'text' ? value.type.kind !== 'pointer' : wide !== (take === 64)) {
        const letter = 'spc'.includes(piece.conversion) ? 'd' : piece.conversion;
        const better = value.type.kind === 'pointer' ? '%p' : wide ? `%l${letter}` : `%${letter}`;
        const given = `\`${this.textOf(value)}\`, which is \`${T.spell(value.type)}\``;
        const message = `\`${piece.spelling}\` does not fit ${given}. Write \`${better}\`.`;
        this.report.warning('format', value, message);
      }
    });
    return true;
  }

  #assert(e: Expr & { kind: 'call' }): Typed | null {
    const only = e.args[0];
    if (!only || e.args.length !== 1) return this.#arity(e, 1, false, 'assert(expression)');
    const conjuncts: Conjunct[] = [];
    const add = (part: Expr): boolean => {
      if (part.kind === 'logic' && part.op === '&&') return [add(part.left), add(part.right)].every(Boolean);
      const value = this.condition(this.value(part));
      if (value) conjuncts.push({ range: part, comparison: comparisonOf(part, value), value });
      return value !== null;
    };
    if (!add(only)) return null;
    const loaded = conjuncts.some(({ value }) => value.loaded);
    return { kind: 'assert', conjuncts, type: T.VOID, loaded, from: e.from, to: e.to };
  }

  #unknownCall(e: Expr & { kind: 'call' }): null {
    const absent = Object.hasOwn(ABSENT, e.name) ? ABSENT[e.name] : undefined;
    if (absent) return this.error('unknown-call', e.nameRange, `\`${e.name}\` is not in the playground. ${absent}`);
    e.args.forEach((arg) => this.value(arg));
    const near = this.#closest(e.name, [...BUILTINS.keys(), ...this.functions.keys()]);
    const message = `\`${e.name}\` is not a call here. Write ${near ? `\`${near}\`` : 'the name of a call or of a function of yours'}.`;
    return this.error('unknown-call', e.nameRange, message, near ? replace(e.nameRange, near) : undefined);
  }

  #closest(name: string, names: readonly string[]): string | null {
    return this.report.list.length < MAX_DIAGNOSTICS ? closest(name, names) : null;
  }

  protected override unknownName(name: string, range: Range): null {
    if (BUILTINS.has(name) || this.functions.has(name)) {
      return this.error('not-a-value', range, `\`${name}\` is a call. Write \`${name}(...)\`.`);
    }
    this.#unreadNames ??= new Set(
      this.unread.flatMap(({ from, to }) => this.report.source.slice(from, to).match(/[A-Za-z_]\w*/g) ?? []),
    );
    if (this.#unreadNames.has(name)) {
      this.fault ??= this.report.list.find(({ severity }) => severity === 'error') ?? null;
      return null;
    }
    const variables = this.scopes.flatMap((scope) => [...scope.keys()]);
    const near = this.#closest(name, [...variables, 'errno', ...CONSTANTS.keys()]);
    const instead = near ? `Write \`${near}\`.` : `Write \`long ${name} = ...;\` before it.`;
    const message = `\`${name}\` is not declared. ${instead}`;
    return this.error('unknown-name', range, message, near ? replace(range, near) : undefined);
  }
}

function comparisonOf(part: Expr, value: Typed): Conjunct['comparison'] {
  if (part.kind !== 'binary' || value.kind !== 'binary' || value.type !== T.INT) return null;
  if (!['==', '!=', '<', '>', '<=', '>='].includes(part.op)) return null;
  return { operator: part.op, left: value.left, right: value.right, test: value.f };
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const replace = ({ from, to }: Range, insert: string): { title: string; from: number; to: number; insert: string } => ({
  title: `Write ${insert}`,
  from,
  to,
  insert,
});
