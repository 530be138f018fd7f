// Linux: include/uapi/asm-generic/resource.h. A limit of RLIM_INFINITY is 2^64 - 1 bytes.

export const RLIMIT_DATA = 2;
export const RLIMIT_STACK = 3;
export const RLIMIT_MEMLOCK = 8;
export const RLIMIT_AS = 9;
export const RLIM_NLIMITS = 16;
/** Linux: include/linux/mm.h */
export const DEFAULT_MAX_MAP_COUNT = 65530;
