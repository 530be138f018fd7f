// Bit numbers of a word of /proc/kpageflags. Linux: include/uapi/linux/kernel-page-flags.h.

export const KPF_LOCKED = 0;
export const KPF_REFERENCED = 2;
export const KPF_UPTODATE = 3;
export const KPF_DIRTY = 4;
export const KPF_LRU = 5;
export const KPF_ACTIVE = 6;
export const KPF_MMAP = 11;
export const KPF_ANON = 12;
export const KPF_SWAPCACHE = 13;
export const KPF_SWAPBACKED = 14;
export const KPF_UNEVICTABLE = 18;
export const KPF_ZERO_PAGE = 24;
export const KPF_MLOCKED = 33;
export const KPF_MAPPEDTODISK = 34;
