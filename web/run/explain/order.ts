// The order in which the kernel asks, call by call: for the checks that a failed call did not reach.
import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import { count, pagesIn } from '../address';
import { absentRuns, pagesText, type Context } from './context';
import { fixupsNotReached } from './fixup';
import { notReached, type Row } from './rows';

type Stage = readonly [why: number, name: string, errno: string];

const MAY_LOCK: Stage = [ev.WHY_MAY_LOCK, 'may lock at all', 'EPERM'];
const NO_WRAP: Stage = [ev.WHY_NO_WRAP, 'end does not wrap', 'EINVAL'];
const VMA_AT: Stage = [ev.WHY_VMA_AT, '', 'ENOMEM'];
const FIXUP: Stage = [-1, 'mlock_fixup', ''];
const POPULATE: Stage = [ev.WHY_POPULATE, 'populate', ''];
const FLAGS: Stage = [ev.WHY_FLAGS, 'flags are known', 'EINVAL'];
const ALIGNED: Stage = [ev.WHY_ALIGNED, 'start is page aligned', 'EINVAL'];
const MAP_COUNT: Stage = [ev.WHY_MAP_COUNT, 'map_count fits', 'ENOMEM'];
const AS: Stage = [ev.WHY_RLIMIT_AS, 'fits RLIMIT_AS', 'ENOMEM'];
const DATA: Stage = [ev.WHY_RLIMIT_DATA, 'fits RLIMIT_DATA', 'ENOMEM'];
const SEALED: Stage = [ev.WHY_SEALED, 'not sealed', 'EPERM'];
const fits = (errno: string): Stage => [ev.WHY_FITS_LIMIT, 'fits the limit', errno];

const MLOCK = [MAY_LOCK, fits('ENOMEM'), NO_WRAP, VMA_AT, FIXUP, POPULATE];

/** Stages of each call; a stage without a name is only told of when it fails. */
const ORDER: Readonly<Record<number, readonly Stage[]>> = {
  [sys.SYS_mlock]: MLOCK,
  [sys.SYS_mlock2]: [FLAGS, ...MLOCK],
  [sys.SYS_munlock]: [NO_WRAP, VMA_AT, FIXUP],
  [sys.SYS_mlockall]: [
    FLAGS,
    MAY_LOCK,
    [ev.WHY_TOTAL_VM_FITS, 'total_vm fits the limit', 'ENOMEM'],
    [-2, 'def_flags', ''],
    FIXUP,
    POPULATE,
  ],
  [sys.SYS_mmap]: [
    [ev.WHY_ALIGNED, 'address and offset are page aligned', 'EINVAL'],
    [ev.WHY_FD, '', 'EBADF'],
    [ev.WHY_LEN, 'length is usable', 'EINVAL'],
    MAP_COUNT,
    [ev.WHY_TASK_SIZE, '', 'ENOMEM'],
    [ev.WHY_MIN_ADDR, '', 'EPERM'],
    [ev.WHY_GAP, '', 'ENOMEM'],
    [ev.WHY_NOREPLACE, '', 'EEXIST'],
    [ev.WHY_MAY_LOCK, '', 'EPERM'],
    [ev.WHY_FITS_LIMIT, '', 'EAGAIN'],
    [ev.WHY_FILE_ACCESS, '', 'EACCES'],
    [ev.WHY_MAP_TYPE, 'type and flags go together', 'EINVAL'],
    [ev.WHY_SEALED, '', 'EPERM'],
    AS,
    DATA,
    [-3, 'new VMA', ''],
  ],
  [sys.SYS_munmap]: [
    ALIGNED,
    [ev.WHY_LEN, 'length is usable', 'EINVAL'],
    [ev.WHY_MAP_COUNT, '', 'ENOMEM'],
    [-4, 'unmap', ''],
  ],
  [sys.SYS_mprotect]: [
    ALIGNED,
    [ev.WHY_NO_WRAP, 'end does not wrap', 'ENOMEM'],
    [ev.WHY_PROT, 'protection is known', 'EINVAL'],
    VMA_AT,
    [ev.WHY_MAY_PROT, 'VMA may have it', 'EACCES'],
    SEALED,
    DATA,
    [-5, 'flags', ''],
  ],
  [sys.SYS_mremap]: [
    [ev.WHY_MREMAP_FLAGS, 'flags go together', 'EINVAL'],
    ALIGNED,
    [ev.WHY_LEN, 'length is usable', 'EINVAL'],
    [ev.WHY_OVERLAP, '', 'EINVAL'],
    [ev.WHY_MAP_COUNT, '', 'ENOMEM'],
    [ev.WHY_VMA_AT, 'old is mapped', 'EFAULT'],
    [ev.WHY_SEALED, '', 'EPERM'],
    [ev.WHY_OLD_LEN, '', 'EINVAL'],
    [ev.WHY_IN_VMA, 'one VMA covers the old range', 'EFAULT'],
    [ev.WHY_MAY_EXPAND, 'VMA may grow', 'EFAULT'],
    [ev.WHY_FITS_LIMIT, '', 'EAGAIN'],
    AS,
    DATA,
    [ev.WHY_ROOM, 'room behind the VMA', 'ENOMEM'],
  ],
  [sys.SYS_brk]: [
    [ev.WHY_BRK_RANGE, 'not below start_brk', 'ENOMEM'],
    [ev.WHY_FITS_LIMIT, '', 'ENOMEM'],
    [ev.WHY_BRK_GAP, 'room above the heap', 'ENOMEM'],
    [ev.WHY_RLIMIT_AS, 'fits RLIMIT_AS', 'ENOMEM'],
    [ev.WHY_RLIMIT_DATA, 'fits RLIMIT_DATA', 'ENOMEM'],
    [ev.WHY_MAP_COUNT, 'map_count fits', 'ENOMEM'],
  ],
  [sys.SYS_madvise]: [
    [ev.WHY_ADVICE, 'advice is known', 'EINVAL'],
    ALIGNED,
    NO_WRAP,
    [ev.WHY_ADVICE_VMA, 'advice fits the VMA', 'EINVAL'],
  ],
  [sys.SYS_msync]: [
    FLAGS,
    ALIGNED,
    [ev.WHY_NO_WRAP, 'end does not wrap', 'ENOMEM'],
    [ev.WHY_VMA_AT, '', 'ENOMEM'],
    [ev.WHY_NOT_LOCKED, 'no VM_LOCKED in the range', 'EBUSY'],
  ],
  [sys.SYS_mincore]: [ALIGNED, VMA_AT],
  [sys.SYS_setrlimit]: [
    [ev.WHY_RESOURCE, 'resource is known', 'EINVAL'],
    [ev.WHY_SOFT_HARD, 'soft is not above hard', 'EINVAL'],
    [ev.WHY_HARD_RAISE, 'hard limit is not raised', 'EPERM'],
  ],
  [sys.SYS_prlimit64]: [
    [ev.WHY_RESOURCE, 'resource is known', 'EINVAL'],
    [ev.WHY_PROCESS, '', 'ESRCH'],
    [ev.WHY_SOFT_HARD, 'soft is not above hard', 'EINVAL'],
    [ev.WHY_HARD_RAISE, 'hard limit is not raised', 'EPERM'],
  ],
  [sys.SYS_shmctl]: [
    [ev.WHY_SHM_ID, 'segment is known', 'EINVAL'],
    MAY_LOCK,
    [ev.WHY_SHM_LIMIT, 'fits the user’s limit', 'ENOMEM'],
  ],
  [sys.SYS_ftruncate]: [
    [ev.WHY_FD, 'fd is usable', 'EBADF'],
    [ev.WHY_FILE_SIZE, 'inside the file', 'EINVAL'],
  ],
};

/** Lists what a failed call did not come to, after what `done` tells of. */
export function notReachedRows(context: Context, done: readonly Row[]): Row[] {
  const { broken, call } = context;
  if (!broken) return [];
  const stages = ORDER[call.nr] ?? [];
  const why = Number(broken.a);
  const refusedSplit = why === ev.WHY_MAP_COUNT && stages.includes(FIXUP);
  const at = refusedSplit ? stages.indexOf(FIXUP) : stages.findIndex(([stage]) => stage === why);
  if (at < 0) return [];
  const told = new Set(done.map(({ name }) => name));
  return stages.slice(at + 1).flatMap((stage): Row[] => {
    const [, name, errno] = stage;
    if (name === '' || told.has(name)) return [];
    if (stage === FIXUP && why === ev.WHY_VMA_AT) return fixupsNotReached(context, broken.b);
    if (stage === POPULATE) return [notReached(name, errno, absentText(context))];
    return [notReached(name, errno)];
  });
}

/** "pages 6–9 stay absent": pages that the call locked and did not bring in. */
function absentText(context: Context): string {
  const { range, is, broken } = context;
  if (!range || !broken || !context.changed) return '';
  const end = Number(broken.a) === ev.WHY_VMA_AT ? broken.b : range.end;
  const wanted = ({ vm_flags }: { vm_flags: bigint }): boolean =>
    (vm_flags & BigInt(VM_LOCKED)) !== 0n && (vm_flags & BigInt(VM_LOCKONFAULT)) === 0n;
  const runs = absentRuns(is, range.start, end, wanted);
  const [first] = runs;
  if (!first) return '';
  if (runs.length === 1) {
    return `${pagesText(context, ...first)} ${pagesIn(...first) === 1 ? 'stays' : 'stay'} absent`;
  }
  return `${count(
    runs.reduce((sum, run) => sum + pagesIn(...run), 0),
    'page',
  )} stay absent`;
}
