// Flag words in the letters and names that the kernel prints.
// Linux: fs/proc/task_mmu.c:show_smap_vma_flags(), include/uapi/linux/kernel-page-flags.h

const VM_FLAGS: readonly (readonly [bit: number, letters: string, name: string])[] = [
  [0, 'rd', 'VM_READ'],
  [1, 'wr', 'VM_WRITE'],
  [2, 'ex', 'VM_EXEC'],
  [3, 'sh', 'VM_SHARED'],
  [4, 'mr', 'VM_MAYREAD'],
  [5, 'mw', 'VM_MAYWRITE'],
  [6, 'me', 'VM_MAYEXEC'],
  [7, 'ms', 'VM_MAYSHARE'],
  [8, 'gd', 'VM_GROWSDOWN'],
  [9, 'um', 'VM_UFFD_MISSING'],
  [10, 'pf', 'VM_PFNMAP'],
  [11, 'gu', 'VM_MAYBE_GUARD'],
  [12, 'uw', 'VM_UFFD_WP'],
  [13, 'lo', 'VM_LOCKED'],
  [14, 'io', 'VM_IO'],
  [15, 'sr', 'VM_SEQ_READ'],
  [16, 'rr', 'VM_RAND_READ'],
  [17, 'dc', 'VM_DONTCOPY'],
  [18, 'de', 'VM_DONTEXPAND'],
  [19, 'lf', 'VM_LOCKONFAULT'],
  [20, 'ac', 'VM_ACCOUNT'],
  [21, 'nr', 'VM_NORESERVE'],
  [22, 'ht', 'VM_HUGETLB'],
  [23, 'sf', 'VM_SYNC'],
  [24, 'ar', 'VM_ARCH_1'],
  [25, 'wf', 'VM_WIPEONFORK'],
  [26, 'dd', 'VM_DONTDUMP'],
  [28, 'mm', 'VM_MIXEDMAP'],
  [29, 'hg', 'VM_HUGEPAGE'],
  [30, 'nh', 'VM_NOHUGEPAGE'],
  [31, 'mg', 'VM_MERGEABLE'],
  [37, 'ss', 'VM_SHADOW_STACK'],
  [38, 'ui', 'VM_UFFD_MINOR'],
  [40, 'dp', 'VM_DROPPABLE'],
  [42, 'sl', 'VM_SEALED'],
];

const KPF: readonly (readonly [bit: number, name: string])[] = [
  [0, 'LOCKED'],
  [2, 'REFERENCED'],
  [3, 'UPTODATE'],
  [4, 'DIRTY'],
  [5, 'LRU'],
  [6, 'ACTIVE'],
  [7, 'SLAB'],
  [8, 'WRITEBACK'],
  [9, 'RECLAIM'],
  [10, 'BUDDY'],
  [11, 'MMAP'],
  [12, 'ANON'],
  [13, 'SWAPCACHE'],
  [14, 'SWAPBACKED'],
  [15, 'COMPOUND_HEAD'],
  [16, 'COMPOUND_TAIL'],
  [17, 'HUGE'],
  [18, 'UNEVICTABLE'],
  [19, 'HWPOISON'],
  [20, 'NOPAGE'],
  [21, 'KSM'],
  [22, 'THP'],
  [23, 'OFFLINE'],
  [24, 'ZERO_PAGE'],
  [25, 'IDLE'],
  [26, 'PGTABLE'],
  [32, 'RESERVED'],
  [33, 'MLOCKED'],
  [34, 'MAPPEDTODISK'],
  [35, 'PRIVATE'],
];

/** True when all bits of `mask` are set. */
export function has(flags: bigint, mask: number): boolean {
  return (flags & BigInt(mask)) === BigInt(mask);
}

/** Lists the letters of VmFlags in the order in which smaps prints them. Protection key bits print nothing. */
export function vmFlagLetters(flags: bigint): string[] {
  return VM_FLAGS.filter(([bit]) => (flags >> BigInt(bit)) & 1n).map(([, letters]) => letters);
}

/** Lists the VM_* names of the set bits. */
export function vmFlagNames(flags: bigint): string[] {
  return VM_FLAGS.filter(([bit]) => (flags >> BigInt(bit)) & 1n).map(([, , name]) => name);
}

/** Reads VmFlags letters back into bits; letters that smaps does not know count as nothing. */
export function vmFlagsFromLetters(letters: string): bigint {
  const words = letters.split(/\s+/);
  return VM_FLAGS.reduce((flags, [bit, word]) => (words.includes(word) ? flags | (1n << BigInt(bit)) : flags), 0n);
}

/** The four characters of maps: "rw-p". The fourth tells VM_MAYSHARE, so a read-only shared file mapping has `s` too. */
export function permsOf(flags: bigint): string {
  const on = (bit: bigint, letter: string): string => ((flags >> bit) & 1n ? letter : '-');
  return `${on(0n, 'r')}${on(1n, 'w')}${on(2n, 'x')}${(flags >> 7n) & 1n ? 's' : 'p'}`;
}

/** Lists the names of the set bits of a word of /proc/kpageflags, without the prefix KPF_. */
export function kpfNames(word: bigint): string[] {
  return KPF.filter(([bit]) => (word >> BigInt(bit)) & 1n).map(([, name]) => name);
}
