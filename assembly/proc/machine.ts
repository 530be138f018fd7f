// Parameters of the whole machine.
import {
  SYSCTL_BATCHES,
  SYSCTL_KERNEL_FIXED,
  SYSCTL_MAX_MAP_COUNT,
  SYSCTL_OVERCOMMIT_MEMORY,
  SYSCTL_SWAPPINESS,
  SYSCTL_SWAP_PAGES,
} from '../abi/sysctl';
import { sysctl } from '../mm/mm';

/** Sets a parameter; false: this value is not modelled. */
export function set_sysctl(which: u32, value: u64): bool {
  switch (which) {
    case SYSCTL_MAX_MAP_COUNT:
      sysctl.max_map_count = value;
      return true;
    case SYSCTL_OVERCOMMIT_MEMORY:
      return value < 2;
    case SYSCTL_SWAPPINESS:
      sysctl.swappiness = value;
      return true;
    case SYSCTL_BATCHES:
      sysctl.batches = value;
      return true;
    case SYSCTL_KERNEL_FIXED:
      sysctl.kernel_fixed = value;
      return true;
    case SYSCTL_SWAP_PAGES:
      sysctl.swap_free = value;
      return true;
    default:
      return false;
  }
}
