// One line of /proc/PID/maps as a VMA, with smaps' VmFlags where they are given.
import {
  NAME_ANON,
  NAME_FILE,
  NAME_MEMFD,
  NAME_SECRETMEM,
  NAME_SHARED_ANON,
  NAME_STACK,
  NAME_SYSV,
  NAME_VDSO,
  NAME_VVAR,
  NAME_VVAR_VCLOCK,
} from '../../assembly/abi/layout';
import * as VM from '../../assembly/abi/mman';
import { SIGNIFICANT_FLAGS } from './vm-letters';

export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  /** VM_* bits. */
  readonly flags: bigint;
  readonly pgoff: bigint;
  /** NAME_*. */
  readonly name: number;
  /** The line says that it is the heap. */
  readonly heap: boolean;
}

const LINE = /^([\da-f]+)-([\da-f]+)\s+([r-][w-][x-][ps])\s+([\da-f]+)\s+[\da-f]+:[\da-f]+\s+\d+\s*(.*)$/i;
const MAY = BigInt(VM.VM_MAYREAD | VM.VM_MAYWRITE | VM.VM_MAYEXEC);
const SPECIAL = BigInt(VM.VM_IO | VM.VM_PFNMAP | VM.VM_DONTEXPAND | VM.VM_DONTDUMP);

/** Reads a line; a string says what is wrong with it. */
export function parseMapping(line: string): Mapping | string {
  const shape = LINE.exec(line.trim());
  if (!shape) return 'This is not a line of /proc/PID/maps.';
  const [start, end] = [BigInt(`0x${shape[1]!}`), BigInt(`0x${shape[2]!}`)];
  const page = BigInt(VM.PAGE_SIZE);
  if (start >= end || start % page !== 0n || end % page !== 0n || end > BigInt(VM.TASK_SIZE)) {
    return 'The range does not begin and end at pages below the end of user space.';
  }
  const [path = '', letters] = shape[5]!.split(/\s*VmFlags:\s*/);
  const name = nameOf(path.trim(), shape[3]!.endsWith('s'));
  const flags = letters === undefined ? fromPermissions(shape[3]!, name) : fromLetters(letters);
  if (flags === null) return 'VmFlags has letters that Linux 6.18 does not print.';
  return { start, end, flags, pgoff: BigInt(`0x${shape[4]!}`) / page, name, heap: path.trim() === '[heap]' };
}

function nameOf(path: string, shared: boolean): number {
  if (path === '' || path === '[heap]' || path.startsWith('[anon')) return shared ? NAME_SHARED_ANON : NAME_ANON;
  if (path === '[stack]') return NAME_STACK;
  if (path === '[vvar]') return NAME_VVAR;
  if (path === '[vvar_vclock]') return NAME_VVAR_VCLOCK;
  if (path === '[vdso]') return NAME_VDSO;
  if (path.startsWith('/memfd:')) return NAME_MEMFD;
  if (path.startsWith('/SYSV')) return NAME_SYSV;
  if (path.startsWith('/secretmem')) return NAME_SECRETMEM;
  if (path.startsWith('/dev/zero')) return NAME_SHARED_ANON;
  return NAME_FILE;
}

/** The flags that a mapping with these permissions ordinarily has. */
function fromPermissions(permissions: string, name: number): bigint {
  const [r, w, x, kind] = [...permissions];
  let flags = MAY;
  if (r === 'r') flags |= BigInt(VM.VM_READ);
  if (w === 'w') flags |= BigInt(VM.VM_WRITE);
  if (x === 'x') flags |= BigInt(VM.VM_EXEC);
  if (kind === 's') flags |= BigInt(VM.VM_SHARED | VM.VM_MAYSHARE);
  else if (w === 'w') flags |= BigInt(VM.VM_ACCOUNT);
  if (name === NAME_STACK) flags |= BigInt(VM.VM_GROWSDOWN);
  if (name === NAME_VVAR || name === NAME_VVAR_VCLOCK) {
    return (flags | SPECIAL) & ~BigInt(VM.VM_MAYWRITE | VM.VM_MAYEXEC);
  }
  return flags;
}

function fromLetters(letters: string): bigint | null {
  let flags = 0n;
  for (const word of letters.trim().split(/\s+/)) {
    const bit = SIGNIFICANT_FLAGS[word];
    if (bit === undefined) return null;
    flags |= bit;
  }
  return flags;
}
