import * as C from '../lang/code';
import type { Instruction, Program } from '../lang/code';
import type { Kind } from '../lang/types';

/** A program's instructions in columns: what runs a million times a second is read from typed arrays. */
export interface Packed {
  readonly op: Uint8Array;
  /** Offset of a slot, or where a jump goes. */
  readonly a: Int32Array;
  /** 1 if the slot is in the frame. */
  readonly frame: Uint8Array;
  /** Index in KINDS. */
  readonly kind: Uint8Array;
  /** The instructions themselves, for whatever else they hold. */
  readonly code: readonly Instruction[];
}

const KINDS: readonly Kind[] = ['i8', 'u8', 'bool', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64'];
/** Kinds that have a fast way of their own; index in KINDS. */
export const KIND_I32 = KINDS.indexOf('i32');
export const KIND_U64 = KINDS.indexOf('u64');

/** Puts a program into columns. */
export function pack({ code }: Program): Packed {
  const op = new Uint8Array(code.length);
  const a = new Int32Array(code.length);
  const frame = new Uint8Array(code.length);
  const kind = new Uint8Array(code.length);
  code.forEach((i, pc) => {
    op[pc] = i.op;
    a[pc] = 'offset' in i ? i.offset : 'to' in i ? i.to : 0;
    frame[pc] = ('frame' in i && i.frame) || i.op === C.COUNT ? 1 : 0;
    kind[pc] = 'kind' in i ? KINDS.indexOf(i.kind) : 0;
  });
  return { op, a, frame, kind, code };
}
