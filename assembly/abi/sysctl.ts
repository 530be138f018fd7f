// Machine parameters, argument 0 of P_sysctl.

export const SYSCTL_MAX_MAP_COUNT = 1;
export const SYSCTL_OVERCOMMIT_MEMORY = 2;
export const SYSCTL_SWAPPINESS = 3;
/** 0: settle the per-CPU batches after each call (the default); 1: leave them as a real kernel does. */
export const SYSCTL_BATCHES = 4;
/** 0: exactly 6.18; 1: 6.18 with the MREMAP_DONTUNMAP leak mended. */
export const SYSCTL_KERNEL_FIXED = 5;
/** Pages of swap. */
export const SYSCTL_SWAP_PAGES = 6;
