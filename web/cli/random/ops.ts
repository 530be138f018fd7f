// Calls of random scenarios as text, their arguments drawn. All addresses lie in one arena of PAGES pages at A.
import type { Draw } from './draw';

/** Draws a call whose result is a long; its text is C of the playground's subset. */
export type Op = (draw: Draw) => string;

/** Pages of the arena. */
export const PAGES = 24;

/** The address of a page. */
export const page = (d: Draw): string => `A + ${d.below(PAGES)} * P`;

/** An address and a length of at most eight pages, as two arguments. */
export const range = (d: Draw): string => {
  const from = d.below(PAGES);
  return `A + ${from} * P, ${1 + d.below(Math.min(8, PAGES - from))} * P`;
};

/** The index of one of the three files or segments. */
export const slot = (d: Draw): number => d.below(3);

export const prot = (d: Draw): string =>
  d.pick(['PROT_NONE', 'PROT_READ', 'PROT_READ | PROT_WRITE', 'PROT_READ | PROT_WRITE', 'PROT_READ | PROT_WRITE']);

/** MAP_FIXED, and at times a flag that brings pages in. `more`: further flags to draw from. */
export const fixed = (d: Draw, ...more: string[]): string =>
  `MAP_FIXED${d.pick(['', '', ' | MAP_LOCKED', ' | MAP_POPULATE', ...more])}`;

export const munmap: Op = (d) => `munmap(${range(d)})`;
export const read: Op = (d) => `touch_read(${range(d)})`;
export const write: Op = (d) => `touch_write(${range(d)})`;
export const mincore: Op = (d) => `resident(${range(d)})`;
export const mseal: Op = (d) => `mseal(${range(d)}, 0)`;
export const memlock: Op = (d) => `limit(RLIMIT_MEMLOCK, ${d.below(30)} * P)`;
export const capable: Op = (d) => `${d.pick(['cap_raise', 'cap_drop'])}(CAP_IPC_LOCK)`;
export const lockAll: Op = (d) => `mlockall(${d.pick(['MCL_FUTURE', 'MCL_FUTURE | MCL_ONFAULT'])})`;
export const unlockAll: Op = () => 'munlockall()';

/** mmap() of anonymous memory of one of these types. */
export const anonymous =
  (...types: string[]): Op =>
  (d) =>
    `(long)mmap(${range(d)}, ${prot(d)}, ${d.pick(types)} | MAP_ANONYMOUS | ${fixed(d, ' | MAP_NORESERVE')}, -1, 0)`;
export const mapAny = anonymous('MAP_PRIVATE', 'MAP_PRIVATE', 'MAP_SHARED');

/** mmap() of one of the three files. */
export const fileMap: Op = (d) => {
  const type = d.pick(['MAP_SHARED', 'MAP_SHARED', 'MAP_PRIVATE']);
  return `(long)mmap(${range(d)}, ${prot(d)}, ${type} | ${fixed(d)}, fd[${slot(d)}], ${d.below(6)} * P)`;
};

export const truncate: Op = (d) => `ftruncate(fd[${slot(d)}], ${d.below(12)} * P + ${d.pick([0, 0, 100])})`;

/** fallocate() that makes a hole more often than not. */
export const punch: Op = (d) => {
  const hole = 'FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE';
  const [file, mode] = [slot(d), d.pick([hole, hole, '0', 'FALLOC_FL_KEEP_SIZE'])];
  return `fallocate(fd[${file}], ${mode}, ${d.below(10)} * P + ${d.pick([0, 0, 50])}, ${1 + d.below(4)} * P)`;
};

/** madvise() with one of these. */
export const advise =
  (...advice: string[]): Op =>
  (d) =>
    `madvise(${range(d)}, ${d.pick(advice)})`;

/** Advice that takes pages away, or would where memory is not locked. */
export const TAKING = ['MADV_DONTNEED', 'MADV_DONTNEED_LOCKED', 'MADV_REMOVE', 'MADV_PAGEOUT', 'MADV_COLD'];

/** remap_file_pages() to one of the first `pages` pages. */
export const remapPages =
  (pages: number): Op =>
  (d) =>
    `remap_file_pages(${range(d)}, 0, ${d.below(pages)}, 0)`;

/** msync() that also invalidates, which a locked VMA refuses. */
export const invalidate: Op = (d) => `msync(${range(d)}, MS_SYNC | MS_INVALIDATE)`;

/** mremap() that grows, shrinks, moves or, with a length of 0, maps shared memory a second time. */
export const resize: Op = (d) => {
  const old = 1 + d.below(6);
  const flags = d.pick(['0', 'MREMAP_MAYMOVE | MREMAP_FIXED', 'MREMAP_MAYMOVE | MREMAP_FIXED']);
  const size = d.pick([old, old, 1 + d.below(8), 0]);
  const from = size === 0 ? `${page(d)}, 0, ${1 + d.below(6)} * P` : `${page(d)}, ${old} * P, ${size} * P`;
  return `(long)mremap(${from}, ${flags}, ${page(d)})`;
};

/** mremap() that moves the pages and keeps the mapping. */
export const keep: Op = (d) => {
  const from = page(d);
  const size = 1 + d.below(5);
  return `(long)mremap(${from}, ${size} * P, ${size} * P, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, ${page(d)})`;
};

/** What every area calls, with its weights. `map`: the area's own mmap(). */
export const basics = (weight: number, map = mapAny): [number, Op][] => [
  [3 * weight, (d) => `mlock(${range(d)})`],
  [2 * weight, (d) => `mlock2(${range(d)}, MLOCK_ONFAULT)`],
  [3 * weight, (d) => `munlock(${range(d)})`],
  [2 * weight, read],
  [3 * weight, write],
  [weight, munmap],
  [2 * weight, (d) => `mprotect(${range(d)}, ${prot(d)})`],
  [2 * weight, map],
  [weight, mincore],
];
