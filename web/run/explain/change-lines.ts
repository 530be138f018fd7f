// What a step changed as lines of a diff: VMAs with their borders and flags, then the pages as a drawing.
import type { Process, Vma } from '../../core/state';
import { count, nameOf, namesAt, PAGE, pagesIn, shortAddress } from '../address';
import { differing } from '../diff';
import { draw } from '../draw';
import { vmFlagLetters } from '../flags';
import { vmaLabel } from '../labels';
import type { ChangeLine } from '../model';
import { changeAt, changeList } from '../vma-changes';
import type { Context } from './context';

/** VMAs that are listed of each side; more are counted. */
const MOST_VMAS = 4;
/** Characters of a drawing. */
const MOST_DRAWN = 120;
/** Pages of what changed that are still drawn as one stretch. */
const NEAR = 256;

type Range = readonly [start: bigint, end: bigint];

/** Lists the VMAs and pages that a step changed, as they were and as they are. Empty if it changed none. */
export function changeLines(context: Context): ChangeLine[] {
  const { was, is, change } = context;
  if (is.life !== 'running') return [];
  const [old_vmas, vmas] = differing('vmas', was.vmas, is.vmas);
  const starts = new Map(vmas.map((vma) => [vma.vm_start, vma]));
  const old = old_vmas.filter((vma) => !isSame(vma, starts.get(vma.vm_start)));
  const now = vmas.filter(({ vm_start }) => changeAt(change.vmas, vm_start));
  return [...vmaLines(context, '-', was, old), ...vmaLines(context, '+', is, now), ...drawingLines(context)];
}

const isSame = (old: Vma, now: Vma | undefined): boolean =>
  now?.vm_start === old.vm_start && now.vm_end === old.vm_end && now.vm_flags === old.vm_flags;

function vmaLines({ names, step }: Context, sign: '-' | '+', process: Process, vmas: readonly Vma[]): ChangeLine[] {
  const known = namesAt(names, step);
  const lines = vmas.slice(0, MOST_VMAS).map((vma): ChangeLine => {
    const label = nameOf(known, vma.vm_start) ?? vmaLabel(process, vma) ?? shortAddress(vma.vm_start);
    const pages = count(pagesIn(vma.vm_start, vma.vm_end), 'page');
    return { sign, text: `${label}  ${pages}  ${vmFlagLetters(vma.vm_flags).join(' ')}` };
  });
  const more = vmas.length - lines.length;
  return more > 0 ? [...lines, { sign, text: `${count(more, 'more VMA')}` }] : lines;
}

/** The drawing of the stretch that changed, if it is short enough to be read and shows the change. */
function drawingLines({ was, is, change }: Context): ChangeLine[] {
  const runs = [
    ...changeList(change.vmas).map(({ vm_start, vm_end }): Range => [vm_start, vm_end]),
    ...[...change.removed, ...change.pages].map(([start, n]): Range => [start, start + BigInt(n) * PAGE]),
  ];
  if (runs.length === 0) return [];
  const start = runs.reduce((low, [from]) => (from < low ? from : low), runs[0]![0]);
  const end = runs.reduce((high, [, to]) => (to > high ? to : high), runs[0]![1]);
  const gaps = pagesIn(start, end) - runs.reduce((sum, [from, to]) => sum + pagesIn(from, to), 0);
  if (gaps > NEAR) return [];
  const [before, after] = [draw(was, start, end, MOST_DRAWN), draw(is, start, end, MOST_DRAWN)];
  if (before === after || before.length > MOST_DRAWN || after.length > MOST_DRAWN) return [];
  return [
    { sign: '-', text: before },
    { sign: '+', text: after },
  ];
}
