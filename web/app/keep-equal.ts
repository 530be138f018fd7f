// What did not change keeps its identity: then whoever watches it has nothing to do.
import { areSamePacked, isPacked } from '../core/packed-list';

/**
 * Gives `next`, with every part of it that equals its counterpart in `old` replaced by that one; `old` itself if all is
 * equal. Parts are plain objects, arrays (place by place), packed lists and typed arrays.
 */
export function keepEqual<T>(old: unknown, next: T): T {
  return kept(old, next) as T;
}

function kept(old: unknown, next: unknown): unknown {
  if (Object.is(old, next)) return old;
  if (typeof old !== 'object' || typeof next !== 'object' || old === null || next === null) return next;
  if (Array.isArray(next)) return Array.isArray(old) ? keptList(old, next) : next;
  if (ArrayBuffer.isView(next)) return ArrayBuffer.isView(old) && areSameBytes(old, next) ? old : next;
  if (![old, next].every((one) => Object.getPrototypeOf(one) === Object.prototype)) return next;
  return keptObject(old as Record<string, unknown>, next as Record<string, unknown>);
}

function keptList(old: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  if (isPacked(next)) return areSamePacked(old, next) ? old : next;
  const list = next.map((item, i) => kept(old[i], item));
  return list.length === old.length && list.every((item, i) => item === old[i]) ? old : list;
}

function keptObject(old: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let isSame = keys.length === Object.keys(old).length;
  const made: Record<string, unknown> = {};
  for (const key of keys) {
    made[key] = kept(old[key], next[key]);
    isSame &&= made[key] === old[key];
  }
  return isSame ? old : made;
}

function areSameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.constructor !== b.constructor || a.byteLength !== b.byteLength) return false;
  const [x, y] = [bytes(a), bytes(b)];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
}

/** The widest columns that a view can be read as. */
function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array | Uint32Array {
  const isWide = byteOffset % 4 === 0 && byteLength % 4 === 0;
  return isWide ? new Uint32Array(buffer, byteOffset, byteLength / 4) : new Uint8Array(buffer, byteOffset, byteLength);
}
