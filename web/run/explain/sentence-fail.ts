// The sentence of a failed step: what is so, then what follows.
import * as ev from '../../../assembly/abi/event';
import { ENOT_MODELLED, EOUT_OF_MEMORY, SEGV_PKUERR, SIGBUS } from '../../../assembly/abi/errno';
import { NOT_MODELLED } from '../../../assembly/abi/support';
import * as sys from '../../../assembly/abi/sysno';
import * as layout from '../../../assembly/abi/layout';
import type { KernelEvent } from '../../core/state';
import { allPages, count, PAGE, pagesIn, shortAddress } from '../address';
import { callName, isTouch } from '../call';
import { adviceText, errnoName, protText, signalName } from '../constants';
import { vmFlagLetters } from '../flags';
import { extentAt, labelAt, pageOf, vmaAt, type Context } from './context';
import { faultOf, writes } from './touch';

type Sentence = (event: KernelEvent, context: Context) => string;

const LOCKS: readonly number[] = [sys.SYS_mlock, sys.SYS_mlock2];
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Page 10 of the range", or the address where pages have no number. */
export const pageOfRange = (context: Context, address: bigint): string =>
  context.range ? `Page ${pageOf(context, address)} of the range` : capital(labelAt(context, address));

const CAUSES: Readonly<Record<number, string>> = {
  [ev.CAUSE_NO_VMA]: 'is not mapped',
  [ev.CAUSE_PROT]: 'has a protection that forbids the access',
  [ev.CAUSE_GUARD]: 'is a guard',
  [ev.CAUSE_EOF]: 'lies beyond the end of its file',
  [ev.CAUSE_PKEY]: 'is execute-only, its protection key denies reading',
  [ev.CAUSE_SECRETMEM]: 'belongs to memfd_secret, which lets nobody in',
  [ev.CAUSE_KILLED]: 'met a pending SIGKILL',
  [ev.CAUSE_STACK]: 'is below a stack that may not grow',
};

function causeOf({ is }: Context, address: bigint, cause: number): string {
  const vma = vmaAt(is, address);
  const none = cause === ev.CAUSE_PROT && vma && (vma.vm_flags & 7n) === 0n;
  return none ? 'is PROT_NONE' : (CAUSES[cause] ?? 'cannot be had');
}

function overLimit({ b, c, d, e }: KernelEvent, { call }: Context): string {
  const more = b - d;
  const noun = more === 1n ? 'page' : 'pages';
  const what = call.nr === sys.SYS_mmap || call.nr === sys.SYS_mremap || call.nr === sys.SYS_brk;
  const subject = what ? `${more} more locked ${noun}` : `${more} more ${noun}`;
  return `${subject} would make ${c + more} locked; RLIMIT_MEMLOCK allows ${e}.`;
}

/** What is so, by the check that failed. */
const FAILURES: Readonly<Record<number, Sentence>> = {
  [ev.WHY_FLAGS]: ({ b, c }, { call }) =>
    (b & ~c) !== 0n
      ? `Flag 0x${(b & ~c).toString(16)} is unknown to ${callName(call.nr)}.`
      : call.nr === sys.SYS_mlockall
        ? 'Neither MCL_CURRENT nor MCL_FUTURE is set.'
        : `Flags 0x${b.toString(16)} do not go together.`,
  [ev.WHY_MAY_LOCK]: () => 'RLIMIT_MEMLOCK is 0 B and CAP_IPC_LOCK is not in effect.',
  [ev.WHY_FITS_LIMIT]: overLimit,
  [ev.WHY_NO_WRAP]: () => 'The end of the range wraps past 2^64.',
  [ev.WHY_VMA_AT]: ({ b }, context) => `${pageOfRange(context, b)} is not mapped.`,
  [ev.WHY_MAP_COUNT]: ({ b, c }) => `map_count is ${b}, max_map_count ${c}.`,
  [ev.WHY_KILLABLE]: () => 'A fatal signal came while the call waited for mmap_lock.',
  [ev.WHY_POPULATE]: ({ b, d }, context) => `${pageOfRange(context, b)} ${causeOf(context, b, Number(d))}.`,
  [ev.WHY_TOTAL_VM_FITS]: ({ b, c }) => `total_vm is ${b} pages; RLIMIT_MEMLOCK allows ${c}.`,
  [ev.WHY_ALIGNED]: ({ b }) => `${shortAddress(b)} is ${b % PAGE} B past a page border.`,
  [ev.WHY_LEN]: ({ b }) => (b === 0n ? 'The length is 0.' : 'The length rounds up to 0 or leaves the address space.'),
  [ev.WHY_TASK_SIZE]: () => 'The range does not end below TASK_SIZE, 0x7ffffffff000.',
  [ev.WHY_MIN_ADDR]: ({ b, c }) => `${shortAddress(b)} is below mmap_min_addr, ${c}.`,
  [ev.WHY_GAP]: ({ b }) => `No gap of ${count(Number(b), 'page')} is free.`,
  [ev.WHY_NOREPLACE]: ({ c }) => `A VMA at ${shortAddress(c)} is in the way.`,
  [ev.WHY_MAP_TYPE]: () => 'These mapping flags do not go together.',
  [ev.WHY_RLIMIT_AS]: ({ b, c, d }) =>
    `${count(Number(c), 'more page')} would make total_vm ${b + c}; RLIMIT_AS allows ${d}.`,
  [ev.WHY_RLIMIT_DATA]: ({ b, c, d }) =>
    `${count(Number(c), 'more page')} would make data_vm ${b + c}; RLIMIT_DATA allows ${d}.`,
  [ev.WHY_FD]: ({ b }) => `fd ${BigInt.asIntN(32, b)} is not open.`,
  [ev.WHY_FILE_ACCESS]: ({ b }) => `The file does not allow ${protText(b)}.`,
  [ev.WHY_MAY_PROT]: ({ c }) => `The VMA may not become ${protText(c)}.`,
  [ev.WHY_PROT]: ({ b }) => `0x${b.toString(16)} is no protection.`,
  [ev.WHY_ADVICE]: ({ b }) => `${adviceText(b)} is no advice.`,
  [ev.WHY_ADVICE_VMA]: ({ b, c }) => {
    if (vmFlagLetters(b).includes('lo')) return `${adviceText(c)} does not work on VM_LOCKED memory.`;
    return `${adviceText(c)} does not fit this kind of VMA.`;
  },
  [ev.WHY_RESOURCE]: ({ b }) => `${b} is no resource.`,
  [ev.WHY_SOFT_HARD]: ({ b, c }) => `Soft ${b} B is above hard ${c} B.`,
  [ev.WHY_HARD_RAISE]: ({ b, c }) => `Raising the hard limit from ${c} to ${b} B needs CAP_SYS_RESOURCE.`,
  [ev.WHY_BRK_RANGE]: ({ b, c }) => `${shortAddress(b)} is below start_brk, ${shortAddress(c)}.`,
  [ev.WHY_BRK_GAP]: ({ c }) => `The next VMA, at ${shortAddress(c)}, is in the way.`,
  [ev.WHY_SEALED]: ({ b }, context) => `${capital(labelAt(context, b))} is sealed.`,
  [ev.WHY_MAY_SPLIT]: ({ b }, context) => `${capital(labelAt(context, b))} may not be split.`,
  [ev.WHY_MREMAP_FLAGS]: () => 'These mremap flags and lengths do not go together.',
  [ev.WHY_OVERLAP]: () => 'The old and the new range overlap.',
  [ev.WHY_OLD_LEN]: () => 'An old_len of 0 needs a shared mapping.',
  [ev.WHY_IN_VMA]: () => 'The old range reaches beyond its VMA.',
  [ev.WHY_MAY_EXPAND]: ({ b }) => `A VMA with ${vmFlagLetters(b & 0x40400n).join(' ')} cannot grow.`,
  [ev.WHY_ROOM]: ({ c }) => `The VMA at ${shortAddress(c)} is in the way, and the mapping may not move.`,
  [ev.WHY_NOT_LOCKED]: ({ b }, context) => `${pageOfRange(context, b)} is VM_LOCKED; MS_INVALIDATE stops there.`,
  [ev.WHY_PROCESS]: ({ b }) => `No process has pid ${b}.`,
  [ev.WHY_SHM_ID]: ({ b }) => `No segment has id ${b}.`,
  [ev.WHY_SHM_LIMIT]: ({ b, c, d }) =>
    `${count(Number(b), 'more page')} would make ${b + c} locked for this user; RLIMIT_MEMLOCK allows ${d}.`,
  [ev.WHY_FILE_SIZE]: ({ b, c }) => `${b} B is out of range; the file allows ${c} B.`,
  [ev.WHY_OLD_MAPPED]: () => 'Unmapping the destination took the old range with it.',
  [ev.WHY_SIM_MEMORY]: ({ b, c }) => `The call needs ${b} B of simulated memory; ${c} B are left.`,
};

/** Writes the sentence of a step that failed. */
export function failureSentence(context: Context): string {
  const { broken, call, errno } = context;
  if (isTouch(call.nr)) return touchSentence(context);
  const refusal = context.events.find(({ kind }) => kind === ev.EV_NOT_MODELLED);
  if (errno === ENOT_MODELLED || refusal) {
    const [name, sentence] = NOT_MODELLED[Number(refusal?.a ?? 0n)] ?? [];
    return `Not modelled: ${name || callName(call.nr)}. ${sentence || 'Nothing changed.'}`;
  }
  if (errno === EOUT_OF_MEMORY && !broken) return 'The simulated memory is used up. Nothing changed.';
  const so = broken && FAILURES[Number(broken.a)]?.(broken, context);
  return `${so ?? `${callName(call.nr)} gave ${errnoName(errno)}.`} ${follows(context)}`.trim();
}

/** The second sentence: what stays of a call that failed. */
function follows(context: Context): string {
  const { broken, call, range, changed } = context;
  const why = Number(broken?.a ?? 0n);
  const unlocks = call.nr === sys.SYS_munlock;
  if (why === ev.WHY_FITS_LIMIT) return ''; // one sentence holds both
  if (LOCKS.includes(call.nr) || unlocks) {
    if (why === ev.WHY_VMA_AT && broken && range) return beforeHole(context, broken.b, unlocks);
    if (why === ev.WHY_MAP_COUNT) return splitRefused(context, unlocks);
    if (why === ev.WHY_POPULATE && range) {
      const nr_pages = pagesIn(range.start, range.end);
      return nr_pages === 1 ? 'It stays VM_LOCKED.' : `${allPages(nr_pages)} stay VM_LOCKED.`;
    }
    return changed ? 'What was done before stays.' : `Nothing was ${unlocks ? 'unlocked' : 'locked'}.`;
  }
  if (call.nr === sys.SYS_mlockall) return 'Nothing was locked.';
  if (call.nr === sys.SYS_brk) return 'brk stays where it is.';
  return changed ? 'What was done before stays.' : '';
}

function splitRefused({ changed }: Context, unlocks: boolean): string {
  if (changed) return 'The split is refused; what was done before stays.';
  return `The split is refused and nothing was ${unlocks ? 'unlocked' : 'locked'}.`;
}

function beforeHole(context: Context, hole: bigint, unlocks: boolean): string {
  const page = Number(pageOf(context, hole));
  const word = unlocks ? 'unlocked' : 'locked';
  if (page === 0) return `Nothing was ${word}.`;
  const pages = (status: number): number =>
    context.events
      .filter((event) => event.kind === ev.EV_FIXUP && event.status === status)
      .reduce((sum, { a, b }) => sum + pagesIn(a, b), 0);
  const done = pages(ev.FIXUP_CHANGED);
  const same = pages(ev.FIXUP_SAME);
  if (done === 0) return same === 0 ? `Nothing was ${word}.` : `What lies before it was ${word} already.`;
  const who =
    done + same === page ? (page === 1 ? 'The page' : `The ${page} pages`) : `${done + same} of the ${page} pages`;
  return `${who} before it ${page === 1 || done + same === 1 ? 'stays' : 'stay'} ${word}.`;
}

function touchSentence(context: Context): string {
  const fault = faultOf(context);
  if (!fault) return `The access raised ${signalName(Number(context.call.result))}.`;
  const at = fault.a & ~4095n;
  const page = pageOfRange(context, at);
  const vma = vmaAt(context.was, at);
  const raised = `The access raised ${signalName(Number(fault.b))}.`;
  if (Number(fault.b) === SIGBUS) return `${page} lies beyond the end of its file. ${raised}`;
  if (!vma && context.broken) return `${page} lies below a stack that may not grow. ${raised}`;
  if (!vma) return `${page} is not mapped. ${raised}`;
  if (Number(fault.c) === SEGV_PKUERR) return `${page} is execute-only. ${raised}`;
  if (extentAt(context.was, at)?.kind === layout.PAGE_GUARD) return `${page} is a guard. ${raised}`;
  return `${page} may not be ${writes(context.call.nr) ? 'written' : 'read'}. ${raised}`;
}
