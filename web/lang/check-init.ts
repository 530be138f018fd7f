import type { Expr, Init, InitItem, TypeName } from './ast';
import { ExpressionChecker } from './check-expression';
import type { Range } from './diagnostic';
import type { Fill, Slot, Store, Target } from './tree';
import * as T from './types';
import type { CType } from './types';

/** Elements that one array may have. */
export const MAX_ELEMENTS = 1 << 20;

/** Types written out, and what an initialiser puts where. */
export abstract class InitChecker extends ExpressionChecker {
  /** The value of a constant expression; null if it is none, which is reported. */
  protected constantValue(e: Expr, what: string): bigint | null {
    const value = this.value(e);
    if (!value) return null;
    if (value.kind === 'constant' && value.type.kind === 'int') return BigInt(value.value);
    return this.error('not-constant', e, `${what} is a constant in C. Write a number or a \`#define\`.`);
  }

  /** Puts stars and dimensions around a base type. [] needs `init`, which gives the length. */
  protected typeOf(
    base: CType,
    stars: number,
    dims: readonly (Expr | null)[],
    range: Range,
    init: Init | null,
  ): CType | null {
    let type = base;
    for (let i = 0; i < stars; i++) type = T.pointerTo(type);
    for (let i = dims.length - 1; i >= 0; i--) {
      const length = this.#length(dims[i]!, type, range, i === 0 ? init : null);
      if (length === null) return null;
      type = T.arrayOf(type, length);
    }
    if (type.kind === 'void' || (type.kind === 'array' && type.of.kind === 'void')) {
      return this.error('void-variable', range, 'A variable cannot be `void`. Write `void *` for an address.');
    }
    return type;
  }

  #length(dim: Expr | null, of: CType, range: Range, init: Init | null): number | null {
    if (!dim) {
      if (init?.kind === 'string') return init.bytes.length + 1;
      if (init?.kind === 'list') return this.#count(init.items);
      return this.error('missing-length', range, 'This array has no length. Write a number between `[` and `]`.');
    }
    const value = this.constantValue(dim, 'The length of an array');
    if (value === null) return null;
    if (value < 1n || value * BigInt(T.sizeOf(of)) > BigInt(MAX_ELEMENTS)) {
      const message = `An array has 1 to ${(MAX_ELEMENTS / T.sizeOf(of)).toLocaleString('en')} elements; this has ${value}. Write \`mmap\` or \`malloc\` for memory.`;
      return this.error('too-large', dim, message);
    }
    return Number(value);
  }

  /** Elements that a list reaches, designators counted. */
  #count(items: readonly InitItem[]): number {
    let at = 0;
    let most = 0;
    for (const { index } of items) {
      if (index) {
        const value = this.constantValue(index, 'An index in an initialiser');
        at = value === null || value < 0n || value >= BigInt(MAX_ELEMENTS) ? at : Number(value);
      }
      most = Math.max(most, ++at);
    }
    return most;
  }

  protected override typeOfName(name: TypeName): CType | null {
    if (name.base.kind === 'void' && name.stars === 0 && name.dims.length === 0) return T.VOID;
    return this.typeOf(name.base, name.stars, name.dims, name, null);
  }

  protected override literal(e: Expr & { kind: 'literal' }): { target: Target; fill: Fill } | null {
    const { type: name, init } = e;
    const type = this.typeOf(name.base, name.stars, name.dims, name, init);
    const slot = type && this.allocate(T.sizeOf(type), e);
    const fill = slot && this.fill(type!, slot, init, 'the compound literal');
    return fill && { target: { kind: 'slot', slot: slot!, variable: null, type: type! }, fill };
  }

  /** Works out what an initialiser puts into a slot; null if it has a mistake. */
  protected fill(type: CType, slot: Slot, init: Init, what: string): Fill | null {
    const stores: Store[] = [];
    if (type.kind === 'array' && init.kind === 'string' && type.of.kind === 'int' && type.of.rank === 1) {
      const length = Math.min(init.bytes.length + 1, type.length);
      return { slot, zero: type.length, bytes: { from: this.statics.text(init.bytes), length }, stores };
    }
    const aggregate = type.kind === 'array' || type.kind === 'struct';
    if (aggregate && init.kind !== 'list') {
      const shape = type.kind === 'struct' ? '{ soft, hard }' : '{ ... }';
      return this.error('initialiser', init, `\`${T.spell(type)}\` takes a list. Write \`${shape}\`.`);
    }
    if (!this.#put(type, 0, init, what, stores)) return null;
    return { slot, zero: aggregate ? T.sizeOf(type) : 0, bytes: null, stores };
  }

  #put(type: CType, offset: number, init: Init, what: string, stores: Store[]): boolean {
    if (init.kind === 'list') {
      if (type.kind === 'array' || type.kind === 'struct') return this.#list(type, offset, init.items, what, stores);
      const only = init.items[0];
      if (init.items.length === 1 && only && only.value.kind !== 'list')
        return this.#put(type, offset, only.value, what, stores);
      this.error('initialiser', init, `${what} is one value. Write it without \`{\` and \`}\`.`);
      return false;
    }
    if (type.kind === 'array' || type.kind === 'struct') {
      this.error('initialiser', init, `\`${T.spell(type)}\` takes a list. Write \`{ ... }\`.`);
      return false;
    }
    const value = this.value(init);
    const fitting = value && this.assignable(value, type, what);
    if (!fitting) return false;
    stores.push({ offset, kind: T.kindOf(type), value: fitting });
    return true;
  }

  #list(
    type: CType & { kind: 'array' | 'struct' },
    offset: number,
    items: readonly InitItem[],
    what: string,
    stores: Store[],
  ): boolean {
    const length = type.kind === 'array' ? type.length : type.members.length;
    let at = 0;
    let good = true;
    for (const item of items) {
      if (item.member !== null) {
        at = type.kind === 'struct' ? type.members.findIndex(({ name }) => name === item.member) : -1;
        if (at === -1) {
          this.error('no-member', item, `\`${T.spell(type)}\` has no \`${item.member}\`. Write the name of a member.`);
          return false;
        }
      } else if (item.index) {
        const index = this.constantValue(item.index, 'An index in an initialiser');
        if (index === null) return false;
        at = Number(index);
      }
      if (at < 0 || at >= length) {
        this.error('initialiser', item, `\`${T.spell(type)}\` has ${length} elements. Write no more than that.`);
        return false;
      }
      const [of, step] =
        type.kind === 'array' ? [type.of, at * T.sizeOf(type.of)] : [type.members[at]!.type, type.members[at]!.offset];
      good = this.#put(of, offset + step, item.value, what, stores) && good;
      at++;
    }
    return good;
  }
}
