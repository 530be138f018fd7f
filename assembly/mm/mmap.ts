// mmap(addr, len, prot, flags, file, pgoff). First failure wins:
//
//   len 0 EINVAL; len rounds to 0 ENOMEM; offset + len wraps EOVERFLOW; map_count > max_map_count ENOMEM
//   address: no gap ENOMEM, MAP_FIXED unaligned EINVAL, below mmap_min_addr EPERM, MAP_FIXED_NOREPLACE taken EEXIST
//   MAP_LOCKED with limit 0 EPERM; locked_vm over the limit EAGAIN      nothing changed up to here
//   type, rights of the file                                            EINVAL, EACCES, EOPNOTSUPP, EPERM
//   a VMA in the way: sealed EPERM, split at max_map_count ENOMEM
//   RLIMIT_AS, RLIMIT_DATA                                  ENOMEM      the edges stay split
//   memfd_secret over the limit                             EAGAIN      what was there is gone
//
// Linux: mm/mmap.c:do_mmap(), mm/vma.c:__mmap_region()
import { EACCES, EAGAIN, EEXIST, EINTR, EINVAL, ENOMEM, EOPNOTSUPP, EOVERFLOW, EPERM } from '../abi/errno';
import {
  EV_RANGE,
  EV_VMA_NEW,
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_ALIGNED,
  WHY_FILE_ACCESS,
  WHY_FILE_SIZE,
  WHY_FITS_LIMIT,
  WHY_FLAGS,
  WHY_GAP,
  WHY_LEN,
  WHY_MAP_COUNT,
  WHY_MAP_TYPE,
  WHY_MIN_ADDR,
  WHY_NOREPLACE,
  WHY_RLIMIT_AS,
  WHY_TASK_SIZE,
} from '../abi/event';
import { NAME_ANON, NAME_SECRETMEM, NAME_SHARED_ANON } from '../abi/layout';
import {
  MAP_DROPPABLE,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_GROWSDOWN,
  MAP_HUGETLB,
  MAP_LOCKED,
  MAP_NONBLOCK,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_SHARED_VALIDATE,
  MAP_STACK,
  MAP_TYPE,
  PROT_EXEC,
  PROT_WRITE,
  TASK_SIZE,
  VM_ACCOUNT,
  VM_DONTDUMP,
  VM_DROPPABLE,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_LOCKED,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_NOHUGEPAGE,
  VM_NORESERVE,
  VM_PKEY_EXECUTE_ONLY,
  VM_SHARED,
  VM_WIPEONFORK,
  VM_WRITE,
} from '../abi/mman';
import { CAPS_SYS_RAWIO } from '../abi/cap';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { File, get_file, open_object } from '../page/object';
import { may_expand_vm } from './expand';
import { can_do_mlock, mmap_write_lock_killable, round_up } from './mlock';
import { Mm, sysctl } from './mm';
import { merge_new } from './merge';
import { gather, mapped_pages, unmap_vmas } from './munmap';
import { mm_populate } from './populate';
import { mlock_future_ok } from './stack';
import { NO_GAP, get_unmapped_area, round_hint } from './unmapped-area';
import { Vma } from './vma';
import { VM_LOCKED_MASK, lockable } from './vm-flags';

/** Flag bits that MAP_SHARED_VALIDATE knows. */
const LEGACY_FLAGS: u32 = 0x7c07f9f3;

/** The system call; `file` is null for MAP_ANONYMOUS, `pgoff` in pages. Returns the address or -errno. */
export function mmap(mm: Mm, addr: u64, len: u64, prot: u32, flags: u32, file: File | null, pgoff: u64): i64 {
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const result = do_mmap(mm, addr, len, prot, flags, file, pgoff, 0);
  lock_released(LOCK_MMAP_WRITE);
  if (result < 0 && result > -4096) return result;
  if (wants_populate(mm, flags)) {
    lock_taken(LOCK_MMAP_READ);
    mm_populate(mm, result, <u64>result + round_up(len), true);
    lock_released(LOCK_MMAP_READ);
  }
  return result;
}

/** VM_LOCKED from either source, or MAP_POPULATE without MAP_NONBLOCK. */
function wants_populate(mm: Mm, flags: u32): bool {
  if (flags & MAP_LOCKED || mm.def_flags & VM_LOCKED) return true;
  return (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE;
}

/** mmap() for a caller that holds mmap_lock and populates; `name` overrides the VMA's name (SysV). */
export function do_mmap(
  mm: Mm,
  addr: u64,
  len: u64,
  prot: u32,
  flags: u32,
  file: File | null,
  pgoff: u64,
  name: u32,
): i64 {
  if (len == 0) return fail(EINVAL, WHY_LEN, len);
  pass(WHY_LEN, len, 0, 0, 0, EINVAL);
  const rounded = round_up(len);
  if (rounded == 0) return fail(ENOMEM, WHY_LEN, len);
  const nr_pages = rounded >> 12;
  if (pgoff + nr_pages < pgoff) return fail(EOVERFLOW, WHY_FILE_SIZE, pgoff, len);
  if (mm.map_count > sysctl.max_map_count) return fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count);
  pass(WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count, 0, 0, ENOMEM);
  const start = choose_address(mm, addr, rounded, flags, file);
  if (start < 0) return start;
  const shared_type = flags & MAP_TYPE;
  let vm_flags = base_flags(mm, prot, flags);
  if (flags & MAP_LOCKED && !can_do_mlock(mm)) return -EPERM;
  if (!mlock_future_ok(mm, vm_flags, nr_pages)) {
    mm.asked = mm.locked_vm + nr_pages;
    return fail(EAGAIN, WHY_FITS_LIMIT, nr_pages, mm.locked_vm, 0, mm.limits.memlock_pages());
  }
  if (vm_flags & VM_LOCKED)
    pass(WHY_FITS_LIMIT, nr_pages, mm.locked_vm, 0, mm.limits.memlock_pages(), EAGAIN, mm.limits.ipc_lock() ? 1 : 0);
  let offset = pgoff;
  if (file) {
    const error = check_file(file, prot, flags, vm_flags);
    if (error) return error;
    if (file.noexec()) vm_flags &= ~(<u64>VM_MAYEXEC);
    if (shared_type != MAP_PRIVATE) vm_flags |= file.writable ? VM_SHARED | VM_MAYSHARE : VM_MAYSHARE;
    if (shared_type != MAP_PRIVATE && !file.writable) vm_flags &= ~(<u64>VM_MAYWRITE);
  } else if (shared_type == MAP_SHARED) {
    if (vm_flags & VM_GROWSDOWN) return fail(EINVAL, WHY_MAP_TYPE, flags);
    offset = 0;
    vm_flags |= VM_SHARED | VM_MAYSHARE;
  } else if (shared_type == MAP_PRIVATE || shared_type == MAP_DROPPABLE) {
    if (shared_type == MAP_DROPPABLE) {
      if (flags & (MAP_LOCKED | MAP_HUGETLB) || vm_flags & VM_GROWSDOWN) return fail(EINVAL, WHY_MAP_TYPE, flags);
      vm_flags |= VM_DROPPABLE | VM_NORESERVE | VM_WIPEONFORK | VM_DONTDUMP;
    }
    offset = (<u64>start) >> 12;
  } else return fail(EINVAL, WHY_MAP_TYPE, flags);
  pass(WHY_MAP_TYPE, flags, 0, 0, 0, EINVAL);
  if (flags & MAP_NORESERVE) vm_flags |= VM_NORESERVE;
  return mmap_region(mm, start, <u64>start + rounded, vm_flags, file, offset, name);
}

function choose_address(mm: Mm, addr: u64, len: u64, flags: u32, file: File | null): i64 {
  if (len > <u64>TASK_SIZE) return fail(ENOMEM, WHY_TASK_SIZE, addr, len);
  if (!(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
    const thp = !file && (flags & MAP_TYPE) == MAP_PRIVATE;
    const found = get_unmapped_area(mm, round_hint(addr), len, thp);
    if (found == NO_GAP) return fail(ENOMEM, WHY_GAP, len >> 12);
    pass(WHY_GAP, len >> 12, 0, 0, 0, ENOMEM);
    return found;
  }
  if (addr > <u64>TASK_SIZE - len) return fail(ENOMEM, WHY_TASK_SIZE, addr, len);
  pass(WHY_TASK_SIZE, addr, len, 0, 0, ENOMEM);
  if (addr & 4095) return fail(EINVAL, WHY_ALIGNED, addr);
  pass(WHY_ALIGNED, addr, 0, 0, 0, EINVAL);
  // Linux: security/commoncap.c:cap_mmap_addr(), dac_mmap_min_addr
  if (addr < 4096 && !(mm.limits.caps & CAPS_SYS_RAWIO)) return fail(EPERM, WHY_MIN_ADDR, addr, 4096);
  if (flags & MAP_FIXED_NOREPLACE) {
    const vma = mm.find_vma(addr);
    if (vma && vma.vm_start < addr + len) return fail(EEXIST, WHY_NOREPLACE, addr, vma.vm_start);
    pass(WHY_NOREPLACE, addr, 0, 0, 0, EEXIST);
  }
  return addr;
}

function base_flags(mm: Mm, prot: u32, flags: u32): u64 {
  let vm_flags: u64 = (prot & 7) | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC | mm.def_flags;
  if ((prot & 7) == PROT_EXEC) vm_flags |= VM_PKEY_EXECUTE_ONLY;
  if (flags & MAP_GROWSDOWN) vm_flags |= VM_GROWSDOWN;
  if (flags & MAP_LOCKED) vm_flags |= VM_LOCKED;
  if (flags & MAP_STACK) vm_flags |= VM_NOHUGEPAGE;
  return vm_flags;
}

function check_file(file: File, prot: u32, flags: u32, vm_flags: u64): i64 {
  const type = flags & MAP_TYPE;
  if (type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE)
    return fail(EINVAL, WHY_MAP_TYPE, flags);
  if (type == MAP_SHARED_VALIDATE && flags & ~LEGACY_FLAGS) return fail(EOPNOTSUPP, WHY_FLAGS, flags, LEGACY_FLAGS);
  if (type != MAP_PRIVATE && prot & PROT_WRITE && !file.writable) return fail(EACCES, WHY_FILE_ACCESS, prot, flags);
  if (!file.readable) return fail(EACCES, WHY_FILE_ACCESS, prot, flags);
  if (file.noexec() && vm_flags & VM_EXEC) return fail(EPERM, WHY_FILE_ACCESS, prot, flags);
  if (vm_flags & VM_GROWSDOWN) return fail(EINVAL, WHY_MAP_TYPE, flags);
  pass(WHY_FILE_ACCESS, prot, flags, 0, 0, EACCES);
  return 0;
}

/** Private and writable memory that was not reserved otherwise counts as VM_ACCOUNT. */
function accountable(vm_flags: u64): bool {
  return (vm_flags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) == VM_WRITE;
}

// Linux: mm/vma.c:__mmap_region()
function mmap_region(mm: Mm, start: u64, end: u64, flags: u64, file: File | null, pgoff: u64, name: u32): i64 {
  const nr_pages = (end - start) >> 12;
  emit(EV_RANGE, 0, start, end, start, end - start);
  const error = gather(mm, start, end);
  if (error) return error;
  const more = nr_pages - mapped_pages(mm, start, end);
  if (!may_expand_vm(mm, flags, more)) return fail(ENOMEM, WHY_RLIMIT_AS, mm.total_vm, more, mm.limits.as_pages());
  pass(WHY_RLIMIT_AS, mm.total_vm, more, mm.limits.as_pages(), 0, ENOMEM);
  const vm_flags = accountable(flags) ? flags | VM_ACCOUNT : flags;
  // Seen: 6.18.44: secretmem is asked before locked_vm falls by what goes away.
  const secret = file !== null && file.object.name == NAME_SECRETMEM;
  const locked_vm = mm.locked_vm;
  const fits = !secret || mlock_future_ok(mm, VM_LOCKED, nr_pages);
  unmap_vmas(mm, start, end);
  if (secret) return secretmem_mmap(mm, start, end, vm_flags, file!, pgoff, fits, locked_vm);
  const shared_anon = !file && (vm_flags & VM_SHARED) != 0;
  let vma: Vma | null = null;
  if (!shared_anon) vma = merge_new(mm, start, end, vm_flags, file, pgoff, 0, true);
  if (!vma) vma = insert(mm, start, end, vm_flags, file, pgoff, name);
  mm.account(vm_flags, nr_pages);
  if (vm_flags & VM_LOCKED) {
    if (lockable(vm_flags)) mm.locked_vm += nr_pages;
    else vma.vm_flags &= ~VM_LOCKED_MASK;
  }
  return start;
}

function insert(mm: Mm, start: u64, end: u64, vm_flags: u64, file: File | null, pgoff: u64, name: u32): Vma {
  const vma = mm.new_vma();
  vma.vm_start = start;
  vma.vm_end = end;
  vma.vm_flags = vm_flags;
  vma.vm_pgoff = pgoff;
  vma.anon_vma = 0;
  vma.anon_singular = true;
  vma.name = <u16>NAME_ANON;
  if (file) {
    get_file(file);
    vma.vm_file = file;
    vma.name = <u16>(name ? name : file.object.name);
  } else if (vm_flags & VM_SHARED) {
    vma.vm_file = open_object(NAME_SHARED_ANON, end - start);
    vma.name = <u16>NAME_SHARED_ANON;
  }
  mm.link(vma);
  emit(EV_VMA_NEW, 0, vma.id, start, end, vm_flags);
  return vma;
}

// Linux: mm/secretmem.c:secretmem_mmap(): after what was there has gone.
function secretmem_mmap(
  mm: Mm,
  start: u64,
  end: u64,
  vm_flags: u64,
  file: File,
  pgoff: u64,
  fits: bool,
  locked_vm: u64,
): i64 {
  const nr_pages = (end - start) >> 12;
  if (!(vm_flags & VM_SHARED)) return fail(EINVAL, WHY_MAP_TYPE, MAP_PRIVATE);
  if (!fits) {
    mm.asked = locked_vm + nr_pages;
    return fail(EAGAIN, WHY_FITS_LIMIT, nr_pages, locked_vm, 0, mm.limits.memlock_pages());
  }
  const secret = vm_flags | VM_LOCKED | VM_DONTDUMP;
  const merged = merge_new(mm, start, end, secret, file, pgoff, 0, true);
  if (!merged) insert(mm, start, end, secret, file, pgoff, NAME_SECRETMEM);
  mm.account(secret, nr_pages);
  mm.locked_vm += nr_pages;
  return start;
}
