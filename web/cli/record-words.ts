// The words of a record: what a flag word, an address or a kind of mapping is called in it.
import {
  NAME_ANON,
  NAME_DATA,
  NAME_FILE,
  NAME_LD,
  NAME_LIBC,
  NAME_MEMFD,
  NAME_RELRO,
  NAME_RODATA,
  NAME_SECRETMEM,
  NAME_SHARED_ANON,
  NAME_STACK,
  NAME_SYSV,
  NAME_TEXT,
  NAME_VDSO,
  NAME_VVAR,
  NAME_VVAR_VCLOCK,
  PAGE_GUARD,
  PAGE_SWAP,
  PAGE_ZERO,
} from '../../assembly/abi/layout';
import { KPF_ANON, KPF_LRU, KPF_MLOCKED, KPF_SWAPBACKED, KPF_UNEVICTABLE } from '../../assembly/abi/kpf';
import { permsOf, vmFlagLetters } from '../run/flags';

const BACKING: Readonly<Record<number, string>> = {
  [NAME_ANON]: 'anon',
  [NAME_TEXT]: '[text]',
  [NAME_RODATA]: '[rodata]',
  [NAME_RELRO]: '[relro]',
  [NAME_DATA]: '[data]',
  [NAME_STACK]: '[stack]',
  [NAME_VVAR]: '[vvar]',
  [NAME_VVAR_VCLOCK]: '[vvar_vclock]',
  [NAME_VDSO]: '[vdso]',
  [NAME_LIBC]: '[libc]',
  [NAME_LD]: '[ld]',
  [NAME_SHARED_ANON]: 'shared-anon',
  [NAME_SECRETMEM]: 'secretmem',
};
const NUMBERED: Readonly<Record<number, string>> = { [NAME_MEMFD]: 'memfd', [NAME_FILE]: 'file', [NAME_SYSV]: 'sysv' };

// An offset is one into a file; these have none.
const NO_FILE = [NAME_ANON, NAME_STACK, NAME_VVAR, NAME_VVAR_VCLOCK, NAME_VDSO];

const MEMO_MAX = 1 << 16;

/** Keeps the answers of `make`, which depend on the number alone. */
function memo<V>(make: (key: number) => V): (key: number) => V {
  const known = new Map<number, V>();
  return (key) => {
    let value = known.get(key);
    if (value !== undefined) return value;
    if (known.size === MEMO_MAX) known.clear();
    known.set(key, (value = make(key)));
    return value;
  };
}

const bit = (word: number, number: number): boolean => (word / 2 ** number) % 2 >= 1;

/** The letters of VmFlags of a flag word. */
export const lettersOf = memo((flags) => vmFlagLetters(BigInt(flags)).join(' '));
/** The four characters of maps. */
export const permsWord = memo((flags) => permsOf(BigInt(flags)));

/** Names what stands behind a mapping, by its NAME_*. */
export function backingOf(name: number, slot: number): string {
  const numbered = NUMBERED[name];
  return numbered ? `${numbered}:${slot}` : (BACKING[name] ?? 'anon');
}

/** True if a VMA of this name has an offset into a file. */
export const hasOffset = (name: number): boolean => !NO_FILE.includes(name);

/** What a record wants to know of a word of /proc/kpageflags. */
export const pageFacts = memo((kpf) => {
  const anon = bit(kpf, KPF_ANON);
  const lru = bit(kpf, KPF_LRU);
  const mlocked = bit(kpf, KPF_MLOCKED);
  const unevictable = bit(kpf, KPF_UNEVICTABLE);
  const words = ['present', anon ? 'anon' : 'file'];
  if (lru) words.push('lru');
  if (mlocked) words.push('mlocked');
  if (unevictable) words.push('unevictable');
  if (anon && !bit(kpf, KPF_SWAPBACKED)) words.push('lazyfree');
  return { words: words.join(' '), lru, mlocked, unevictable };
});

/** The flags of a run of pages of one PAGE_* kind; '' where its kpf word tells them. */
export function pageWords(kind: number): string {
  if (kind === PAGE_SWAP) return 'swap';
  if (kind === PAGE_GUARD) return 'guard';
  return kind === PAGE_ZERO ? 'present zero' : '';
}
