// The sentence of a step that succeeded: what is so, then what follows.
import * as ev from '../../../assembly/abi/event';
import {
  MADV_DONTNEED,
  MADV_DONTNEED_LOCKED,
  MCL_CURRENT,
  MCL_FUTURE,
  MLOCK_ONFAULT,
  MREMAP_DONTUNMAP,
  VM_LOCKED,
  VM_LOCKONFAULT,
} from '../../../assembly/abi/mman';
import { RLIMIT_MEMLOCK } from '../../../assembly/abi/rlimit';
import * as sys from '../../../assembly/abi/sysno';
import { allPages, count, hex, pagesIn, pageUp } from '../address';
import { callName, isTouch, resultText } from '../call';
import { adviceText, capsText, resourceText, rlimText, signalName, sysctlText } from '../constants';
import { permsOf } from '../flags';
import { absentRuns, vmaAt, type Context } from './context';
import { brought, broughtText, flagged, isCut, pagesOfKind, reclaimed, sumOf, vmaCount } from './pages';
import { failureSentence } from './sentence-fail';
import { writes } from './touch';

type Sentence = (context: Context) => string;

const LOCK_BITS = BigInt(VM_LOCKED | VM_LOCKONFAULT);

const pagesOf = ({ range }: Context): number => (range ? pagesIn(range.start, range.end) : 0);
const is = (n: number): string => (n === 1 ? 'is' : 'are');

/** Pages and VMAs of the fixups with one outcome. */
function fixups(context: Context, status: number): { pages: number; vmas: number; splits: number } {
  if (status === ev.FIXUP_CHANGED && isCut(context)) return { ...flagged(context, LOCK_BITS), splits: 0 };
  const mine = context.events.filter((event) => event.kind === ev.EV_FIXUP && event.status === status);
  return { pages: sumOf(mine, ({ a, b }) => (b - a) >> 12n), vmas: mine.length, splits: sumOf(mine, ({ f }) => f) };
}

const lock: Sentence = (context) => {
  const nr_pages = pagesOf(context);
  const done = fixups(context, ev.FIXUP_CHANGED);
  const same = fixups(context, ev.FIXUP_SAME);
  if (nr_pages === 0) return 'The range is empty after rounding. Nothing was looked at.';
  const locked = done.pages + same.pages;
  if (locked === 0) return 'The range holds special VMAs only. Lock calls skip them and say nothing.';
  const came = broughtText(context);
  if (done.pages === 0) {
    return `${allPages(locked)} ${locked === 1 ? 'was' : 'were'} locked already. ${came === '' ? 'Locks do not nest.' : `This time came in: ${came}.`}`;
  }
  const onfault = context.call.nr === sys.SYS_mlock2 && (context.call.args[2] ?? 0n) & BigInt(MLOCK_ONFAULT);
  const first = `${count(locked, 'page')} ${is(locked)} locked${onfault ? ' on fault' : ''}.`;
  if (onfault && context.range) {
    const absent = absentRuns(context.is, context.range.start, context.range.end, () => true).length > 0;
    return `${first} ${absent ? 'What is absent comes in, pinned, at its first touch.' : 'All of it was in memory already.'}`;
  }
  const zero = pagesOfKind(context, ev.PAGES_ZERO);
  if (zero > 0) return `${first} ${count(zero, 'absent page')} became the shared zero page, which nothing pins.`;
  return `${first} ${came === '' ? 'All of it was in memory already.' : `Populate brought ${came}.`}`;
};

const unlock: Sentence = (context) => {
  const done = fixups(context, ev.FIXUP_CHANGED);
  if (pagesOf(context) === 0) return 'The range is empty after rounding. Nothing was looked at.';
  if (done.pages === 0) return 'Nothing in the range was locked. munlock says nothing about it.';
  const first = `${count(done.pages, 'page')} ${is(done.pages)} unlocked.`;
  const { map_count } = context.change;
  const what = done.pages === 1 ? 'page' : 'part';
  if (map_count === 2 && done.vmas === 1) return `${first} Unlocking a middle ${what} splits its VMA in three.`;
  if (map_count === 1 && done.vmas === 1) return `${first} Unlocking one end of a VMA splits it in two.`;
  if (map_count < 0) return `${first} ${vmaCount(-map_count)} merged into a neighbour.`;
  return `${first} Whether ${done.pages === 1 ? 'it stays' : 'they stay'} in memory is now up to reclaim.`;
};

const lockAll: Sentence = (context) => {
  const flags = Number((context.call.args[0] ?? 0n) & 7n);
  const future = flags & MCL_FUTURE ? 'Every later mapping will be locked too.' : '';
  if (!(flags & MCL_CURRENT)) return 'Every later mapping will be locked. What is mapped now stays as it is.';
  const done = fixups(context, ev.FIXUP_CHANGED);
  const first =
    done.pages === 0
      ? 'No VMA changed its lock.'
      : `${count(done.pages, 'page')} in ${vmaCount(done.vmas)} ${is(done.pages)} locked.`;
  const cancelled = context.was.counters.def_flags !== 0 && context.is.counters.def_flags === 0;
  const skipped = fixups(context, ev.FIXUP_SKIPPED).vmas;
  const rest =
    skipped > 0 ? `${vmaCount(skipped)} cannot be locked and ${skipped === 1 ? 'was' : 'were'} skipped.` : '';
  return `${first} ${future || (cancelled ? 'MCL_FUTURE is cancelled.' : rest)}`.trim();
};

const unlockAll: Sentence = (context) => {
  const done = fixups(context, ev.FIXUP_CHANGED);
  const future = context.was.counters.def_flags === 0 ? '' : ' Later mappings will not be locked.';
  if (done.pages === 0) return `No VMA was locked.${future}`;
  return `${count(done.pages, 'page')} in ${vmaCount(done.vmas)} ${is(done.pages)} unlocked.${future}`;
};

const map: Sentence = (context) => {
  const nr_pages = pagesOf(context);
  const first = `${count(nr_pages, 'page')} ${is(nr_pages)} mapped at ${hex(context.call.result)}.`;
  const vma = vmaAt(context.is, context.call.result);
  const came = broughtText(context);
  const locked = vma && (vma.vm_flags & 0x2000n) !== 0n;
  if (locked) return `${first} The mapping is locked from birth${came === '' ? '.' : `; populate brought ${came}.`}`;
  return `${first} ${came === '' ? 'None of it is in memory yet.' : `Populate brought ${came}.`}`;
};

const unmap: Sentence = ({ change }) => {
  const nr_pages = change.removed.reduce((sum, [, n]) => sum + n, 0);
  if (nr_pages === 0) return 'Nothing was mapped there. munmap says nothing about it.';
  const first = `${count(nr_pages, 'page')} ${is(nr_pages)} unmapped.`;
  const locked = -change.locked_vm;
  if (locked === nr_pages) return `${first} ${nr_pages === 1 ? 'It was' : 'All of them were'} locked.`;
  if (locked > 0) return `${first} ${locked} of them ${locked === 1 ? 'was' : 'were'} locked.`;
  return change.map_count > 0
    ? `${first} The VMA around ${nr_pages === 1 ? 'it' : 'them'} is split.`
    : `${first} No lock was lost.`;
};

const protect: Sentence = (context) => {
  const { range, changed } = context;
  const vma = range && vmaAt(context.is, range.start);
  if (!range || !vma || !changed) return 'The protection is what it was.';
  const came = broughtText(context);
  const nr_pages = pagesOf(context);
  const first = `${count(nr_pages, 'page')} ${is(nr_pages)} now ${permsOf(vma.vm_flags)}.`;
  return `${first} ${came === '' ? 'Locks and resident pages stay as they are.' : `Locked memory became writable: ${came}.`}`;
};

const advise: Sentence = (context) => {
  const advice = context.call.args[2] ?? 0n;
  const dropped = pagesOfKind(context, ev.PAGES_UNMAPPED);
  const first = `${adviceText(advice)} is applied to ${count(pagesOf(context), 'page')}.`;
  if (dropped > 0) {
    const locked = Number(advice) === MADV_DONTNEED_LOCKED && context.is.counters.locked_vm > 0;
    return `${first} ${count(dropped, 'page')} dropped${locked ? `; locked_vm stays ${context.is.counters.locked_vm}` : ''}.`;
  }
  const came = broughtText(context);
  if (came !== '') return `${first} It brought ${came}.`;
  if (Number(advice) === MADV_DONTNEED) return `${first} No page was there to drop.`;
  return context.changed ? `${first} Pages and locks stay.` : first;
};

const remap: Sentence = (context) => {
  const [old = 0n, old_len = 0n, new_len = 0n, flags = 0n] = context.call.args;
  const moved = context.call.result !== old;
  if (!moved && pageUp(old_len) === pageUp(new_len)) return 'Old and new size are equal. Nothing was looked at.';
  const size = count(pagesIn(0n, pageUp(new_len)), 'page');
  const first = moved ? `The mapping moved to ${hex(context.call.result)}, ${size}.` : `The mapping now has ${size}.`;
  const { locked_vm } = context.change;
  const left = flags & BigInt(MREMAP_DONTUNMAP) ? 'The old range stays, empty and not locked; locked_vm' : 'locked_vm';
  return `${first} ${left} ${locked_vm === 0 ? 'is unchanged.' : `${locked_vm > 0 ? 'grew' : 'fell'} by ${Math.abs(locked_vm)}.`}`;
};

const brk: Sentence = ({ was, is: now, change }) => {
  const at = `brk is ${hex(now.counters.brk)}.`;
  if (was.counters.brk === now.counters.brk) return at;
  const word = now.counters.brk > was.counters.brk ? 'grew' : 'shrank';
  return `The heap ${word} by ${count(Math.abs(change.total_vm), 'page')}. ${at}`;
};

const limit: Sentence = (context) => {
  const event = context.events.find(({ kind }) => kind === ev.EV_RLIMIT);
  if (!event) return `${resourceText(context.call.args[0] ?? 0n)} is read.`;
  const name = resourceText(event.a);
  const size = event.c < 1n << 63n ? ` B, ${count(Number(event.c >> 12n), 'page')}` : '';
  const first = `${name} is now ${rlimText(event.c)}${size}.`;
  const { locked_vm } = context.is.counters;
  if (Number(event.a) !== RLIMIT_MEMLOCK || locked_vm === 0) return first;
  return `${first} The ${count(locked_vm, 'locked page')} stay${locked_vm === 1 ? 's' : ''} locked.`;
};

const caps: Sentence = (context) => {
  const now = capsText(BigInt(context.is.counters.caps));
  return `In effect: ${now === '0' ? 'no capability' : now}. What is locked stays locked.`;
};

const touch: Sentence = (context) => {
  const nr_pages = pagesOf(context);
  const came = broughtText(context);
  if (nr_pages === 0) return 'The range is empty. Nothing was touched.';
  const what = writes(context.call.nr) ? 'present and writable' : 'present';
  if (came === '') return `${allPages(nr_pages)} ${is(nr_pages)} ${what}. Nothing was faulted in.`;
  const grown = context.events.find(({ kind }) => kind === ev.EV_VMA_RESIZE);
  if (grown) return `${came} came in. The stack grew by ${count(pagesIn(grown.d, grown.b), 'page')}.`;
  return `${came} came in.${brought(context) === nr_pages ? '' : ' The rest was there.'}`;
};

const fileSize: Sentence = (context) => {
  const dropped = pagesOfKind(context, ev.PAGES_UNMAPPED);
  const size =
    context.call.nr === sys.SYS_ftruncate ? `The file has ${context.call.args[1] ?? 0n} B now.` : 'The file changed.';
  if (dropped === 0) return `${size} No mapped page was lost.`;
  return `${size} ${count(dropped, 'mapped page')} went, locked or not.`;
};

const reclaim: Sentence = ({ events }) => {
  const taken = reclaimed(events, ev.RECLAIM_TAKEN);
  const locked = reclaimed(events, ev.RECLAIM_MLOCKED) + reclaimed(events, ev.RECLAIM_UNEVICTABLE);
  const kept = locked === 0 ? 'No locked page was met.' : `${count(locked, 'locked page')} stayed.`;
  return `${count(taken, 'page')} ${taken === 1 ? 'was' : 'were'} taken. ${kept}`;
};

const SENTENCES: Readonly<Record<number, Sentence>> = {
  [sys.SYS_mlock]: lock,
  [sys.SYS_mlock2]: lock,
  [sys.SYS_munlock]: unlock,
  [sys.SYS_mlockall]: lockAll,
  [sys.SYS_munlockall]: unlockAll,
  [sys.SYS_mmap]: map,
  [sys.SYS_munmap]: unmap,
  [sys.SYS_mprotect]: protect,
  [sys.SYS_madvise]: advise,
  [sys.SYS_mremap]: remap,
  [sys.SYS_brk]: brk,
  [sys.SYS_setrlimit]: limit,
  [sys.SYS_getrlimit]: limit,
  [sys.SYS_prlimit64]: limit,
  [sys.P_rlimit]: limit,
  [sys.P_capset]: caps,
  [sys.P_memory_pressure]: reclaim,
  [sys.SYS_msync]: () => 'The range is mapped and nothing in it forbids the call.',
  [sys.SYS_mincore]: () => 'The whole range is mapped.',
  [sys.SYS_memfd_create]: ({ call }) => `fd ${call.result} is an empty file in memory.`,
  [sys.SYS_memfd_secret]: ({ call }) =>
    `fd ${call.result} is an empty secret file. Its mappings are locked from birth.`,
  [sys.SYS_open]: ({ call }) => `fd ${call.result} is an empty file in memory.`,
  [sys.SYS_close]: ({ call }) => `fd ${call.args[0] ?? 0n} is closed. Mappings of the file stay.`,
  [sys.SYS_ftruncate]: fileSize,
  [sys.SYS_fallocate]: fileSize,
  [sys.SYS_wait4]: ({ call }) => `Process ${call.result} has ended and was waited for.`,
  [sys.SYS_fork]: ({ call }) =>
    `Process ${call.result} begins with a copy. None of its VMAs is locked, def_flags is 0.`,
  [sys.SYS_execve]: () => 'The process has a new address space. No lock and no def_flags came along.',
  [sys.SYS_exit]: () => 'The process has ended. Its locks went with it.',
  [sys.P_sysctl]: ({ call: { args } }) => `${sysctlText(args[0] ?? 0n)} is now ${args[1] ?? 0n}.`,
  [sys.P_pending_signal]: ({ call }) =>
    `${signalName(Number(call.args[0] ?? 0n))} is pending. Only a call that has to wait, or to populate, will look at it.`,
  [sys.P_die]: () => 'The process was ended by a signal. Its locks went with it.',
};

/** Writes the sentence of a step: what is so, then what follows. */
export function sentenceFor(context: Context): string {
  if (context.failed) return failureSentence(context);
  if (isTouch(context.call.nr)) return touch(context);
  const sentence = SENTENCES[context.call.nr];
  if (sentence) return sentence(context);
  return `${callName(context.call.nr)} returned ${resultText(context.call)}.`;
}
