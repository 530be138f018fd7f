// Draws the model: the VMAs, the pages and the LRU lists of an area, after each call of a short story.
import { KPF_ACTIVE, KPF_LRU, KPF_MLOCKED, KPF_UNEVICTABLE } from '../abi/kpf';
import { PAGE_ANON, PAGE_ZERO } from '../abi/layout';
import { VM_LOCKED, VM_LOCKONFAULT } from '../abi/mman';
import * as nr from '../abi/sysno';
import type { Extent } from '../../web/core/state';
import { at, boot, errnoOf, len, P, type Machine } from './machine';

const WIDTH = 6;
const bit = (word: bigint, n: number): boolean => ((word >> BigInt(n)) & 1n) === 1n;

/** Folios get numbers in the order in which they appear. */
class Numbers {
  readonly #known = new Map<bigint, number>();

  of(folio: bigint): number {
    const known = this.#known.get(folio) ?? this.#known.size + 1;
    this.#known.set(folio, known);
    return known;
  }
}

function listOf({ kpf, mlock_count }: Extent): string {
  const mark = bit(kpf, KPF_MLOCKED) ? 'M' : '';
  if (!bit(kpf, KPF_LRU)) return `${mark}-`;
  if (bit(kpf, KPF_UNEVICTABLE)) return `${mark}un${mlock_count}`;
  return `${mark}${bit(kpf, KPF_ACTIVE) ? 'act' : 'in'}`;
}

function vmaLine(m: Machine): string {
  const cells = Array.from({ length: m.size * WIDTH + 1 }, () => ' ');
  for (const { vm_start, vm_end, vm_flags } of m.vmas) {
    const [from, to] = [vm_start, vm_end].map((address) => Number((address - at(0)) / P) * WIDTH) as [number, number];
    cells.fill('-', from, to);
    cells[from] = '|';
    cells[to] = '|';
    const locked = (vm_flags & BigInt(VM_LOCKED)) !== 0n;
    const label = !locked ? '' : (vm_flags & BigInt(VM_LOCKONFAULT)) !== 0n ? ' lo lf ' : ' lo ';
    [...label].forEach((letter, i) => (cells[from + 2 + i] = letter));
  }
  return cells.join('').trimEnd();
}

function pageLines(m: Machine, numbers: Numbers): [string, string] {
  const { extents } = m.process;
  const pages = Array.from({ length: m.size }, (_, page) => {
    const extent = extents.find(({ start, nr_pages }) => start <= at(page) && at(page) < start + len(nr_pages));
    if (!extent) return ['.', '.'];
    if (extent.kind === PAGE_ZERO) return ['zero', '.'];
    const folio = extent.folio + (at(page) - extent.start) / P;
    const shared = extent.mapcount > 1 ? `x${extent.mapcount}` : '';
    return [`${extent.kind === PAGE_ANON ? 'A' : 'F'}${numbers.of(folio)}${shared}`, listOf(extent)];
  });
  const line = (i: number): string => pages.map((cell) => ` ${cell[i]!}`.padEnd(WIDTH)).join('');
  return [line(0).trimEnd(), line(1).trimEnd()];
}

/** The story of assembly/README.md as text. */
export function story(): string {
  const numbers = new Numbers();
  const lines: string[] = [];
  const draw = (m: Machine, who: string): void => {
    const [pages, lists] = pageLines(m, numbers);
    const tag = (name: string): string => `${who}${name}`.padEnd(12);
    lines.push(`${tag('VMA')}${vmaLine(m)}`, `${tag('page')}${pages}`, `${tag('LRU')}${lists}`);
  };
  const m = boot(6);
  const call = (text: string, number: number, ...args: (bigint | number)[]): void => {
    const result = m.raw(number, ...args);
    const error = errnoOf(result);
    const answer = error ? `-1 ${error}` : number === nr.SYS_mmap ? 'p' : String(result);
    lines.push('', `${text} -> ${answer}, locked_vm ${m.locked_vm}, map_count ${m.process.counters.map_count}`);
    draw(m, '');
  };
  call('p = mmap(6 pages)', nr.SYS_mmap, at(0), len(6), 3, 0x32, -1, 0);
  call('touch_write(p, 2 pages)', nr.P_touch_write, at(0), len(2));
  call('mlock2(p + 4 pages, 2 pages, MLOCK_ONFAULT)', nr.SYS_mlock2, at(4), len(2), 1);
  call('touch_write(p + 4 pages, 1 page)', nr.P_touch_write, at(4), len(1));
  call('munmap(p + 3 pages, 1 page)', nr.SYS_munmap, at(3), len(1));
  call('mlock(p, 6 pages)', nr.SYS_mlock, at(0), len(6));
  call('munlock(p + 1 page, 1 page)', nr.SYS_munlock, at(1), len(1));
  const child = m.fork();
  lines.push('', `fork() -> ${child.pid}`);
  draw(m, '');
  draw(child, 'child ');
  child.write(0);
  lines.push('', 'the child: touch_write(p, 1 page)');
  draw(m, '');
  draw(child, 'child ');
  return lines.slice(1).join('\n');
}
