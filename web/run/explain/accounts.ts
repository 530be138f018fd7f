// Locked memory is charged to more than one account. Which one a step used, beside those that it did not.
import * as ev from '../../../assembly/abi/event';
import { SYS_shmctl } from '../../../assembly/abi/sysno';
import { PAGE } from '../address';
import type { Account } from '../model';
import type { Context } from './context';

/** Limits in pages from here on are none. */
const INFINITE = (1n << 52n) - 1n;

const limitText = (pages: bigint): string => (pages >= INFINITE ? 'no limit' : `of ${pages}`);

// Linux: mm/mlock.c:user_shm_lock(), mm/util.c:account_locked_vm(), io_uring/rsrc.c:__io_account_mem(),
// kernel/events/core.c:perf_mmap(), drivers/infiniband/core/umem.c:ib_umem_get()
const NOT_MODELLED: Account = {
  name: 'not modelled',
  pages:
    'user->locked_vm (io_uring buffers, perf), mm->pinned_vm (RDMA, perf). BPF maps: the memory cgroup since 5.11.',
  used: false,
};

/**
 * Lists the accounts side by side where a step asked one of them: a limit was checked, or locked_vm changed because a
 * limit said no. Empty for all other steps.
 */
export function accountsFor(context: Context): Account[] {
  const { events, call, was, is, failed } = context;
  const shm = events.find(({ kind, a }) => kind === ev.EV_CHECK && Number(a) === ev.WHY_SHM_LIMIT);
  const broken = failed ? Number(context.broken?.a ?? 0n) : 0;
  const isLimit = broken === ev.WHY_FITS_LIMIT || broken === ev.WHY_TOTAL_VM_FITS || broken === ev.WHY_MAY_LOCK;
  if (call.nr !== SYS_shmctl && !isLimit) return [];
  const limit = was.counters.rlimit_memlock[0] / PAGE;
  const mm: Account = {
    name: 'locked_vm of the mm',
    pages: `${change(was.counters.locked_vm, is.counters.locked_vm)} ${limitText(limit)}`,
    used: shm === undefined && call.nr !== SYS_shmctl,
  };
  const user: Account = shm
    ? {
        name: 'SHM_LOCK of the user',
        pages: `${change(Number(shm.c), failed ? Number(shm.c) : Number(shm.b + shm.c))} ${limitText(shm.d)}`,
        used: true,
      }
    : { name: 'SHM_LOCK of the user', pages: 'an account of its own, with the same limit', used: false };
  return [mm, user, NOT_MODELLED];
}

const change = (before: number, after: number): string => (before === after ? `${before}` : `${before} → ${after}`);
