import type { Named } from './model';

export const PAGE = 4096n;
const MASK64 = 0xffff_ffff_ffff_ffffn;

/** Reads a register as an unsigned 64-bit number. */
export const u64 = (value: bigint): bigint => value & MASK64;

/** Rounds up to a page in 64 bits, as the kernel does: the last page of all wraps to 0. */
export const pageUp = (value: bigint): bigint => u64(value + PAGE - 1n) & ~(PAGE - 1n);
export const pageDown = (value: bigint): bigint => value & ~(PAGE - 1n);

/** Counts the pages of [start, end). Both are page aligned. */
export const pagesIn = (start: bigint, end: bigint): number => Number((end - start) / PAGE);

export const hex = (value: bigint): string => `0x${u64(value).toString(16)}`;

/** Shortens an address to what tells it from its neighbours: "…fe7000". Short ones stay whole. */
export function shortAddress(address: bigint): string {
  const digits = u64(address).toString(16);
  return digits.length > 8 ? `…${digits.slice(-6)}` : `0x${digits}`;
}

/** Lists the names that hold at `step`: of each name the mapping it was given last. */
export function namesAt(names: readonly Named[], step: number): Named[] {
  const last = new Map<string, Named>();
  for (const named of names) {
    const before = last.get(named.name);
    if (named.step <= step && (!before || before.step <= named.step)) last.set(named.name, named);
  }
  return [...last.values()];
}

/** Finds the mapping that an address belongs to; of two over one place the later one. */
export function namedAt(names: readonly Named[], address: bigint): Named | null {
  let found: Named | null = null;
  for (const named of names) {
    const covers = named.start <= address && address < named.end;
    if (covers && (!found || named.step >= found.step)) found = named;
  }
  return found;
}

/** Writes an address by name: "buf", "buf+10p", "buf+100". Null where no name covers it. */
export function nameOf(names: readonly Named[], address: bigint): string | null {
  const named = namedAt(names, address);
  if (!named) return null;
  const offset = address - named.start;
  if (offset === 0n) return named.name;
  return offset % PAGE === 0n ? `${named.name}+${offset / PAGE}p` : `${named.name}+${offset}`;
}

/** "The page", "Both pages", "All 16 pages": the subject of a sentence. */
export const allPages = (n: number): string => (n === 1 ? 'The page' : n === 2 ? 'Both pages' : `All ${n} pages`);

/** Counts in words: "1 page", "16 pages". */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
