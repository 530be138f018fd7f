// What a random scenario sees of itself in the simulator: the lines that see.h prints on a real kernel.
import * as kpf from '../../../assembly/abi/kpf';
import { PAGE_GUARD, PAGE_SWAP } from '../../../assembly/abi/layout';
import type { Extent, Process } from '../../core/state';
import { smaps } from '../../run/procfs';

const ARENA_START = 0x1000_0000_0000n;
const ARENA_END = 0x1000_0010_0000n;

/** Bits of a word of /proc/kpageflags that are compared. */
export const MASK = [
  kpf.KPF_UPTODATE,
  kpf.KPF_LRU,
  kpf.KPF_MMAP,
  kpf.KPF_ANON,
  kpf.KPF_SWAPCACHE,
  kpf.KPF_SWAPBACKED,
  kpf.KPF_UNEVICTABLE,
  kpf.KPF_ZERO_PAGE,
  kpf.KPF_MLOCKED,
  kpf.KPF_MAPPEDTODISK,
].reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n);
const ZERO = 1n << BigInt(kpf.KPF_ZERO_PAGE);

/** Writes the state of a process. `first`: the counters that the image began with. */
export function seen(process: Process, first: Process['counters']): string {
  const { counters } = process;
  const plus = (name: 'total_vm' | 'data_vm' | 'stack_vm' | 'rss_anon' | 'rss_shmem'): string => {
    const n = counters[name] - first[name];
    return n < 0 ? `${n}` : `+${n}`;
  };
  const inside = <T>(items: readonly T[], at: (item: T) => bigint): T[] =>
    items.filter((item) => at(item) >= ARENA_START && at(item) < ARENA_END);
  const head =
    `VmLck ${counters.locked_vm} VmSize ${plus('total_vm')} VmData ${plus('data_vm')} VmStk ${plus('stack_vm')}` +
    ` RssAnon ${plus('rss_anon')} RssShmem ${plus('rss_shmem')} VmSwap ${counters.swap}\n`;
  const vmas = inside(process.vmas, (vma) => vma.vm_start);
  const extents = inside(process.extents, (extent) => extent.start);
  return head + smapsText(smaps({ ...process, vmas, extents })) + pagesText(extents);
}

function smapsText(text: string): string {
  const lines = text.split('\n');
  const gate = lines.findIndex((line) => line.startsWith('ffffffffff600000'));
  return lines
    .slice(0, gate)
    .filter((line) => !line.startsWith('Referenced:'))
    .map((line) => {
      const [, start, end, perms, offset, name] =
        /^0*([0-9a-f]+)-0*([0-9a-f]+) (\S+) (\S+) \S+ \d+\s*(.*)$/.exec(line) ?? [];
      if (!start) return line;
      return `${start}-${end} ${perms} ${BigInt(`0x${offset}`).toString(16)} ${/^\/(SYSV|memfd)/.exec(name!)?.[0] ?? name}`;
    })
    .map((line) => `${line}\n`)
    .join('');
}

function pagesText(extents: readonly Extent[]): string {
  const runs: { from: number; to: number; word: bigint; maps: number }[] = [];
  for (const { start, nr_pages, kind, kpf: full, mapcount } of extents) {
    const from = Number((start - ARENA_START) >> 12n);
    const masked = (full & ZERO) !== 0n ? ZERO : full & MASK;
    const word = kind === PAGE_SWAP ? 1n : kind === PAGE_GUARD ? 2n : masked;
    const maps = kind === PAGE_SWAP ? 0 : mapcount;
    const last = runs.at(-1);
    if (last && last.to + 1 === from && last.word === word && last.maps === maps) last.to += nr_pages;
    else runs.push({ from, to: from + nr_pages - 1, word, maps });
  }
  return runs.map(({ from, to, word, maps }) => `pages ${from}-${to} ${word.toString(16)} x${maps}\n`).join('');
}
