// The picture as rows of a table: the VMAs in view, each with its runs of pages.
import { hex, pagesIn } from '../../run/address';
import { permsOf, vmFlagLetters } from '../../run/flags';
import { pageNumber } from './axis';
import { eachRun, vmaIndex, type CellRun } from './cells';
import { gapText, pagesText, vmaName } from './labels';
import { contains, type Scene } from './scene';
import { changedText } from './sentences';

/** A row: a VMA, a gap, or a run of pages of the VMA above it. */
export interface TwinRow {
  readonly what: string;
  readonly start: string;
  readonly nr_pages: string;
  readonly says: string;
}

const MAX_VMAS = 60;
const MAX_RUNS = 40;

/** Lists what is in view between two pages. */
export function twinRows({ view, groups, names, changed, changes }: Scene, from: number, to: number): TwinRow[] {
  const process = groups[0]?.after;
  const isOther = changedText(view.against);
  if (!process) return [];
  const { vmas } = process;
  const rows: TwinRow[] = [];
  const first = vmaIndex(vmas, Math.max(0, from));
  let i = first;
  for (; i < vmas.length && i < first + MAX_VMAS; i++) {
    const vma = vmas[i]!;
    const [start, end] = [pageNumber(vma.vm_start), pageNumber(vma.vm_end)];
    if (start >= to) break;
    const hole = i > first ? start - pageNumber(vmas[i - 1]!.vm_end) : 0;
    if (hole > 0) rows.push({ what: 'not mapped', start: '', nr_pages: gapText(hole), says: '' });
    const flags = `${permsOf(vma.vm_flags)} ${vmFlagLetters(vma.vm_flags).join(' ')}`;
    rows.push({
      what: vmaName(process, vma, names) || 'VMA',
      start: hex(vma.vm_start),
      nr_pages: pagesText(pagesIn(vma.vm_start, vma.vm_end)),
      says: changes.has(vma.vm_start) ? `${flags}, ${isOther}` : flags,
    });
    let runs = 0;
    eachRun(process, start, end, (run) => {
      if (run.kind === 'special') return run.to;
      if (++runs > MAX_RUNS) return Infinity;
      rows.push(runRow(run, start, contains(changed, run.from) ? isOther : ''));
      return run.to;
    });
    if (runs > MAX_RUNS)
      rows.push({ what: 'more runs of pages', start: '', nr_pages: '', says: 'Zoom in to list them.' });
  }
  const left = vmas.length - i;
  if (left > 0 && i === first + MAX_VMAS) {
    rows.push({ what: `${left} VMAs above`, start: '', nr_pages: '', says: 'Move the picture to list them.' });
  }
  return rows;
}

const FEET = {
  none: '',
  pinned: 'pinned',
  counted: 'counted in locked_vm, not pinned',
  onfault: 'lock-on-fault',
} as const;

/** Names a run of pages, counted from `start`, and says what they are. */
export function runWords({ from, to, letter, kind, foot, mlock_count, extent }: CellRun, start: number) {
  const words = [
    `${letter} ${kind}`,
    FEET[foot],
    mlock_count > 0 ? `mlock_count ${mlock_count}` : '',
    extent && extent.mapcount > 1 ? `mapped ${extent.mapcount} times` : '',
  ];
  return {
    what: to - from === 1 ? `page ${from - start}` : `pages ${from - start} to ${to - start - 1}`,
    says: words.filter((word) => word !== '').join(', '),
  };
}

/** `isOther` says how the run has changed, '' for not at all. */
function runRow(run: CellRun, start: number, isOther: string): TwinRow {
  const { what, says } = runWords(run, start);
  return {
    what,
    start: '',
    nr_pages: pagesText(run.to - run.from),
    says: isOther === '' ? says : `${says}, ${isOther}`,
  };
}
