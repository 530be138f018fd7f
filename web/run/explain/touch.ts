// Accesses to memory: what the page walk met, one row a question.
import * as layout from '../../../assembly/abi/layout';
import { SEGV_PKUERR, SIGBUS } from '../../../assembly/abi/errno';
import { EV_FAULT, EV_VMA_RESIZE, WHY_ROOM } from '../../../assembly/abi/event';
import { VM_EXEC, VM_READ, VM_WRITE } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent, Process } from '../../core/state';
import { count, pagesIn } from '../address';
import { signalName } from '../constants';
import { overlapping } from '../diff';
import { permsOf, vmFlagLetters } from '../flags';
import { vmaLabel } from '../labels';
import type { Check } from '../model';
import { checkRow } from './checks';
import { extentAt, pageText, spanText, vmaAt, type Context } from './context';
import { broughtText } from './pages';

const KINDS: Readonly<Record<number, string>> = {
  [layout.PAGE_ANON]: 'anon',
  [layout.PAGE_FILE]: 'file',
  [layout.PAGE_ZERO]: 'the zero page',
  [layout.PAGE_SWAP]: 'in swap',
  [layout.PAGE_GUARD]: 'a guard marker',
};

/** True for the accesses that write. */
export const writes = (nr: number): boolean => nr === sys.P_touch_write || nr === sys.P_store;

/** The event of the access that raised a signal. */
export const faultOf = ({ events }: Context): KernelEvent | null =>
  events.find(({ kind }) => kind === EV_FAULT) ?? null;

// Rows of an access, in the order in which the fault handler asks:
//   a VMA holds the page               SIGSEGV
//   its protection allows the access   SIGSEGV
//   what the page table holds          SIGSEGV for a guard marker, SIGBUS beyond the end of a file
/** Lists the rows of a touch: for the page that failed, or for all pages. */
export function touchChecks(context: Context): Check[] {
  const { range, call, was } = context;
  if (!range) return [];
  const fault = faultOf(context);
  const at = fault ? fault.a & ~4095n : range.start;
  const signal = fault ? signalName(Number(fault.b)) : 'SIGSEGV';
  const one = fault !== null || pagesIn(range.start, range.end) === 1;
  const vma = vmaAt(context.is, at) ?? vmaAt(was, at);
  const row = (status: Check['status'], name: string, numbers: string, errno: string): Check => {
    return { status, name, numbers, errno };
  };
  const many = vma && vma.vm_start <= range.start && vma.vm_end >= range.end ? 'VMA holds' : 'VMAs hold';
  const holds = one ? `VMA holds ${pageText(context, at)}` : `${many} ${spanText(context, range.start, range.end)}`;
  const access = writes(call.nr) ? 'write allowed' : 'read allowed';
  if (!vma) {
    return [
      row('failed', holds, 'nothing is mapped there', signal),
      ...(context.broken ? [row('failed', 'stack may grow', stackText(context, context.broken), signal)] : []),
      row('not-reached', access, 'not reached', 'SIGSEGV'),
      row('not-reached', 'page table', 'not reached', ''),
    ];
  }
  const size = count(pagesIn(vma.vm_start, vma.vm_end), 'page');
  const label = vmaLabel(was, vma);
  const inside = overlapping(was.vmas, { vm_start: range.start, vm_end: range.end }).length;
  const single = `${label ? `${label} ` : ''}${size}, ${permsOf(vma.vm_flags)}`;
  const covered = row('passed', holds, one || inside <= 1 ? single : `${inside} VMAs, no hole`, 'SIGSEGV');
  const grown = context.events.filter(({ kind }) => kind === EV_VMA_RESIZE);
  const growth = grown.map(({ b, c, d, e }) =>
    row('passed', 'stack may grow', `${pagesIn(b, c)} → ${count(pagesIn(d, e), 'page')}`, 'SIGSEGV'),
  );
  const wanted = BigInt(writes(call.nr) ? VM_WRITE : VM_READ | VM_WRITE | VM_EXEC);
  if ((vma.vm_flags & wanted) === 0n || fault?.c === BigInt(SEGV_PKUERR)) {
    const unset = writes(call.nr) ? 'wr is not set' : 'none of rd wr ex is set';
    const missing = fault?.c === BigInt(SEGV_PKUERR) ? 'the execute-only key denies it' : unset;
    return [
      ...growth,
      covered,
      row('failed', access, missing, signal),
      row('not-reached', 'page table', 'not reached', ''),
    ];
  }
  // Any right allows reading: x86 knows no memory that can be written and not read.
  const right = writes(call.nr) ? 'wr' : vmFlagLetters(vma.vm_flags & wanted)[0];
  const allowed = row('passed', access, `${right} is set`, 'SIGSEGV');
  if (fault)
    return [...growth, covered, allowed, row('failed', 'page table', obstacle(was, at, Number(fault.b)), signal)];
  return [...growth, covered, allowed, row('passed', 'page table', tableText(context), '')];
}

/** Why the stack above a hole did not grow over it. */
function stackText(context: Context, broken: KernelEvent): string {
  if (Number(broken.a) !== WHY_ROOM) return checkRow(context, broken).numbers;
  const address = (faultOf(context)?.a ?? 0n) & ~4095n; // else the check tells of sizes
  if (broken.b === address) return 'less than 256 pages above the VMA below';
  return `RLIMIT_STACK: ${broken.b} B > ${broken.c} B`;
}

function obstacle(process: Process, at: bigint, signal: number): string {
  if (signal === SIGBUS) return 'beyond the end of the file';
  return extentAt(process, at)?.kind === layout.PAGE_GUARD ? 'a guard marker' : 'the page cannot be had';
}

function tableText(context: Context): string {
  const { range, was } = context;
  if (!range) return '';
  const came = broughtText(context);
  const extent = extentAt(was, range.start);
  const one = pagesIn(range.start, range.end) === 1;
  if (came === '') return one && extent ? `${KINDS[extent.kind] ?? 'present'}: no fault` : 'all present: no fault';
  if (!one) return came;
  return `${extent ? (KINDS[extent.kind] ?? 'present') : 'absent'}: ${came}`;
}
