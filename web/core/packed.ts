// Where the words of a packed process stand (assembly/peek.ts draws the layout), for readers that make no objects of
// it: u32 word indices. `long` reads two words; exact below 2^53, which every address, length and flag word is.
import { PEEK_BASE, PEEK_EXTENT, PEEK_HEADER, PEEK_VMA } from '../../assembly/abi/layout';

const BASE = PEEK_BASE / 4;
/** Words of one VMA and of one extent, and how many of them tell something. */
export const VMA_WORDS = PEEK_VMA / 4;
export const VMA_USED = 15;
export const EXTENT_WORDS = PEEK_EXTENT / 4;
export const EXTENT_USED = 11;

export const VMA_START = 0;
export const VMA_END = 2;
export const VMA_FLAGS = 4;
export const VMA_PGOFF = 6;
export const VMA_PSS = 8;
export const VMA_RSS = 10;
export const VMA_NAME = 13;
export const VMA_FILE = 14;

export const EXTENT_START = 0;
export const EXTENT_PAGES = 2;
export const EXTENT_KPF = 4;
export const EXTENT_KIND = 8;
export const EXTENT_MAPCOUNT = 9;
export const EXTENT_MLOCK_COUNT = 10;

/** The counters: longs, in the order of Counters in state.ts. */
export const COUNTERS = BASE + 8;
export const COUNTERS_END = COUNTERS + 32;
export const LOCKED_VM = COUNTERS;
export const TOTAL_VM = COUNTERS + 2;
export const DATA_VM = COUNTERS + 4;
export const STACK_VM = COUNTERS + 6;
export const EXEC_VM = COUNTERS + 8;
export const MAP_COUNT = COUNTERS + 10;
export const RSS_ANON = COUNTERS + 12;
export const RSS_FILE = COUNTERS + 14;
export const RSS_SHMEM = COUNTERS + 16;
export const SWAP = COUNTERS + 18;
export const DEF_FLAGS = COUNTERS + 20;
export const START_BRK = COUNTERS + 28;
export const BRK = COUNTERS + 30;

/** Reads the 64-bit value at word `at`. */
export function long(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * 2 ** 32;
}

/** Where the VMAs and the extents of the process begin and end that was packed last. */
export function packedLists(words: Uint32Array): {
  readonly vmas: number;
  readonly extents: number;
  readonly end: number;
} {
  const vmas = BASE + PEEK_HEADER / 4;
  const extents = vmas + words[BASE + 4]! * VMA_WORDS;
  return { vmas, extents, end: extents + words[BASE + 5]! * EXTENT_WORDS };
}
