// Byte for byte what Linux 6.18 prints.
import { describe, expect, test } from 'vitest';
import * as layout from '../../assembly/abi/layout';
import type { Extent, Process, Vma } from '../core/state';
import { vmFlagsFromLetters } from './flags';
import { at, BASE, parse } from './notation';
import { limits, maps, meminfo, smaps, smapsRollup, statusMemory } from './procfs';

const VSYSCALL = `ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n`;

function vma(start: bigint, end: bigint, letters: string, more: Partial<Vma> = {}): Vma {
  const [only] = parse('|r|').vmas;
  return { ...only!, vm_start: start, vm_end: end, vm_flags: vmFlagsFromLetters(letters), ...more };
}

const process = (vmas: readonly Vma[], more: Partial<Process['counters']> = {}): Process => ({
  ...parse('', more),
  vmas,
});

describe('maps', () => {
  test('has the columns of the kernel', () => {
    const image = process(
      [
        vma(0x400000n, 0x401000n, 'rd mr mw me', { name: layout.NAME_RODATA, vm_pgoff: 0n }),
        vma(0x401000n, 0x49c000n, 'rd ex mr mw me', { name: layout.NAME_TEXT, vm_pgoff: 1n }),
        vma(0x4cd000n, 0x4d2000n, 'rd wr mr mw me ac', { vm_pgoff: 0x4cdn }),
        vma(0x29717000n, 0x29739000n, 'rd wr mr mw me ac'),
        vma(0x7f75aea8d000n, 0x7f75aea91000n, 'rd mr pf io de dd', { name: layout.NAME_VVAR }),
        vma(0x7f75aea93000n, 0x7f75aea95000n, 'rd ex mr mw me de', { name: layout.NAME_VDSO }),
        vma(0x7ffc2d3a0000n, 0x7ffc2d3c1000n, 'rd wr mr mw me gd ac', { name: layout.NAME_STACK }),
      ],
      { start_brk: 0x29717000n, brk: 0x29739000n },
    );
    expect(maps(image)).toBe(
      [
        '00400000-00401000 r--p 00000000 08:01 131                                /usr/bin/scenario',
        '00401000-0049c000 r-xp 00001000 08:01 131                                /usr/bin/scenario',
        '004cd000-004d2000 rw-p 00000000 00:00 0 ',
        '29717000-29739000 rw-p 00000000 00:00 0                                  [heap]',
        '7f75aea8d000-7f75aea91000 r--p 00000000 00:00 0                          [vvar]',
        '7f75aea93000-7f75aea95000 r-xp 00000000 00:00 0                          [vdso]',
        '7ffc2d3a0000-7ffc2d3c1000 rw-p 00000000 00:00 0                          [stack]',
        VSYSCALL,
      ].join('\n'),
    );
  });

  test('the headers before the text are of the program', () => {
    const headers = vma(0x400000n, 0x401000n, 'rd mr mw me', { name: layout.NAME_FILE, file: 1, vm_pgoff: 0n });
    const text = vma(0x401000n, 0x402000n, 'rd ex mr mw me', { name: layout.NAME_TEXT, file: 1, vm_pgoff: 1n });
    const other = vma(0x402000n, 0x403000n, 'rd mr mw me', { name: layout.NAME_FILE, file: 2, vm_pgoff: 0n });
    const [first, , third] = maps(process([headers, text, other])).split('\n');
    expect(first).toBe('00400000-00401000 r--p 00000000 08:01 131                                /usr/bin/scenario');
    expect(third).toContain('/tmp/#1026 (deleted)');
  });

  test('names shared objects as deleted files, with the offset in the object', () => {
    const shared = vma(BASE, at(2), 'rd wr sh mr mw me ms', { name: layout.NAME_SHARED_ANON, file: 3, vm_pgoff: 5n });
    const memfd = vma(at(2), at(3), 'rd mr me ms', { name: layout.NAME_MEMFD, file: 4, vm_pgoff: 0n });
    expect(maps(process([shared, memfd]), new Map([[4, 'a\nb']]))).toBe(
      '7ffff7fe7000-7ffff7fe9000 rw-s 00005000 00:01 1027                       /dev/zero (deleted)\n' +
        '7ffff7fe9000-7ffff7fea000 r--s 00000000 00:01 1028                       /memfd:a\\012b (deleted)\n' +
        VSYSCALL,
    );
  });
});

const BODY = (lines: Record<string, number>): string =>
  [
    'Size',
    'KernelPageSize',
    'MMUPageSize',
    'Rss',
    'Pss',
    'Pss_Dirty',
    'Shared_Clean',
    'Shared_Dirty',
    'Private_Clean',
    'Private_Dirty',
    'Referenced',
    'Anonymous',
    'KSM',
    'LazyFree',
    'AnonHugePages',
    'ShmemPmdMapped',
    'FilePmdMapped',
    'Shared_Hugetlb',
    'Private_Hugetlb',
    'Swap',
    'SwapPss',
    'Locked',
  ]
    .map((name) => `${`${name}:`.padEnd(16)}${`${lines[name] ?? 0}`.padStart(8)} kB\n`)
    .join('');

describe('smaps', () => {
  test('an entry has these lines', () => {
    const [entry] = smaps(parse('|LLLLZZllll|')).split('ffffffffff600000');
    expect(entry).toBe(
      [
        '7ffff7fe7000-7ffff7ff1000 rw-p 00000000 00:00 0 ',
        'Size:                 40 kB',
        'KernelPageSize:        4 kB',
        'MMUPageSize:           4 kB',
        'Rss:                  16 kB',
        'Pss:                  16 kB',
        'Pss_Dirty:            16 kB',
        'Shared_Clean:          0 kB',
        'Shared_Dirty:          0 kB',
        'Private_Clean:         0 kB',
        'Private_Dirty:        16 kB',
        'Referenced:           16 kB',
        'Anonymous:            16 kB',
        'KSM:                   0 kB',
        'LazyFree:              0 kB',
        'AnonHugePages:         0 kB',
        'ShmemPmdMapped:        0 kB',
        'FilePmdMapped:         0 kB',
        'Shared_Hugetlb:        0 kB',
        'Private_Hugetlb:       0 kB',
        'Swap:                  0 kB',
        'SwapPss:               0 kB',
        'Locked:               16 kB',
        'THPeligible:           0',
        'ProtectionKey:         0',
        'VmFlags: rd wr mr mw me lo ac ',
        '',
      ].join('\n'),
    );
  });

  test('ends with the vsyscall page, which is no VMA', () => {
    const text = smaps(process([]));
    const size = BODY({ Size: 4, KernelPageSize: 4, MMUPageSize: 4 });
    expect(text).toBe(`${VSYSCALL}${size}THPeligible:           0\nProtectionKey:         0\nVmFlags: ex \n`);
  });

  const pageOf = (more: Partial<Extent>): Extent => ({ ...parse('|L|').extents[0]!, ...more });
  const value = (text: string, name: string): string => new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)![1]!;
  const with_ = (...extents: Extent[]): string => smaps({ ...parse('|LLL|'), extents });

  test('Pss is a share, rounded down at the end; Locked is Pss', () => {
    const three = with_(pageOf({ mapcount: 3 }));
    expect([value(three, 'Pss'), value(three, 'Locked'), value(three, 'Shared_Dirty')]).toEqual(['1', '1', '4']);
    const fork = with_(pageOf({}), pageOf({ start: at(1), nr_pages: 2, mapcount: 2 }));
    expect(value(fork, 'Locked')).toBe('8');
  });

  test('a page without PG_swapbacked and dirt is LazyFree', () => {
    const free = pageOf({ kpf: (1n << 12n) | (1n << 5n), dirty: false });
    expect(value(with_(free), 'LazyFree')).toBe('4');
    expect(value(with_({ ...free, dirty: true }), 'LazyFree')).toBe('0');
  });

  test('swap is no Rss; a guard and the zero page are nothing', () => {
    const text = smaps(parse('|SSGZr|'));
    expect(['Rss', 'Swap', 'SwapPss', 'Locked'].map((name) => value(text, name))).toEqual(['0', '8', '8', '0']);
  });

  test('an execute-only VMA has key 1', () => {
    expect(smaps(process([{ ...vma(BASE, at(1), 'ex mr mw me'), vm_flags: 0x1_0000_0074n }]))).toContain(
      'ProtectionKey:         1\nVmFlags: ex mr mw me \n',
    );
  });
});

test('smaps_rollup is one entry for all', () => {
  const text = smapsRollup(parse('|LL|RR|'));
  expect(text.split('\n').slice(0, 7)).toEqual([
    '7ffff7fe7000-7ffff7feb000 ---p 00000000 00:00 0                          [rollup]',
    'Rss:                  16 kB',
    'Pss:                  16 kB',
    'Pss_Dirty:            16 kB',
    'Pss_Anon:             16 kB',
    'Pss_File:              0 kB',
    'Pss_Shmem:             0 kB',
  ]);
  expect(text.endsWith('Locked:                8 kB\n')).toBe(true);
});

test('status tells kB after a tab', () => {
  const text = statusMemory(parse('|LLLLZZllll|..|rr|oo|', { total_vm: 262, rss_anon: 14, rss_file: 163 }), {
    total_vm: 264,
    rss: 0,
  });
  expect(text.split('\n').slice(0, 9)).toEqual([
    'VmPeak:\t    1056 kB',
    'VmSize:\t    1048 kB',
    'VmLck:\t      48 kB',
    'VmPin:\t       0 kB',
    'VmHWM:\t     708 kB',
    'VmRSS:\t     708 kB',
    'RssAnon:\t      56 kB',
    'RssFile:\t     652 kB',
    'RssShmem:\t       0 kB',
  ]);
  expect(text.match(/^\w+/gm)!.slice(9)).toEqual('VmData VmStk VmExe VmLib VmPTE VmSwap HugetlbPages'.split(' '));
  expect(text).toContain('VmPTE:\t      12 kB\n'); // one table of each level
});

test('meminfo and limits', () => {
  expect(meminfo({ nr_unevictable: 4, nr_mlock: 4 })).toBe(
    'Unevictable:          16 kB\nMlocked:              16 kB\n',
  );
  expect(limits(parse('|r|', { rlimit_memlock: [65536n, 2n ** 64n - 1n] }))).toBe(
    'Limit                     Soft Limit           Hard Limit           Units     \n' +
      'Max locked memory         65536                unlimited            bytes     \n',
  );
});
