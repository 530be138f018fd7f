// May the address space become larger?
// Linux: mm/mmap.c:may_expand_vm()
import { RLIMIT_DATA } from '../abi/rlimit';
import { Mm } from './mm';
import { is_data } from './vm-flags';

/** False: RLIMIT_AS, or for private writable memory RLIMIT_DATA, does not allow nr_pages more (may be "negative"). */
export function may_expand_vm(mm: Mm, vm_flags: u64, nr_pages: u64): bool {
  if (mm.total_vm + nr_pages > mm.limits.as_pages()) return false;
  if (!is_data(vm_flags) || mm.data_vm + nr_pages <= mm.limits.data_pages()) return true;
  // Quirk: a soft limit of 0 means the hard one (for Valgrind). Seen: 6.18.44.
  return mm.limits.cur[RLIMIT_DATA] == 0 && mm.data_vm + nr_pages <= mm.limits.max[RLIMIT_DATA] >> 12;
}
