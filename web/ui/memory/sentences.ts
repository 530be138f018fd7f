// What a page or a VMA says when it is pointed at or has the focus.
import { KPF_ACTIVE, KPF_LRU, KPF_UNEVICTABLE } from '../../../assembly/abi/kpf';
import type { Extent, Process, State, Vma } from '../../core/state';
import { hex, namedAt, pagesIn } from '../../run/address';
import { kpfNames, permsOf, vmFlagNames } from '../../run/flags';
import type { Named, VmaChange } from '../../run/model';
import { count, plural, sizeText } from '../../app/words';
import { pageNumber } from './axis';
import { addressOf, isSpecial, lockOf, runAt, sharesOf, type CellRun } from './cells';
import { vmaCalled } from './labels';
import type { Twin } from './shared';

/** A tip: one bold sentence, more sentences, and a line of raw facts. */
export interface Tip {
  readonly title: string;
  readonly body: string;
  readonly raw: string;
}

/** What a sentence may look at. */
export interface Around {
  readonly before: Process | null;
  readonly after: Process;
  /** The step that `before` is the state of; null or left out: the step before. */
  readonly against?: number | null;
  readonly files: State['files'];
  readonly names: readonly Named[];
  readonly changed: boolean;
  /** Where else the page is mapped. */
  readonly twins?: readonly Twin[];
}

/** The tip as one text, for the screen reader. */
export const tipText = ({ title, body }: Tip): string => (body ? `${title} ${body}` : title);

/** The tip with its raw facts, for a page that has the focus. */
export const fullText = (tip: Tip): string => (tip.raw ? `${tipText(tip)} ${tip.raw}` : tipText(tip));

const bit = (word: bigint, n: number): boolean => ((word >> BigInt(n)) & 1n) === 1n;

/** Names the LRU list of a page. */
export function listOf(extent: Extent | null): 'unevictable' | 'active' | 'inactive' | 'none' {
  if (!extent) return 'none';
  if (bit(extent.kpf, KPF_UNEVICTABLE)) return 'unevictable';
  if (!bit(extent.kpf, KPF_LRU)) return 'none';
  return bit(extent.kpf, KPF_ACTIVE) ? 'active' : 'inactive';
}

/** "Page 4", counted from the start of its named mapping; "Page 0x7ffff7feb000" outside of all. */
function called(page: number, { names }: Around): string {
  const named = namedAt(names, addressOf(page));
  return named ? `Page ${page - pageNumber(named.start)}` : `Page ${hex(addressOf(page))}`;
}

const times = (n: number): string => `mapped ${plural(n, 'time')}`;

const KIND_WORDS: Readonly<Record<CellRun['kind'], (run: CellRun) => string>> = {
  absent: () => 'is absent: nothing in the page table.',
  zero: () => 'is the shared zero page.',
  anon: ({ extent }) =>
    extent && extent.mapcount > 1 ? `is an anonymous page, ${times(extent.mapcount)}.` : 'is an anonymous page.',
  file: ({ extent }) => `is from the page cache, ${times(extent?.mapcount ?? 1)}.`,
  swap: () => 'is in swap. A touch brings it back.',
  guard: () => 'is a guard: any access is SIGSEGV, mlock stops here.',
  special: () => '',
  unmapped: () => '',
};

// The second sentence, in the order asked: how it is locked, then what its kind means.
function lockWords({ foot, kind, mlock_count, extent }: CellRun): string {
  switch (foot) {
    case 'pinned':
      return `PG_mlocked, on the unevictable list, mlock_count ${mlock_count}.`;
    case 'onfault':
      return 'VM_LOCKONFAULT: counted now, pinned when it is faulted in.';
    case 'counted':
      return kind === 'zero'
        ? 'VM_LOCKED, so locked_vm counts it, but a zero page is never pinned.'
        : 'VM_LOCKED, so locked_vm counts it, but no page is pinned.';
    case 'none': {
      const list = listOf(extent);
      return list === 'none' ? '' : `On the ${list} list.`;
    }
  }
}

/** Says a page in sentences: what it is, how it is locked, what it was before the step. */
export function pageTip(page: number, around: Around): Tip {
  const run = runAt(around.after, page);
  const was = around.changed && around.before ? runAt(around.before, page) : null;
  const before = was ? beforeWords(was, around.against ?? null) : '';
  const raw = [hex(addressOf(page)), ...(run.vma ? rawWords(run.extent) : [])].join('  ');
  if (run.kind === 'unmapped') return { ...gapTip(run.to - run.from), raw, ...(before && { body: before }) };
  if (!run.vma || run.kind === 'special') return run.vma ? vmaTip(run.vma, around, null) : gapTip(0);
  const more = run.kind === 'zero' ? 'The first write brings a page of its own.' : '';
  return {
    title: `${called(page, around)} ${KIND_WORDS[run.kind](run)}`,
    body: [lockWords(run), more, twinWords(around), before].filter((text) => text !== '').join(' '),
    raw,
  };
}

/** "Process 2 maps it too, at 0x7ffff7ff4000." */
function twinWords({ after, twins = [] }: Around): string {
  return twins
    .slice(0, 3)
    .map(
      ({ pid, page }) =>
        `${pid === after.pid ? 'This process' : `Process ${pid}`} maps it ${pid === after.pid ? 'again' : 'too'}, at ${hex(addressOf(page))}.`,
    )
    .join(' ');
}

// Linux: fs/proc/page.c:kpageflags_read() gives a 64-bit word a page frame; what has no frame has no word.
function rawWords(extent: Extent | null): string[] {
  if (!extent || extent.kpf === 0n) return ['no page frame, no kpageflags'];
  const names = kpfNames(extent.kpf).map((name) => `KPF_${name}`);
  return [`kpageflags 0x${extent.kpf.toString(16).padStart(16, '0')}`, names.join(' ')];
}

/** "Before", or the step compared with: "At step 3". */
/** What is marked: what the step changed, or what is not as it was at the step compared with. */
export const changedText = (against: number | null): string =>
  against === null ? 'changed by this step' : `other than at ${against === 0 ? 'the start' : `step ${count(against)}`}`;

const thenWords = (against: number | null): string =>
  against === null ? 'Before' : against === 0 ? 'At the start' : `At step ${count(against)}`;

function beforeWords({ letter, kind, extent }: CellRun, against: number | null): string {
  const then = thenWords(against);
  if (kind === 'unmapped') return `${then}: not mapped.`;
  const list = listOf(extent);
  const place = list === 'none' ? (kind === 'absent' ? 'absent' : '') : `on the ${list} list`;
  return `${then}: ${[letter, place].filter((text) => text !== '').join(', ')}.`;
}

/** Says a gap. */
export function gapTip(nr_pages: number): Tip {
  if (!Number.isFinite(nr_pages)) return { title: 'Nothing is mapped here, up to the end.', body: '', raw: '' };
  const hole = `Nothing is mapped here: a hole of ${plural(nr_pages, 'page')}.`;
  return { title: hole, body: nr_pages >= 1024 ? sizeText(nr_pages) : '', raw: '' };
}

const SPECIAL_NAMES = /VM_(PFNMAP|IO|MIXEDMAP|DONTEXPAND)/;

/** Says a VMA in sentences: its size and rights, how it is locked, what the step changed or how it was in another step. */
export function vmaTip(vma: Vma, { after, names, against = null }: Around, change: VmaChange | null): Tip {
  const flags = vmFlagNames(vma.vm_flags);
  const name = vmaCalled(after, vma, names);
  const nr_pages = pagesIn(vma.vm_start, vma.vm_end);
  const raw = `${hex(vma.vm_start)}–${hex(vma.vm_end)}  ${permsOf(vma.vm_flags)}`;
  if (isSpecial(vma)) {
    const special = flags.find((flag) => SPECIAL_NAMES.test(flag)) ?? 'special';
    return { title: `${name} is ${special}: lock calls skip it and say nothing.`, body: '', raw };
  }
  return {
    title: `${name}: ${plural(nr_pages, 'page')}, ${permsOf(vma.vm_flags)}.`,
    body: [lockedWords(vma, after, nr_pages), changeWords(change, against)].filter((text) => text !== '').join(' '),
    raw,
  };
}

function lockedWords(vma: Vma, after: Process, nr_pages: number): string {
  const lock = lockOf(vma);
  if (lock === 'none') return 'Not locked.';
  const { pinned } = sharesOf({ ...after, vmas: [vma] });
  const held = `locked_vm counts ${plural(nr_pages, 'page')}, ${pinned} pinned.`;
  return lock === 'onfault' ? `VM_LOCKONFAULT: ${held}` : `VM_LOCKED: ${held}`;
}

const WHAT: Readonly<Record<VmaChange['what'], string>> = {
  new: 'New in this step.',
  split: 'Split by this step.',
  merged: 'Merged by this step.',
  flags: '',
  moved: 'Moved by this step.',
  resized: 'Resized by this step.',
};

// The step compared with may be a later one: these hold in both directions.
const THEN: Readonly<Record<VmaChange['what'], string>> = {
  new: 'not there',
  split: 'part of a larger VMA',
  merged: 'several VMAs',
  flags: '',
  moved: 'elsewhere',
  resized: 'of another size',
};

function changeWords(change: VmaChange | null, against: number | null): string {
  if (!change) return '';
  const [came, went] = [vmFlagNames(change.added).join(' and '), vmFlagNames(change.removed).join(' and ')];
  const said = (parts: readonly string[], between: string) => parts.filter((part) => part !== '').join(between);
  if (against === null)
    return said([WHAT[change.what], came && `This step set ${came}.`, went && `This step cleared ${went}.`], ' ');
  const then = said([THEN[change.what], came && `without ${came}`, went && `with ${went}`], ', ');
  return then && `${thenWords(against)}: ${then}.`;
}
