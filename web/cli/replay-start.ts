// Brings the machine to where a recorded process stood before its first call.
import { CAPS_IPC_LOCK, CAPS_SYS_RAWIO } from '../../assembly/abi/cap';
import { IMAGE_EMPTY } from '../../assembly/abi/image';
import { NAME_DATA, NAME_STACK, NAME_TEXT, NAME_VDSO, NAME_VVAR, NAME_VVAR_VCLOCK } from '../../assembly/abi/layout';
import { RLIMIT_AS, RLIMIT_MEMLOCK } from '../../assembly/abi/rlimit';
import { P_brk_base, P_capset, P_rlimit, P_start, P_vma } from '../../assembly/abi/sysno';
import type { Kernel } from '../core/kernel';
import { vmFlagsFromLetters } from '../run/flags';
import type { Header } from './trace';

/** Pid of the recorded process. */
export const FIRST = 1;

const BACKINGS: Readonly<Record<string, number>> = {
  '[text]': NAME_TEXT,
  '[data]': NAME_DATA,
  '[stack]': NAME_STACK,
  '[vvar]': NAME_VVAR,
  '[vvar_vclock]': NAME_VVAR_VCLOCK,
  '[vdso]': NAME_VDSO,
};

// The heap begins after the data page.
const START_BRK = 0x601000n;
const MMAP_BASE = 0x7ffff7fff000n;

/** Capabilities of the recorded process: it ran as root, and of what counts here only CAP_IPC_LOCK comes and goes. */
export const capsWith = (ipc_lock: boolean): bigint => BigInt(CAPS_SYS_RAWIO | (ipc_lock ? CAPS_IPC_LOCK : 0));

/** Empties the machine and gives it the address space, limits and capability of the header. */
export function startAs(kernel: Kernel, header: Header): void {
  const call = (nr: number, ...args: bigint[]): bigint => kernel.syscall(FIRST, nr, ...args);
  kernel.reset();
  call(P_start, BigInt(IMAGE_EMPTY));
  for (const { start, end, flags, pgoff, backing, Rss } of header.vmas) {
    if (backing === '[vsyscall]') continue; // no VMA
    const name = BigInt(BACKINGS[backing] ?? 0);
    call(P_vma, BigInt(start), BigInt(end), vmFlagsFromLetters(flags), BigInt(pgoff) >> 12n, name, BigInt(Rss / 4));
  }
  call(P_brk_base, START_BRK, START_BRK, MMAP_BASE);
  const [soft, hard] = header.rlimit_memlock;
  call(P_rlimit, BigInt(RLIMIT_MEMLOCK), BigInt(soft), BigInt(hard));
  call(P_rlimit, BigInt(RLIMIT_AS), BigInt(header.rlimit_as), BigInt(header.rlimit_as));
  call(P_capset, capsWith(header.cap_ipc_lock !== 0));
}
