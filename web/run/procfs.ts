// Texts of /proc as Linux 6.18 prints them, byte for byte.
import { VM_EXEC } from '../../assembly/abi/mman';
import { NAME_TEXT } from '../../assembly/abi/layout';
import type { Process, State, Vma } from '../core/state';
import { PAGE } from './address';
import { rlimText } from './constants';
import { rssOf } from './diff';
import { has, permsOf, vmFlagLetters } from './flags';
import { fileOf, nameInMaps, type Paths } from './procfs/names';
import { add, kb, NOTHING, rollupLines, smapsLines, sum, sumsOf } from './procfs/smaps';

export type { Paths } from './procfs/names';

const VSYSCALL = { start: 0xffff_ffff_ff60_0000n, end: 0xffff_ffff_ff60_1000n, perms: '--xp', name: '[vsyscall]' };

// Linux: fs/proc/task_mmu.c:show_vma_header_prefix(); the name is padded to a column of its own.
function line(
  start: bigint,
  end: bigint,
  perms: string,
  offset: bigint,
  dev: string,
  ino: number,
  name: string,
): string {
  const hex = (value: bigint): string => value.toString(16).padStart(8, '0');
  const prefix = `${hex(start)}-${hex(end)} ${perms} ${hex(offset)} ${dev} ${ino} `;
  return `${name === '' ? prefix : `${prefix.padEnd(72)} ${name}`}\n`;
}

function mapsLine(process: Process, vma: Vma, paths: Paths): string {
  const file = fileOf(process, vma, paths);
  const offset = file ? vma.vm_pgoff * PAGE : 0n;
  const name = nameInMaps(process, vma, paths);
  return line(vma.vm_start, vma.vm_end, permsOf(vma.vm_flags), offset, file?.dev ?? '00:00', file?.ino ?? 0, name);
}

const vsyscallLine = (): string => line(VSYSCALL.start, VSYSCALL.end, VSYSCALL.perms, 0n, '00:00', 0, VSYSCALL.name);

/** Writes /proc/PID/maps. `paths` names files that the core only knows by number. */
export function maps(process: Process, paths: Paths = new Map()): string {
  return process.vmas.map((vma) => mapsLine(process, vma, paths)).join('') + vsyscallLine();
}

/** Writes /proc/PID/smaps. */
export function smaps(process: Process, paths: Paths = new Map()): string {
  const sums = sumsOf(process);
  const entries = process.vmas.map((vma, i) => {
    const key = Number((vma.vm_flags >> 32n) & 15n);
    return mapsLine(process, vma, paths) + smapsLines(vma, sums[i]!, key) + flagsLine(vmFlagLetters(vma.vm_flags));
  });
  const gate = { vm_start: VSYSCALL.start, vm_end: VSYSCALL.end };
  return entries.join('') + vsyscallLine() + smapsLines(gate, NOTHING, 0) + flagsLine(['ex']);
}

const flagsLine = (letters: readonly string[]): string => `VmFlags: ${letters.map((word) => `${word} `).join('')}\n`;

/** Writes /proc/PID/smaps_rollup; empty for a process without memory. */
export function smapsRollup(process: Process): string {
  const [first] = process.vmas;
  const last = process.vmas.at(-1);
  if (!first || !last) return '';
  const head = line(first.vm_start, last.vm_end, '---p', 0n, '00:00', 0, '[rollup]');
  return head + rollupLines(sumsOf(process).reduce(add, NOTHING));
}

/** The highest VmSize and VmRSS so far, in pages. */
export interface Watermarks {
  readonly total_vm: number;
  readonly rss: number;
}

/** Writes the lines VmPeak to HugetlbPages of /proc/PID/status. Without watermarks the present values stand in. */
export function statusMemory(process: Process, peak: Watermarks = { total_vm: 0, rss: 0 }): string {
  const { counters } = process;
  const text = sum(
    process.vmas.filter(({ name, vm_flags }) => name === NAME_TEXT && has(vm_flags, VM_EXEC)),
    pagesOf,
  );
  const exe = Math.min(text, counters.exec_vm);
  const rss = rssOf(process);
  const lines: readonly (readonly [name: string, pages: number])[] = [
    ['VmPeak', Math.max(peak.total_vm, counters.total_vm)],
    ['VmSize', counters.total_vm],
    ['VmLck', counters.locked_vm],
    ['VmPin', 0],
    ['VmHWM', Math.max(peak.rss, rss)],
    ['VmRSS', rss],
    ['RssAnon', counters.rss_anon],
    ['RssFile', counters.rss_file],
    ['RssShmem', counters.rss_shmem],
    ['VmData', counters.data_vm],
    ['VmStk', counters.stack_vm],
    ['VmExe', exe],
    ['VmLib', counters.exec_vm - exe],
    ['VmPTE', pageTables(process)],
    ['VmSwap', counters.swap],
    ['HugetlbPages', 0],
  ];
  return lines.map(([name, pages]) => `${name}:\t${kb(pages * 4)} kB\n`).join('');
}

const pagesOf = ({ vm_start, vm_end }: Vma): number => Number((vm_end - vm_start) / PAGE);

// Differs: Linux keeps a page table until its whole range is unmapped; here it goes with its last entry.
function pageTables({ extents }: Process): number {
  return [21n, 30n, 39n].reduce((tables, shift) => {
    let last = -1n;
    for (const { start, nr_pages } of extents) {
      const first = start >> shift;
      const end = (start + BigInt(nr_pages) * PAGE - 1n) >> shift;
      tables += Number(end - (first > last ? first : last + 1n)) + 1;
      last = end;
    }
    return tables;
  }, 0);
}

/** Writes the lines Unevictable and Mlocked of /proc/meminfo: what the scenario's own pages add to them. */
export function meminfo({ nr_unevictable, nr_mlock }: Pick<State, 'nr_unevictable' | 'nr_mlock'>): string {
  return `Unevictable:    ${kb(nr_unevictable * 4)} kB\nMlocked:        ${kb(nr_mlock * 4)} kB\n`;
}

/** Writes the heading and the line of RLIMIT_MEMLOCK of /proc/PID/limits. */
// Linux: fs/proc/base.c:proc_pid_limits()
export function limits({ counters }: Process): string {
  const row = (...[name, soft, hard, units]: [string, string, string, string]): string =>
    `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${units.padEnd(10)}\n`;
  const [soft, hard] = counters.rlimit_memlock.map((bytes) => rlimText(bytes).replace('RLIM_INFINITY', 'unlimited'));
  return row('Limit', 'Soft Limit', 'Hard Limit', 'Units') + row('Max locked memory', soft ?? '', hard ?? '', 'bytes');
}
