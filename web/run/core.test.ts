// The explanations on the real core: the scenario of the first example, call by call.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { IMAGE_STATIC } from '../../assembly/abi/image';
import { RLIMIT_MEMLOCK } from '../../assembly/abi/rlimit';
import * as sys from '../../assembly/abi/sysno';
import { bootKernel, compileCore } from '../core/boot';
import type { Kernel } from '../core/kernel';
import type { Call } from './call';
import type { Named, Steps, StepView } from './model';
import { rows } from './notation-step';
import { smaps, statusMemory } from './procfs';
import { viewOf } from './step';

const FIRST = 1;
const BUF = 0x7ffff7fe7000n;
const MORE = 0x7ffff7fdf000n;
const page = (n: number): bigint => BigInt(n) * 4096n;
const MAP = [3n, 0x22n, -1n, 0n] as const;

const SCENARIO: [nr: number, ...args: bigint[]][] = [
  [sys.SYS_mmap, 0n, page(16), ...MAP],
  [sys.SYS_munmap, BUF + page(10), page(2)],
  ...[0, 1, 2, 3].map((i): [number, ...bigint[]] => [sys.P_touch_write, BUF + page(i), 1n]),
  [sys.P_touch_read, BUF + page(4), page(2)],
  [sys.SYS_mlock2, BUF + page(14), 8192n, 1n],
  [sys.SYS_mlock, BUF, page(16)],
  [sys.SYS_munlock, BUF + page(2), page(1)],
  [sys.SYS_mlock, BUF + page(12), page(4)],
  [sys.SYS_mmap, 0n, page(8), ...MAP],
  [sys.SYS_mlock, MORE, page(8)],
  [sys.SYS_munlockall],
];
const NAMES: Named[] = [
  { name: 'buf', start: BUF, end: BUF + page(16), step: 1 },
  { name: 'more', start: MORE, end: MORE + page(8), step: 12 },
];
const NO_STEPS = { length: 0 } as Partial<Steps> as Steps;

function machine(): Kernel {
  const kernel = bootKernel(compileCore(readFileSync(resolve(import.meta.dirname, '../../build/core.wasm'))));
  kernel.syscall(FIRST, sys.P_start, BigInt(IMAGE_STATIC));
  kernel.syscall(FIRST, sys.P_rlimit, BigInt(RLIMIT_MEMLOCK), 65536n, 0x800000n);
  return kernel;
}

/** Runs calls and looks at each step. */
function run(kernel: Kernel, calls: readonly (readonly [number, ...bigint[]])[], names: readonly Named[]): StepView[] {
  const none = { from: new Uint32Array(), to: new Uint32Array(), line: new Uint32Array(), column: new Uint32Array() };
  let before = kernel.state();
  return calls.map(([nr, ...args], i) => {
    const result = kernel.syscall(FIRST, nr, ...(args as [bigint]));
    const call: Call = { nr, pid: FIRST, args: args.map((arg) => BigInt.asUintN(64, arg)), result };
    const events = kernel.events();
    const after = kernel.state();
    const view = viewOf(
      { source: '', names, steps: { ...NO_STEPS, ...none } },
      { step: i + 1, call, events, before, after },
    );
    before = after;
    return view;
  });
}

describe('a hole does not undo what came before it', () => {
  let views: StepView[] = [];
  beforeAll(() => {
    views = run(machine(), SCENARIO, NAMES);
  });
  const counters = (k: number): number[] => {
    const { locked_vm, total_vm, rss_anon, rss_file, map_count } = views[k - 1]!.after.processes[0]!.counters;
    return [locked_vm, total_vm, rss_anon + rss_file, map_count];
  };

  test.each<[number, string, number[], string]>([
    [1, '0x7ffff7fe7000', [0, 264, 173, 12], '|rrrrrrrrrrrrrrrr|'],
    [2, '0', [0, 262, 173, 13], '|rrrrrrrrrr|..|rrrr|'],
    [3, '0', [0, 262, 174, 13], '|Rrrrrrrrrr|..|rrrr|'],
    [6, '0', [0, 262, 177, 13], '|RRRRrrrrrr|..|rrrr|'],
    [7, '0', [0, 262, 177, 13], '|RRRRZZrrrr|..|rrrr|'],
    [8, '0', [2, 262, 177, 14], '|RRRRZZrrrr|..|rr|oo|'],
    [9, '-1 ENOMEM', [12, 262, 177, 14], '|LLLLZZllll|..|rr|oo|'],
    [10, '0', [11, 262, 177, 16], '|LL|R|LZZllll|..|rr|oo|'],
    [11, '0', [13, 262, 181, 15], '|LL|R|LZZllll|..|LLLL|'],
    [12, '0x7ffff7fdf000', [13, 270, 181, 16], '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
    [13, '-1 ENOMEM', [13, 270, 181, 16], '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
    [14, '0', [0, 270, 181, 13], '|rrrrrrrrRRRRZZrrrr|..|RRRR|'],
  ])('step %i: %s', (k, result, numbers, drawing) => {
    expect(views[k - 1]!.why.result).toBe(result);
    expect(counters(k)).toEqual(numbers);
    expect(views[k - 1]!.drawing).toBe(drawing);
  });

  test('step 9 gives the rows of the picture', () => {
    const { why, range, diff } = views[8]!;
    expect(rows(why)).toEqual([
      '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
      '✓ fits the limit | 16 + 2 locked − 2 in range = 16 ≤ 16 | ENOMEM',
      '✓ end does not wrap | …fe7000 + 0x10000 = …ff7000 | EINVAL',
      '✓ mlock_fixup [0,10) | +VM_LOCKED, whole VMA, no split | ',
      '✕ VMA at page 10 | none: the next one starts at page 12 | ENOMEM',
      '– mlock_fixup [12,16) | not reached | ',
      '– populate | not reached: pages 6–9 stay absent | ',
    ]);
    expect(why.sentence).toBe('Page 10 of the range is not mapped. The 10 pages before it stay locked.');
    expect(why.effects.join(' ')).toBe(
      'Kept although it failed: locked_vm 2 → 12, lo on 1 VMA, 4 pages PG_mlocked. Nothing is rolled back.',
    );
    expect([why.call, why.not_atomic]).toEqual(['mlock(buf, 65536)', true]);
    expect(range).toMatchObject({
      stopped: BUF + page(10),
      note: 'applied to 10 pages',
      rest: 'hole at page 10: 6 not reached',
    });
    expect(diff.pages).toEqual([[BUF, 4]]);
    expect(diff.vmas.map(({ what, added }) => [what, added])).toEqual([['flags', 0x2000n]]);
  });

  test('every step', () => {
    const text = views.map(({ step, why, range }) => {
      const bar = range ? `  [${range.note}] [${range.rest}]` : '';
      return [`${step} ${why.call} = ${why.result}${bar}`, why.sentence, ...rows(why), ...why.effects].join('\n    ');
    });
    expect(text.join('\n')).toMatchInlineSnapshot(`
      "1 mmap(NULL, 65536, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7fe7000  [16 pages mapped] []
          16 pages are mapped at 0x7ffff7fe7000. None of it is in memory yet.
          ✓ length is usable | 65536 B | EINVAL
          ✓ map_count fits | 11 ≤ 65530 | ENOMEM
          ✓ a gap is free | 16 pages | ENOMEM
          ✓ type and flags go together | MAP_PRIVATE|MAP_ANONYMOUS | EINVAL
          ✓ fits RLIMIT_AS | 248 + 16 = 264, RLIM_INFINITY | ENOMEM
          ✓ new VMA [0,16) | 16 pages, rd wr mr mw me ac | 
          Now: total_vm 248 → 264, map_count 11 → 12.
      2 munmap(buf+10p, 8192) = 0  [2 pages unmapped] []
          2 pages are unmapped. The VMA around them is split.
          ✓ start is page aligned | …ff1000 | EINVAL
          ✓ below TASK_SIZE | …ff1000 + 0x2000 ≤ 0x7ffffffff000 | EINVAL
          ✓ length is usable | 8192 B | EINVAL
          ✓ split at page 0 | map_count 12 < 65530, now 13 | ENOMEM
          ✓ split at page 2 | map_count 13 < 65530, now 14 | ENOMEM
          ✓ unmap [0,2) | 2 pages, rd wr mr mw me ac | 
          Now: total_vm 264 → 262, map_count 12 → 13.
      3 touch_write(buf, 1) = 0  [1 page faulted in] []
          1 page was faulted in: 1 new page.
          ✓ VMA holds page 0 | 10 pages, rw-p | SIGSEGV
          ✓ write allowed | wr is set | SIGSEGV
          ✓ page table | absent: 1 new page | 
          Now: rss 173 → 174.
      4 touch_write(buf+1p, 1) = 0  [1 page faulted in] []
          1 page was faulted in: 1 new page.
          ✓ VMA holds page 0 | 10 pages, rw-p | SIGSEGV
          ✓ write allowed | wr is set | SIGSEGV
          ✓ page table | absent: 1 new page | 
          Now: rss 174 → 175.
      5 touch_write(buf+2p, 1) = 0  [1 page faulted in] []
          1 page was faulted in: 1 new page.
          ✓ VMA holds page 0 | 10 pages, rw-p | SIGSEGV
          ✓ write allowed | wr is set | SIGSEGV
          ✓ page table | absent: 1 new page | 
          Now: rss 175 → 176.
      6 touch_write(buf+3p, 1) = 0  [1 page faulted in] []
          1 page was faulted in: 1 new page.
          ✓ VMA holds page 0 | 10 pages, rw-p | SIGSEGV
          ✓ write allowed | wr is set | SIGSEGV
          ✓ page table | absent: 1 new page | 
          Now: rss 176 → 177.
      7 touch_read(buf+4p, 8192) = 0  [2 pages faulted in] []
          2 pages were faulted in: 2 zero pages.
          ✓ VMAs hold 2 pages | 10 pages, rw-p | SIGSEGV
          ✓ read allowed | rd is set | SIGSEGV
          ✓ page table | 2 zero pages | 
          Now: pages changed.
      8 mlock2(buf+14p, 8192, MLOCK_ONFAULT) = 0  [applied to 2 pages] []
          2 pages are locked on fault. What is absent comes in, pinned, at its first touch.
          ✓ flags are known | MLOCK_ONFAULT within 0x1 | EINVAL
          ✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM
          ✓ fits the limit | 2 + 0 locked = 2 ≤ 16 | ENOMEM
          ✓ end does not wrap | …ff5000 + 0x2000 = …ff7000 | EINVAL
          ✓ VMA holds [0,2) | 4 pages, not lo, no hole | ENOMEM
          ✓ split at page 0 | map_count 13 < 65530, now 14 | ENOMEM
          ✓ mlock_fixup [0,2) | +VM_LOCKED +VM_LOCKONFAULT, locked_vm 0 → 2 | 
          ✓ populate | nothing now: VM_LOCKONFAULT waits for the first fault | 
          Now: locked_vm 0 → 2, lo on 1 VMA, lf on 1 VMA, map_count 13 → 14.
      9 mlock(buf, 65536) = -1 ENOMEM  [applied to 10 pages] [hole at page 10: 6 not reached]
          Page 10 of the range is not mapped. The 10 pages before it stay locked.
          ✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM
          ✓ fits the limit | 16 + 2 locked − 2 in range = 16 ≤ 16 | ENOMEM
          ✓ end does not wrap | …fe7000 + 0x10000 = …ff7000 | EINVAL
          ✓ mlock_fixup [0,10) | +VM_LOCKED, whole VMA, no split | 
          ✕ VMA at page 10 | none: the next one starts at page 12 | ENOMEM
          – mlock_fixup [12,16) | not reached | 
          – populate | not reached: pages 6–9 stay absent | 
          Kept although it failed: locked_vm 2 → 12, lo on 1 VMA, 4 pages PG_mlocked.
          Nothing is rolled back.
      10 munlock(buf+2p, 4096) = 0  [1 VMA became 3] []
          1 page is unlocked. Unlocking a middle page splits its VMA in three.
          ✓ privilege, limit | munlock asks for neither | 
          ✓ end does not wrap | …fe9000 + 0x1000 = …fea000 | EINVAL
          ✓ VMA holds page 0 | 10 pages, lo, no hole | ENOMEM
          ✓ split at page 0 | map_count 14 < 65530, now 15 | ENOMEM
          ✓ split at page 1 | map_count 15 < 65530, now 16 | ENOMEM
          ✓ mlock_fixup [0,1) | −VM_LOCKED, locked_vm 12 → 11 | 
          ✓ munlock page 0 | mlock_count 1 → 0, inactive list | 
          Now: locked_vm 12 → 11, lo off 1 VMA, 1 page no longer PG_mlocked, map_count 14 → 16.
      11 mlock(buf+12p, 16384) = 0  [applied to 4 pages] []
          4 pages are locked. Populate brought 4 new pages.
          ✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM
          ✓ fits the limit | 4 + 11 locked = 15 ≤ 16 | ENOMEM
          ✓ end does not wrap | …ff3000 + 0x4000 = …ff7000 | EINVAL
          ✓ VMAs hold [0,4) | 2 VMAs, no hole | ENOMEM
          ✓ mlock_fixup [0,2) | +VM_LOCKED, whole VMA, no split | 
          ✓ merge to [0,4) | one VMA, map_count now 15 | 
          ✓ mlock_fixup [2,4) | −VM_LOCKONFAULT, whole VMA, no split | 
          ✓ populate | 4 new pages | 
          Now: locked_vm 11 → 13, lo on 1 VMA, lf off 1 VMA, 4 pages PG_mlocked, map_count 16 → 15, rss 177 → 181.
      12 mmap(NULL, 32768, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7fdf000  [8 pages mapped] []
          8 pages are mapped at 0x7ffff7fdf000. None of it is in memory yet.
          ✓ length is usable | 32768 B | EINVAL
          ✓ map_count fits | 15 ≤ 65530 | ENOMEM
          ✓ a gap is free | 8 pages | ENOMEM
          ✓ type and flags go together | MAP_PRIVATE|MAP_ANONYMOUS | EINVAL
          ✓ fits RLIMIT_AS | 262 + 8 = 270, RLIM_INFINITY | ENOMEM
          ✓ new VMA [0,8) | 8 pages, rd wr mr mw me ac | 
          Now: total_vm 262 → 270, map_count 15 → 16.
      13 mlock(more, 32768) = -1 ENOMEM  [] [limit: 0 of 8 pages reached]
          8 more pages would make 21 locked; RLIMIT_MEMLOCK allows 16.
          ✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM
          ✕ fits the limit | 8 + 13 locked − 0 in range = 21 > 16 | ENOMEM
          – end does not wrap | not reached | EINVAL
          – mlock_fixup | not reached | 
          – populate | not reached | 
          Nothing changed.
          The limit is checked before any VMA is touched.
      14 munlockall() = 0
          13 pages in 3 VMAs are unlocked.
          ✓ privilege, limit | munlockall asks for neither | 
          ✓ mlock_fixup ×13 | no VM_LOCKED to clear, 267 pages | 
          ✓ merge ×3 | map_count now 15 | 
          ✓ mlock_fixup ×3 | −VM_LOCKED, 13 pages | 
          ✓ munlock ×3 | mlock_count 1 → 0, inactive list, 7 pages | 
          Now: locked_vm 13 → 0, lo off 3 VMAs, 7 pages no longer PG_mlocked, map_count 16 → 13."
    `);
  });

  test('step 9 in /proc', () => {
    const [process] = views[8]!.after.processes;
    const text = statusMemory(process!);
    for (const line of [
      'VmSize:\t    1048 kB',
      'VmLck:\t      48 kB',
      'VmRSS:\t     708 kB',
      'RssAnon:\t      56 kB',
      'RssFile:\t     652 kB',
      'VmData:\t     224 kB',
      'VmStk:\t     132 kB',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(smaps(process!)).toContain('VmFlags: rd wr mr mw me lo lf ac \n');
  });
});
