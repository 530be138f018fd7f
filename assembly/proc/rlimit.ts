// setrlimit, prlimit64, and the capability set. Limits never touch memory that is locked already.
//
//   resource unknown                          EINVAL
//   soft > hard                               EINVAL
//   hard raised without CAP_SYS_RESOURCE      EPERM
//
// Linux: kernel/sys.c:do_prlimit()
import { EINVAL, EPERM } from '../abi/errno';
import { EV_CAP, EV_RLIMIT, WHY_HARD_RAISE, WHY_RESOURCE, WHY_SOFT_HARD } from '../abi/event';
import { CAPS_SYS_RESOURCE } from '../abi/cap';
import { RLIM_NLIMITS } from '../abi/rlimit';
import { emit, fail, pass } from '../event';
import { Mm } from '../mm/mm';

/** setrlimit(resource, {cur, max}): bytes. */
export function setrlimit(mm: Mm, resource: u32, cur: u64, max: u64): i64 {
  return prlimit(mm, resource, true, cur, max);
}

/** prlimit64(): with `set` also changes the limit. */
export function prlimit(mm: Mm, resource: u32, set: bool, cur: u64, max: u64): i64 {
  if (resource >= <u32>RLIM_NLIMITS) return fail(EINVAL, WHY_RESOURCE, resource);
  pass(WHY_RESOURCE, resource, 0, 0, 0, EINVAL);
  if (!set) return 0;
  const limits = mm.limits;
  if (cur > max) return fail(EINVAL, WHY_SOFT_HARD, cur, max);
  pass(WHY_SOFT_HARD, cur, max, 0, 0, EINVAL);
  const hard = limits.max[resource];
  if (max > hard && !(limits.caps & CAPS_SYS_RESOURCE)) return fail(EPERM, WHY_HARD_RAISE, max, hard);
  pass(WHY_HARD_RAISE, max, hard, 0, 0, EPERM);
  return force_rlimit(mm, resource, cur, max);
}

/** Sets a limit without asking. */
export function force_rlimit(mm: Mm, resource: u32, cur: u64, max: u64): i64 {
  const limits = mm.limits;
  const old_cur = limits.cur[resource];
  const old_max = limits.max[resource];
  if (old_cur != cur || old_max != max) {
    limits.cur[resource] = cur;
    limits.max[resource] = max;
    mm.changed = true;
    emit(EV_RLIMIT, 0, resource, old_cur, cur, old_max, max);
  }
  return 0;
}

/** Sets the effective set; returns the one before. */
export function capset(mm: Mm, caps: u32): i64 {
  const before = mm.limits.caps;
  mm.limits.caps = caps;
  if (before != caps) {
    mm.changed = true;
    emit(EV_CAP, 0, before, caps);
  }
  return before;
}
