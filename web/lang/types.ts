// Types of the subset, in the LP64 model: int has 32 bits, long and pointers have 64.

/** What a machine word of a type is: how it is stored, and how it wraps. */
export type Kind = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'bool';

export interface IntType {
  readonly kind: 'int';
  /** As C spells it. */
  readonly name: string;
  readonly as: Kind;
  /** Conversion rank: char 1, short 2, int 3, long 4, long long 5; bool 0. */
  readonly rank: number;
}

export interface Member {
  readonly name: string;
  readonly type: CType;
  readonly offset: number;
}

export type CType =
  | IntType
  | { readonly kind: 'void' }
  | { readonly kind: 'pointer'; readonly to: CType }
  | { readonly kind: 'array'; readonly of: CType; readonly length: number }
  | { readonly kind: 'struct'; readonly name: string; readonly members: readonly Member[]; readonly size: number };

const int = (name: string, as: Kind, rank: number): IntType => ({ kind: 'int', name, as, rank });

export const VOID: CType = { kind: 'void' };
export const BOOL = int('bool', 'bool', 0);
export const CHAR = int('char', 'i8', 1);
export const SCHAR = int('signed char', 'i8', 1);
export const UCHAR = int('unsigned char', 'u8', 1);
export const SHORT = int('short', 'i16', 2);
export const USHORT = int('unsigned short', 'u16', 2);
export const INT = int('int', 'i32', 3);
export const UINT = int('unsigned int', 'u32', 3);
export const LONG = int('long', 'i64', 4);
export const ULONG = int('unsigned long', 'u64', 4);
export const LLONG = int('long long', 'i64', 5);
export const ULLONG = int('unsigned long long', 'u64', 5);
export const SIZE_T = int('size_t', 'u64', 4);

export const pointerTo = (to: CType): CType => ({ kind: 'pointer', to });
export const arrayOf = (of: CType, length: number): CType => ({ kind: 'array', of, length });
export const CHAR_POINTER = pointerTo(CHAR);
export const VOID_POINTER = pointerTo(VOID);

export const RLIMIT: CType & { kind: 'struct' } = {
  kind: 'struct',
  name: 'rlimit',
  members: [
    { name: 'rlim_cur', type: int('rlim_t', 'u64', 4), offset: 0 },
    { name: 'rlim_max', type: int('rlim_t', 'u64', 4), offset: 8 },
  ],
  size: 16,
};

/** Type names that a header of C or Linux defines. */
export const NAMED_TYPES: ReadonlyMap<string, CType> = new Map<string, CType>([
  ['size_t', SIZE_T],
  ['ssize_t', int('ssize_t', 'i64', 4)],
  ['off_t', int('off_t', 'i64', 4)],
  ['off64_t', int('off64_t', 'i64', 4)],
  ['ptrdiff_t', int('ptrdiff_t', 'i64', 4)],
  ['intptr_t', int('intptr_t', 'i64', 4)],
  ['uintptr_t', int('uintptr_t', 'u64', 4)],
  ['pid_t', int('pid_t', 'i32', 3)],
  ['key_t', int('key_t', 'i32', 3)],
  ['mode_t', int('mode_t', 'u32', 3)],
  ['uid_t', int('uid_t', 'u32', 3)],
  ['rlim_t', int('rlim_t', 'u64', 4)],
  ['int8_t', int('int8_t', 'i8', 1)],
  ['uint8_t', int('uint8_t', 'u8', 1)],
  ['int16_t', int('int16_t', 'i16', 2)],
  ['uint16_t', int('uint16_t', 'u16', 2)],
  ['int32_t', int('int32_t', 'i32', 3)],
  ['uint32_t', int('uint32_t', 'u32', 3)],
  ['int64_t', int('int64_t', 'i64', 4)],
  ['uint64_t', int('uint64_t', 'u64', 4)],
  ['intmax_t', int('intmax_t', 'i64', 4)],
  ['uintmax_t', int('uintmax_t', 'u64', 4)],
  ['bool', BOOL],
  ['_Bool', BOOL],
]);

const SIZES: Readonly<Record<Kind, number>> = { i8: 1, u8: 1, bool: 1, i16: 2, u16: 2, i32: 4, u32: 4, i64: 8, u64: 8 };

/** Gives the size of a machine kind in bytes. */
export const sizeOfKind = (kind: Kind): number => SIZES[kind];

/** Gives the size of a type in bytes; 0 for void. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'void':
      return 0;
    case 'int':
      return SIZES[type.as];
    case 'pointer':
      return 8;
    case 'array':
      return sizeOf(type.of) * type.length;
    case 'struct':
      return type.size;
  }
}

/** The machine kind of a scalar; pointers are u64. */
export function kindOf(type: CType): Kind {
  return type.kind === 'int' ? type.as : 'u64';
}

export const isWide = (kind: Kind): boolean => kind === 'i64' || kind === 'u64';
export const isSigned = (kind: Kind): boolean => kind.startsWith('i');

/** Tells whether every value of kind `from` is one of kind `to`. */
export const holds = (to: Kind, from: Kind): boolean =>
  to === from || (to !== 'bool' && SIZES[to] > SIZES[from] && (isSigned(to) || !isSigned(from)));

/** The bytes that arithmetic on a pointer counts in: 1 for void *. */
export function strideOf(pointer: CType & { kind: 'pointer' }): number {
  return sizeOf(pointer.to) || 1;
}

/** C11 6.3.1.1: everything below int becomes int. */
export function promote(type: IntType): IntType {
  return type.rank < 3 ? INT : type;
}

/** C11 6.3.1.8: the common type of two operands. */
export function common(a: IntType, b: IntType): IntType {
  const left = promote(a);
  const right = promote(b);
  if (isSigned(left.as) === isSigned(right.as)) return left.rank >= right.rank ? left : right;
  const [unsigned, signed] = isSigned(left.as) ? [right, left] : [left, right];
  if (unsigned.rank >= signed.rank) return unsigned;
  if (sizeOf(signed) > sizeOf(unsigned)) return signed;
  return signed.rank === 5 ? ULLONG : ULONG;
}

export function sameType(a: CType, b: CType): boolean {
  if (a.kind === 'int' && b.kind === 'int') return a.as === b.as;
  if (a.kind === 'pointer' && b.kind === 'pointer') return sameType(a.to, b.to);
  if (a.kind === 'struct' && b.kind === 'struct') return a.name === b.name;
  if (a.kind === 'array' && b.kind === 'array') return a.length === b.length && sameType(a.of, b.of);
  return a.kind === b.kind;
}

/** Writes a type as C does: "unsigned long", "char *", "int [4]". */
export function spell(type: CType): string {
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'int':
      return type.name;
    case 'pointer': {
      const to = spell(type.to);
      return to.endsWith('*') ? `${to}*` : `${to} *`;
    }
    case 'array':
      return `${spell(type.of)} [${type.length}]`;
    case 'struct':
      return `struct ${type.name}`;
  }
}
