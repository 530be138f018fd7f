import type { Expr, TypeName } from './ast';
import { binary, converter, isComparison, unary, type BinaryOperator } from './arith';
import { CheckBase, ERRNO_OFFSET } from './check-base';
import { CONSTANTS } from './constants';
import type { Range } from './diagnostic';
import type { Fill, Target, Typed } from './tree';
import * as T from './types';
import type { CType } from './types';

/** Gives every expression its types. Calls, names and initialisers have a file of their own. */
export abstract class ExpressionChecker extends CheckBase {
  protected abstract call(e: Expr & { kind: 'call' }): Typed | null;
  protected abstract unknownName(name: string, range: Range): null;
  protected abstract literal(e: Expr & { kind: 'literal' }): { target: Target; fill: Fill } | null;
  protected abstract typeOfName(name: TypeName): CType | null;

  /** The value of an expression; null if it has a mistake, which is reported then. */
  protected value(e: Expr): Typed | null {
    switch (e.kind) {
      case 'number':
        return this.constant(e.value, e.type, e);
      case 'string':
        return this.#text(e);
      case 'name':
        return this.#name(e);
      case 'unary':
        return this.#unary(e);
      case 'update':
        return this.#update(e);
      case 'binary':
        return this.#binary(e);
      case 'logic': {
        const left = this.condition(this.value(e.left));
        const right = this.condition(this.value(e.right));
        if (!left || !right) return null;
        const loaded = left.loaded || right.loaded;
        return { kind: 'logic', operator: e.op, left, right, type: T.INT, loaded, from: e.from, to: e.to };
      }
      case 'assign':
        return e.op === '' ? this.#assign(e) : this.#compound(e, e.op);
      case 'ternary':
        return this.#ternary(e);
      case 'comma': {
        const first = this.value(e.left);
        const then = this.value(e.right);
        if (!first || !then) return null;
        return { kind: 'sequence', first, then, type: then.type, loaded: then.loaded, from: e.from, to: e.to };
      }
      case 'call':
        return this.call(e);
      case 'index':
      case 'member': {
        const target = this.target(e);
        return target && this.read(target, e);
      }
      case 'literal': {
        const made = this.literal(e);
        if (!made) return null;
        const { target, fill } = made;
        if (target.type.kind !== 'array')
          return this.error(
            'compound-literal',
            e,
            'A compound literal stands where an address is taken. Write `&` before it.',
          );
        return {
          kind: 'address',
          of: target,
          fill,
          type: T.pointerTo(target.type.of),
          loaded: false,
          from: e.from,
          to: e.to,
        };
      }
      case 'cast':
        return this.#cast(e);
      case 'sizeof':
        return this.#sizeof(e);
      case 'bad':
        return null;
    }
  }

  #text(e: Expr & { kind: 'string' }): Typed {
    const offset = this.statics.text(e.bytes);
    return { kind: 'data', offset, type: T.CHAR_POINTER, loaded: false, from: e.from, to: e.to };
  }

  #name(e: Expr & { kind: 'name' }): Typed | null {
    const variable = this.find(e.name);
    const constant = variable ? undefined : CONSTANTS.get(e.name);
    if (constant) return this.constant(constant.value, constant.type, e);
    const target = this.target(e);
    return target && this.read(target, e);
  }

  /** What an expression can assign to; null if nothing, which is reported. */
  protected target(e: Expr): Target | null {
    if (e.kind === 'name') {
      const variable = this.find(e.name);
      if (variable) return { kind: 'slot', slot: variable.slot, variable, type: variable.type };
      if (e.name === 'errno') {
        return { kind: 'slot', slot: { scope: 'global', offset: ERRNO_OFFSET }, variable: null, type: T.INT };
      }
      if (!CONSTANTS.has(e.name)) return this.unknownName(e.name, e);
    } else if (e.kind === 'unary' && e.op === '*') {
      const address = this.value(e.operand);
      return address && this.#pointee(address, e);
    } else if (e.kind === 'index') {
      const object = this.value(e.object);
      const index = this.value(e.index);
      if (!object || !index) return null;
      const [pointer, count] = index.type.kind === 'pointer' ? [index, object] : [object, index];
      const sum = this.#offset('+', pointer, count, e);
      return sum && this.#pointee(sum, e);
    } else if (e.kind === 'member') return this.#member(e);
    else if (e.kind === 'literal') return this.literal(e)?.target ?? null;
    else if (e.kind === 'bad') return null;
    return this.error('not-assignable', e, `\`${this.textOf(e)}\` has no place in memory. Write a variable instead.`);
  }

  #pointee(address: Typed, range: Range): Target | null {
    const { type } = address;
    if (type.kind !== 'pointer') {
      const message = `\`${this.textOf(address)}\` is \`${T.spell(type)}\`, not an address. Write a pointer.`;
      return this.error('not-a-pointer', range, message);
    }
    if (type.to.kind === 'void') {
      const message = `\`${this.textOf(address)}\` is \`void *\`, which has no contents. Write \`(char *)\` before it.`;
      return this.error('void-pointer', range, message);
    }
    if (address.kind === 'address' && address.of.kind === 'slot' && !address.fill) {
      return { ...address.of, type: type.to }; // *&x is x
    }
    return { kind: 'memory', address, type: type.to };
  }

  #member(e: Expr & { kind: 'member' }): Target | null {
    let object: Target | null;
    if (e.arrow) {
      const address = this.value(e.object);
      if (address && (address.type.kind !== 'pointer' || address.type.to.kind !== 'struct')) {
        const dot = address.type.kind === 'struct' ? ' Write `.` instead of `->`.' : ' Write `struct rlimit *` for it.';
        return this.error('no-member', e, `\`${this.textOf(e.object)}\` is not the address of a struct.${dot}`);
      }
      object = address && this.#pointee(address, e);
    } else object = this.target(e.object);
    if (!object) return null;
    if (object.type.kind !== 'struct') {
      const pointer = object.type.kind === 'pointer' && object.type.to.kind === 'struct';
      const instead = pointer ? 'Write `->` instead of `.`.' : 'Write `struct rlimit` for it.';
      return this.error('no-member', e, `\`${this.textOf(e.object)}\` is not a struct. ${instead}`);
    }
    const { members, name } = object.type;
    const member = members.find((one) => one.name === e.member);
    if (!member) {
      const names = members.map((one) => `\`${one.name}\``).join(' or ');
      return this.error('no-member', e, `\`struct ${name}\` has no \`${e.member}\`. Write ${names}.`);
    }
    if (object.kind === 'slot') {
      const slot = { ...object.slot, offset: object.slot.offset + member.offset };
      return { ...object, slot, type: member.type };
    }
    const offset = this.constant(member.offset, T.ULONG, e);
    const type = T.pointerTo(member.type);
    return { kind: 'memory', address: this.binary('+', 'u64', object.address, offset, type, e), type: member.type };
  }

  #unary(e: Expr & { kind: 'unary' }): Typed | null {
    if (e.op === '*') {
      const target = this.target(e);
      return target && this.read(target, e);
    }
    if (e.op === '&') return this.#addressOf(e);
    const operand = this.condition(this.value(e.operand));
    if (!operand) return null;
    if (e.op === '!') return this.apply((v) => (v ? 0 : 1), operand, T.INT, e);
    if (operand.type.kind !== 'int') {
      const message = `\`${e.op}\` wants a number; \`${this.textOf(operand)}\` is \`${T.spell(operand.type)}\`. Write \`(long)\` before it.`;
      return this.error('wrong-type', e, message);
    }
    const type = T.promote(operand.type);
    const promoted = this.convert(operand, type);
    return e.op === '+' ? { ...promoted, from: e.from, to: e.to } : this.apply(unary(e.op, type.as), promoted, type, e);
  }

  #addressOf(e: Expr & { kind: 'unary' }): Typed | null {
    const place = { from: e.from, to: e.to };
    if (e.operand.kind === 'literal') {
      const made = this.literal(e.operand);
      if (!made) return null;
      const type = T.pointerTo(made.target.type);
      return { kind: 'address', of: made.target, fill: made.fill, type, loaded: false, ...place };
    }
    const target = this.target(e.operand);
    if (!target) return null;
    if (target.kind === 'memory') return { ...target.address, type: T.pointerTo(target.type), ...place };
    return { kind: 'address', of: target, fill: null, type: T.pointerTo(target.type), loaded: false, ...place };
  }

  #update(e: Expr & { kind: 'update' }): Typed | null {
    const to = this.target(e.operand);
    if (!to) return null;
    const one = this.constant(1, T.INT, e);
    return this.#change(e, to, e.op === '++' ? '+' : '-', one, e.prefix ? 'new' : 'old');
  }

  #compound(e: Expr & { kind: 'assign' }, op: BinaryOperator): Typed | null {
    const to = this.target(e.left);
    const value = this.condition(this.value(e.right));
    if (!to || !value) return null;
    return this.#change(e, to, op, value, 'new');
  }

  #change(e: Expr, target: Target, op: BinaryOperator, value: Typed, gives: 'old' | 'new'): Typed | null {
    const place = { type: target.type, loaded: false, from: e.from, to: e.to };
    if (target.type.kind === 'pointer') {
      if ((op !== '+' && op !== '-') || value.type.kind !== 'int') {
        const message = `\`${op}=\` does not go with an address. Write \`+=\` or \`-=\` and a number.`;
        return this.error('wrong-type', e, message);
      }
      const operand = this.#scaled(value, T.strideOf(target.type));
      const fit = converter('u64');
      const f = binary(op, 'u64');
      return { kind: 'update', target, widen: fit, narrow: fit, f, traps: null, operand, gives, ...place };
    }
    if (target.type.kind !== 'int' || value.type.kind !== 'int') {
      const message = `\`${op}=\` wants numbers on both sides. Write \`=\` and the whole expression.`;
      return this.error('wrong-type', e, message);
    }
    if (target.kind === 'slot' && target.variable && value.loaded) target.variable.loaded = true;
    const shift = op === '<<' || op === '>>';
    const type = shift ? T.promote(target.type) : T.common(target.type, value.type);
    return {
      kind: 'update',
      target,
      widen: converter(type.as),
      narrow: converter(target.type.as),
      f: binary(op, type.as),
      traps: op === '/' || op === '%' ? { operator: op, kind: type.as } : null,
      operand: this.convert(value, type),
      gives,
      ...place,
    };
  }

  #assign(e: Expr & { kind: 'assign' }): Typed | null {
    const target = this.target(e.left);
    if (target?.type.kind === 'struct') return this.#copy(e, target, target.type);
    const value = this.value(e.right);
    if (!target || !value) return null;
    const left = this.textOf(e.left);
    if (target.type.kind === 'array') {
      return this.error('not-assignable', e.left, `\`${left}\` is an array. Write \`${left}[0]\`.`);
    }
    const fitting = this.assignable(value, target.type, `\`${left}\``);
    if (!fitting) return null;
    const variable = target.kind === 'slot' ? target.variable : null;
    if (variable && value.loaded) variable.loaded = true;
    const named = variable ? this.named(variable.name, fitting) : fitting;
    const { type } = target;
    return { kind: 'assign', target, value: named, type, loaded: value.loaded, from: e.from, to: e.to };
  }

  #copy(e: Expr & { kind: 'assign' }, target: Target, type: CType): Typed | null {
    const source = this.target(e.right);
    if (!source) return null;
    if (!T.sameType(source.type, type)) {
      const message = `\`${this.textOf(e.right)}\` is \`${T.spell(source.type)}\`. Write a \`${T.spell(type)}\`.`;
      return this.error('wrong-type', e.right, message);
    }
    const size = T.sizeOf(type);
    return { kind: 'copy', target, source, size, type: T.VOID, loaded: false, from: e.from, to: e.to };
  }

  /** Marks a mapping's address as what gives a variable its name in pictures. */
  protected named(name: string, value: Typed): Typed {
    let call: Typed = value;
    while (call.kind === 'apply') call = call.operand;
    if (call.kind !== 'builtin' || !call.builtin.maps) return value;
    return { kind: 'named', name, value, type: value.type, loaded: false, from: value.from, to: value.to };
  }

  #binary(e: Expr & { kind: 'binary' }): Typed | null {
    const left = this.condition(this.value(e.left));
    const right = this.condition(this.value(e.right));
    if (!left || !right) return null;
    const { op } = e;
    if (left.type.kind === 'int' && right.type.kind === 'int') {
      const shift = op === '<<' || op === '>>';
      const type = shift ? T.promote(left.type) : T.common(left.type, right.type);
      const result = isComparison(op) ? T.INT : type;
      return this.binary(op, type.as, this.convert(left, type), this.convert(right, type), result, e);
    }
    if (isComparison(op)) {
      const [a, b] = [this.convert(left, T.ULONG), this.convert(right, T.ULONG)];
      return this.binary(op, 'u64', a, b, T.INT, e);
    }
    if (op === '+' && left.type.kind === 'int') return this.#offset('+', right, left, e);
    if (op === '+' || op === '-') {
      if (right.type.kind === 'int') return this.#offset(op, left, right, e);
      if (op === '-' && left.type.kind === 'pointer') {
        const bytes = this.binary('-', 'i64', this.convert(left, T.LONG), this.convert(right, T.LONG), T.LONG, e);
        const stride = this.constant(T.strideOf(left.type), T.LONG, e);
        return stride.kind === 'constant' && stride.value === 1
          ? bytes
          : this.binary('/', 'i64', bytes, stride, T.LONG, e);
      }
    }
    const address = left.type.kind === 'pointer' ? left : right;
    const message = `\`${op}\` does not go with an address. Write \`(unsigned long)\` before \`${this.textOf(address)}\`.`;
    return this.error('wrong-type', e, message);
  }

  #offset(op: '+' | '-', pointer: Typed, count: Typed, range: Range): Typed | null {
    const { type } = pointer;
    if (type.kind !== 'pointer' || count.type.kind !== 'int') {
      const message = `\`${this.textOf(pointer)}\` is \`${T.spell(type)}\`, which has no elements. Write a pointer or an array.`;
      return this.error('not-a-pointer', range, message);
    }
    return this.binary(op, 'u64', pointer, this.#scaled(count, T.strideOf(type)), type, range);
  }

  /** A count of elements in bytes. */
  #scaled(count: Typed, stride: number): Typed {
    const wide = this.convert(count, T.ULONG);
    return stride === 1 ? wide : this.binary('*', 'u64', wide, this.constant(stride, T.ULONG, count), T.ULONG, count);
  }

  #ternary(e: Expr & { kind: 'ternary' }): Typed | null {
    const test = this.condition(this.value(e.test));
    const yes = this.value(e.yes);
    const no = this.value(e.no);
    if (!test || !yes || !no) return null;
    let type: CType = T.VOID;
    if (yes.type.kind === 'int' && no.type.kind === 'int') type = T.common(yes.type, no.type);
    else if (yes.type.kind === 'pointer') type = yes.type;
    else if (no.type.kind === 'pointer') type = no.type;
    const place = { from: e.from, to: e.to };
    const loaded = test.loaded || yes.loaded || no.loaded;
    return { kind: 'ternary', test, yes: this.convert(yes, type), no: this.convert(no, type), type, loaded, ...place };
  }

  #cast(e: Expr & { kind: 'cast' }): Typed | null {
    const type = this.typeOfName(e.type);
    const operand = this.value(e.operand);
    if (!type || !operand) return null;
    if (type.kind === 'void') return { ...operand, type, from: e.from, to: e.to };
    if (type.kind === 'struct' || type.kind === 'array' || !this.condition(operand)) {
      return this.error('wrong-type', e, `A cast cannot give \`${T.spell(type)}\`. Write a number or pointer type.`);
    }
    return { ...this.convert(operand, type), from: e.from, to: e.to };
  }

  #sizeof(e: Expr & { kind: 'sizeof' }): Typed | null {
    const type = 'base' in e.operand ? this.typeOfName(e.operand) : this.#typeOf(e.operand);
    return type && this.constant(T.sizeOf(type), T.SIZE_T, e);
  }

  /** The type of an expression, arrays left as they are. */
  #typeOf(e: Expr): CType | null {
    if (e.kind === 'string') return T.arrayOf(T.CHAR, e.bytes.length + 1);
    const isPlace = e.kind === 'index' || e.kind === 'member' || (e.kind === 'unary' && e.op === '*');
    if (isPlace || (e.kind === 'name' && (this.find(e.name) || e.name === 'errno')))
      return this.target(e)?.type ?? null;
    return this.value(e)?.type ?? null;
  }
}
