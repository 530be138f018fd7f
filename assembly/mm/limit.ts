// What the caller may do: its limits and capabilities. They are read again at every check.
import { CAPS_IPC_LOCK } from '../abi/cap';
import { RLIMIT_AS, RLIMIT_DATA, RLIMIT_MEMLOCK, RLIM_NLIMITS } from '../abi/rlimit';

export const RLIM_INFINITY: u64 = 0xffffffffffffffff;

@unmanaged
export class Limits {
  /** Soft and hard limits in bytes, by RLIMIT_*. */
  cur: StaticArray<u64> = new StaticArray<u64>(RLIM_NLIMITS);
  max: StaticArray<u64> = new StaticArray<u64>(RLIM_NLIMITS);
  /** CAPS_* of the effective set. */
  caps: u32 = 0;

  /** CAP_IPC_LOCK in effect: no limit on locked memory at all. */
  ipc_lock(): bool {
    return (this.caps & CAPS_IPC_LOCK) != 0;
  }

  /** Soft RLIMIT_MEMLOCK in whole pages. */
  memlock_pages(): u64 {
    return unchecked(this.cur[RLIMIT_MEMLOCK]) >> 12;
  }

  as_pages(): u64 {
    return this.cur[RLIMIT_AS] >> 12;
  }

  data_pages(): u64 {
    return this.cur[RLIMIT_DATA] >> 12;
  }

  copy(from: Limits): void {
    for (let i = 0; i < RLIM_NLIMITS; i++) {
      this.cur[i] = from.cur[i];
      this.max[i] = from.max[i];
    }
    this.caps = from.caps;
  }
}
