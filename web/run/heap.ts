// glibc's malloc, as far as its manual tells and as far as it matters for locked memory: where memory comes from.
//
//   size < 128 KiB   a piece of the heap; the heap grows by what is missing plus 128 KiB, in whole pages
//   else             a mapping of its own, 16 bytes longer, in whole pages; free() unmaps it
//
// Differs: the threshold does not move when such a mapping is freed, pieces are only reused for the same size, and
// the few bytes that glibc writes before each piece do not touch its page.

/** M_MMAP_THRESHOLD and M_TOP_PAD. */
export const MMAP_THRESHOLD = 128n * 1024n;
const TOP_PAD = 128n * 1024n;
const HEADER = 16n;
const PAGE = 4096n;
const MIN_CHUNK = 32n;

const pages = (size: bigint): bigint => (size + PAGE - 1n) & ~(PAGE - 1n);

/** Heap of one process. */
export class Heap {
  #next = 0n;
  #end = 0n;
  #sizes = new Map<bigint, bigint>();
  #free = new Map<bigint, bigint[]>();
  #mapped = new Map<bigint, bigint>();

  clone(): Heap {
    const copy = new Heap();
    copy.#next = this.#next;
    copy.#end = this.#end;
    copy.#sizes = new Map(this.#sizes);
    copy.#free = new Map([...this.#free].map(([size, list]) => [size, [...list]]));
    copy.#mapped = new Map(this.#mapped);
    return copy;
  }

  /** Bytes that a block of its own needs; 0n: it comes from the heap. */
  mappingFor(size: bigint): bigint {
    return size >= MMAP_THRESHOLD ? pages(size + HEADER) : 0n;
  }

  /** Notes a mapping made for a block; gives the block's address. */
  addMapping(base: bigint, length: bigint): bigint {
    this.#mapped.set(base + HEADER, length);
    return base + HEADER;
  }

  /** Bytes by which the heap must grow from `brk` before take() can serve a size; 0n: none. */
  growth(size: bigint, brk: bigint): bigint {
    const chunk = chunkOf(size);
    if (this.#free.get(chunk)?.length) return 0n;
    const start = this.#end === brk ? this.#next : brk;
    if (start + chunk + MIN_CHUNK <= brk && this.#end === brk) return 0n;
    const missing = start + chunk + MIN_CHUNK - brk;
    return pages(missing + TOP_PAD);
  }

  /** Notes that the heap reaches from `from` (where it was moved by others: its new begin) to `end`. */
  grown(from: bigint, end: bigint): void {
    if (this.#end !== from) this.#next = from;
    this.#end = end;
  }

  /** Gives the address of a piece; growth() came before. */
  take(size: bigint): bigint {
    const chunk = chunkOf(size);
    const reused = this.#free.get(chunk)?.pop();
    const address = reused ?? this.#next + HEADER;
    if (reused === undefined) this.#next += chunk;
    this.#sizes.set(address, chunk);
    return address;
  }

  /** What free() has to unmap: [base, length], null for a piece of the heap, 'invalid' for what malloc never gave. */
  release(address: bigint): readonly [bigint, bigint] | null | 'invalid' {
    const length = this.#mapped.get(address);
    if (length !== undefined) {
      this.#mapped.delete(address);
      return [address - HEADER, length];
    }
    const chunk = this.#sizes.get(address);
    if (chunk === undefined) return 'invalid';
    this.#sizes.delete(address);
    this.#free.set(chunk, [...(this.#free.get(chunk) ?? []), address]);
    return null;
  }
}

function chunkOf(size: bigint): bigint {
  const chunk = (size + 8n + 15n) & ~15n;
  return chunk < MIN_CHUNK ? MIN_CHUNK : chunk;
}
