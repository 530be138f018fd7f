// VMAs and extents as the core packed them: bytes that are copied, sent and compared as a whole, and made values only
// where somebody looks. 65,530 VMAs cost a copy of their bytes, not 65,530 objects.
import { PEEK_EXTENT, PEEK_VMA } from '../../assembly/abi/layout';
import type { Extent, Vma } from './state';

/** What a list holds. */
export type ListKind = 'vmas' | 'extents';

/** The borders of all items as page numbers, and some of what they are. */
export interface Columns {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Of VMAs vm_flags below bit 32, of extents the kpageflags from bit 32 on. */
  readonly flags: Uint32Array;
  /** Of VMAs NAME_*. */
  readonly names: Uint32Array;
  /** Of extents the kpageflags below bit 32. */
  readonly low_flags: Uint32Array;
}

/** What has borders. */
export type Ranged = Pick<Vma, 'vm_start' | 'vm_end'> | Pick<Extent, 'start' | 'nr_pages'>;

const SIZES: Readonly<Record<ListKind, number>> = { vmas: PEEK_VMA, extents: PEEK_EXTENT };
/** u32 words of an item that tell something. */
const USED: Readonly<Record<ListKind, number>> = { vmas: 16, extents: 12 };
/** Pages below 2^47, where user space ends. */
const MAX_PAGE = 2 ** 35;
const BYTES = Symbol('bytes');
const COLUMNS = Symbol('columns');
const KIND = Symbol('kind');
/** Methods that look at few items; any other one gets all of them as values first. */
const LAZY = new Set<PropertyKey>(['slice', 'at', 'find', 'findIndex', 'constructor']);

interface Packed {
  readonly [BYTES]?: ArrayBuffer;
  readonly [COLUMNS]?: Columns;
  readonly [KIND]?: ListKind;
}

/** Makes the array of what is packed in `bytes`. It is read like any array; an item is decoded when it is looked at. */
export function packedList(kind: 'vmas', bytes: ArrayBuffer): readonly Vma[];
export function packedList(kind: 'extents', bytes: ArrayBuffer): readonly Extent[];
export function packedList(kind: ListKind, bytes: ArrayBuffer): readonly (Vma | Extent)[] {
  const size = SIZES[kind];
  const length = bytes.byteLength / size;
  const view = new DataView(bytes);
  const decode = kind === 'vmas' ? decodeVma : decodeExtent;
  const items = new Array<Vma | Extent>(length);
  let columns: Columns | null = null;
  let filled = false;
  const item = (i: number) => (i < length ? (items[i] ??= decode(view, i * size)) : undefined);
  const fill = () => {
    for (let i = filled ? length : 0; i < length; i++) item(i);
    filled = true;
  };
  return new Proxy(items, {
    get(target, key) {
      if (key === 'length') return length;
      if (typeof key === 'string' && isIndex(key)) return item(Number(key));
      if (key === BYTES) return bytes;
      if (key === KIND) return kind;
      if (key === COLUMNS) return (columns ??= readColumns(kind, new Uint32Array(bytes), length));
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || LAZY.has(key)) return value;
      fill();
      return value.bind(target) as unknown;
    },
    has(target, key) {
      if (typeof key === 'string' && isIndex(key)) item(Number(key));
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      fill();
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === 'string' && isIndex(key)) item(Number(key));
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** The bytes of a packed list; null for an array of values. */
export const bytesOf = (list: readonly (Vma | Extent)[]): ArrayBuffer | null => (list as Packed)[BYTES] ?? null;

/** The borders of all VMAs or extents as columns. A packed list keeps its own, so asking again costs nothing. */
export function columnsOf(list: readonly Ranged[]): Columns {
  const kept = (list as Packed)[COLUMNS];
  if (kept) return kept;
  const starts = Float64Array.from(list, (one) => pageOf('vm_start' in one ? one.vm_start : one.start));
  return {
    starts,
    ends: Float64Array.from(list, (one, i) => ('vm_end' in one ? pageOf(one.vm_end) : starts[i]! + one.nr_pages)),
    flags: Uint32Array.from(list as readonly Partial<Vma & Extent>[], ({ vm_flags = 0n, kpf }) =>
      Number((kpf === undefined ? vm_flags : kpf >> 32n) & 0xffff_ffffn),
    ),
    names: Uint32Array.from((list as readonly Partial<Vma>[]).flatMap(({ name }) => name ?? [])),
    low_flags: Uint32Array.from(
      (list as readonly Partial<Extent>[]).flatMap(({ kpf }) => (kpf === undefined ? [] : Number(kpf & 0xffff_ffffn))),
    ),
  };
}

const pageOf = (address: bigint): number => Math.min(Number(address >> 12n), MAX_PAGE);

function readColumns(kind: ListKind, words: Uint32Array, length: number): Columns {
  const starts = new Float64Array(length);
  const ends = new Float64Array(length);
  const flags = new Uint32Array(length);
  const isVmas = kind === 'vmas';
  const names = new Uint32Array(isVmas ? length : 0);
  const low_flags = new Uint32Array(isVmas ? 0 : length);
  const stride = SIZES[kind] / 4;
  const page = (at: number): number => Math.min(words[at + 1]! * 2 ** 20 + (words[at]! >>> 12), MAX_PAGE);
  for (let i = 0, at = 0; i < length; i++, at += stride) {
    starts[i] = page(at);
    ends[i] = isVmas ? page(at + 2) : starts[i]! + words[at + 2]! + words[at + 3]! * 2 ** 32;
    flags[i] = words[at + (isVmas ? 4 : 5)]!;
    if (isVmas) names[i] = words[at + 13]!;
    else low_flags[i] = words[at + 4]!;
  }
  return { starts, ends, flags, names, low_flags };
}

/** Tells whether a list is a packed one. */
export const isPacked = (list: readonly unknown[]): boolean => (list as Packed)[KIND] !== undefined;

/** Tells whether two lists are packed and hold the same. */
export function areSamePacked(a: readonly unknown[], b: readonly unknown[]): boolean {
  const [x, y] = [a, b] as [readonly (Vma | Extent)[], readonly (Vma | Extent)[]];
  const kind = (a as Packed)[KIND];
  if (!kind || kind !== (b as Packed)[KIND] || a.length !== b.length) return false;
  return commonEnds(kind, x, y)[0] === a.length;
}

/** Counts the items at the front and at the back that two lists have in common; 0 and 0 for arrays of values. */
export function commonEnds(
  kind: ListKind,
  a: readonly (Vma | Extent)[],
  b: readonly (Vma | Extent)[],
): readonly [front: number, back: number] {
  const [old, now] = [bytesOf(a), bytesOf(b)];
  if (!old || !now) return [0, 0];
  const [x, y] = [new Uint32Array(old), new Uint32Array(now)];
  const stride = SIZES[kind] / 4;
  const used = USED[kind];
  const same = (i: number, k: number): boolean => {
    for (let w = 0; w < used; w++) if (x[i * stride + w] !== y[k * stride + w]) return false;
    return true;
  };
  const most = Math.min(a.length, b.length);
  let front = 0;
  while (front < most && same(front, front)) front++;
  let back = 0;
  while (back < most - front && same(a.length - 1 - back, b.length - 1 - back)) back++;
  return [front, back];
}

function decodeVma(view: DataView, at: number): Vma {
  return {
    id: view.getUint32(at + 48, true),
    vm_start: view.getBigUint64(at, true),
    vm_end: view.getBigUint64(at + 8, true),
    vm_flags: view.getBigUint64(at + 16, true),
    vm_pgoff: view.getBigUint64(at + 24, true),
    name: view.getUint32(at + 52, true),
    file: view.getUint32(at + 56, true),
    anon_vma: view.getUint32(at + 60, true),
    rss: Number(view.getBigUint64(at + 40, true)),
    pss: Number(view.getBigUint64(at + 32, true)),
  };
}

function decodeExtent(view: DataView, at: number): Extent {
  return {
    start: view.getBigUint64(at, true),
    nr_pages: Number(view.getBigUint64(at + 8, true)),
    kind: view.getUint32(at + 32, true),
    kpf: view.getBigUint64(at + 16, true),
    mlock_count: view.getUint32(at + 40, true),
    mapcount: view.getUint32(at + 36, true),
    folio: view.getBigUint64(at + 24, true),
    dirty: view.getUint32(at + 44, true) !== 0,
  };
}
