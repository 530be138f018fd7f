import { canonical, type Value } from '../lang/arith';
import { OWN_BASE } from '../lang/code';
import type { Kind } from '../lang/types';

/** Bytes of own memory that one process may have: texts, globals, and the frames of its functions. */
export const MAX_OWN = 4 << 20;

/**
 * The variables of one process: texts and globals at the bottom, frames above. Addresses begin at OWN_BASE, where
 * simulated memory never is, so a pointer tells by itself what it points to.
 */
export class OwnMemory {
  #bytes: Uint8Array;
  #view: DataView;

  constructor(data: Uint8Array, size = Math.max(4096, data.length * 2)) {
    this.#bytes = new Uint8Array(size);
    this.#bytes.set(data);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** A memory of its own with the same contents, for fork. */
  clone(): OwnMemory {
    return new OwnMemory(this.#bytes, this.#bytes.length);
  }

  /** Makes room up to `size`; false beyond the limit. */
  reserve(size: number): boolean {
    if (size <= this.#bytes.length) return true;
    if (size > MAX_OWN) return false;
    const grown = new Uint8Array(Math.min(MAX_OWN, Math.max(size, this.#bytes.length * 2)));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
    return true;
  }

  /** Offset of an address if `size` bytes from it are own memory, else -1. */
  offset(address: Value, size: number): number {
    if (typeof address === 'number' || address < OWN_BASE) return -1;
    const at = address - OWN_BASE;
    return at + BigInt(size) <= BigInt(this.#bytes.length) ? Number(at) : -1;
  }

  readI32(at: number): number {
    return this.#view.getInt32(at, true);
  }

  readU64(at: number): Value {
    const value = this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
    return Number.isSafeInteger(value) ? value : this.#view.getBigUint64(at, true);
  }

  read(at: number, kind: Kind): Value {
    const view = this.#view;
    switch (kind) {
      case 'i8':
        return view.getInt8(at);
      case 'u8':
      case 'bool':
        return view.getUint8(at);
      case 'i16':
        return view.getInt16(at, true);
      case 'u16':
        return view.getUint16(at, true);
      case 'i32':
        return view.getInt32(at, true);
      case 'u32':
        return view.getUint32(at, true);
      case 'i64':
        return canonical(view.getBigInt64(at, true));
      case 'u64':
        return this.readU64(at);
    }
  }

  write(at: number, kind: Kind, value: Value): void {
    const view = this.#view;
    switch (kind) {
      case 'i8':
      case 'u8':
      case 'bool':
        return view.setUint8(at, value as number);
      case 'i16':
      case 'u16':
        return view.setUint16(at, value as number, true);
      case 'i32':
      case 'u32':
        return view.setUint32(at, value as number, true);
      case 'i64':
      case 'u64':
        if (typeof value === 'bigint') return view.setBigUint64(at, value, true); // wraps by itself, as the words do
        view.setUint32(at, value, true);
        return view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
    }
  }

  fill(at: number, size: number, byte = 0): void {
    this.#bytes.fill(byte, at, at + size);
  }

  copy(to: number, from: number, size: number): void {
    this.#bytes.copyWithin(to, from, from + size);
  }

  put(at: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, at);
  }

  /** The bytes of a text up to its 0. */
  text(at: number): Uint8Array {
    const end = this.#bytes.indexOf(0, at);
    return this.#bytes.slice(at, end === -1 ? this.#bytes.length : end);
  }
}
