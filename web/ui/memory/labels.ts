// Names and texts of VMAs, from the longest that says all to the shortest that still says something.
import { NAME_FILE, NAME_MEMFD, NAME_SHARED_ANON } from '../../../assembly/abi/layout';
import type { Process, Vma } from '../../core/state';
import { hex, nameOf, pagesIn } from '../../run/address';
import { permsOf, vmFlagLetters } from '../../run/flags';
import { vmaLabel } from '../../run/labels';
import type { Named } from '../../run/model';
import { count, plural, sizeText } from '../../app/words';
import { isSpecial, lockOf } from './cells';

const OWN_NAMES: Readonly<Record<number, string>> = {
  [NAME_SHARED_ANON]: 'shared',
  [NAME_MEMFD]: 'memfd',
  [NAME_FILE]: 'file',
};

/** Names a VMA: "[stack]", "buf", "buf+12p"; '' where nothing names it. */
export const vmaName = (process: Process, vma: Vma, names: readonly Named[]): string =>
  vmaLabel(process, vma) ??
  nameOf(names, vma.vm_start) ??
  (vma.vm_end <= process.counters.start_brk ? '' : OWN_NAMES[vma.name]) ??
  '';

/** Names a VMA for a sentence: by its address where it has no name. */
export const vmaCalled = (process: Process, vma: Vma, names: readonly Named[]): string =>
  vmaName(process, vma, names) || `The VMA at ${hex(vma.vm_start)}`;

/** First line over a VMA, longest first. */
export function titles(process: Process, vma: Vma, names: readonly Named[]): string[] {
  const name = vmaName(process, vma, names);
  const perms = permsOf(vma.vm_flags);
  const pages = plural(pagesIn(vma.vm_start, vma.vm_end), 'page');
  const short = name.replace(/^\[(?:vvar_)?/, '').replace(/\]$/, '');
  // a part of a mapping is told from its neighbours by its place, so its rights say more than its name
  const isPart = name.includes('+');
  const main = [`${name} ${perms}`, isPart ? perms : name || perms, ...(isSpecial(vma) ? [] : [perms])];
  return [
    ...(isSpecial(vma) ? [] : [`${name} ${perms} ${pages} ${hex(vma.vm_start)}`, `${name} ${perms} ${pages}`]),
    ...main,
    ...(isSpecial(vma) ? [short] : []),
  ].map((text) => text.trim());
}

/** One line over a VMA as it was before the step, longest first. */
export function oldTitles(process: Process, vma: Vma, names: readonly Named[]): string[] {
  if (isSpecial(vma)) return titles(process, vma, names).slice(1);
  const perms = permsOf(vma.vm_flags);
  const lock = { none: '', locked: 'lo', onfault: 'lo lf' }[lockOf(vma)];
  const label = vmaLabel(process, vma);
  return [...(label ? [`${label} ${perms} ${lock}`] : []), `${perms} ${lock}`, lock || perms].map((text) =>
    text.trim(),
  );
}

/** Flags that nearly every VMA has; they go first when room is short. */
const USUAL = new Set(['rd', 'wr', 'ex', 'mr', 'mw', 'me']);

/** A flag over a VMA: it stays, it came with the step, or it went. */
export interface Flag {
  readonly letters: string;
  readonly change: 'added' | 'removed' | '';
}

/** VmFlags with what the step added and removed, in the order of smaps. */
export function flagsOf(vma: Vma, added = 0n, removed = 0n): Flag[] {
  const [came, went] = [vmFlagLetters(added), vmFlagLetters(removed)];
  return vmFlagLetters(vma.vm_flags | removed).map((letters) => ({
    letters,
    change: came.includes(letters) ? 'added' : went.includes(letters) ? 'removed' : '',
  }));
}

/** Second line over a VMA, longest first: all flags, the unusual ones, the changed ones. */
export function flagLines(flags: readonly Flag[]): (readonly Flag[])[] {
  const unusual = flags.filter(({ letters, change }) => change !== '' || !USUAL.has(letters));
  const telling = unusual.filter(({ letters, change }) => change !== '' || letters === 'lo' || letters === 'lf');
  return [flags, unusual, telling, flags.filter(({ change }) => change !== '')];
}

/** Text of a gap: "hole 2 pages" while it is small, else its size. */
export const gapText = (nr_pages: number): string =>
  nr_pages < 1024 ? `hole ${plural(nr_pages, 'page')}` : sizeText(nr_pages);

/** Words for a list of image VMAs: "image, heap". */
export function imageWords(process: Process, vmas: readonly Vma[]): string {
  const words = vmas.map((vma) => {
    const label = vmaLabel(process, vma) ?? '';
    if (label === '[heap]' || label === '[stack]') return label.slice(1, -1);
    return label.startsWith('[v') ? 'vdso' : 'image';
  });
  return [...new Set(words)].join(', ');
}

/** "12 pages", "1,048,576 pages". */
export const pagesText = (nr_pages: number): string => plural(nr_pages, 'page');
/** A number with commas. */
export const numberText = count;
