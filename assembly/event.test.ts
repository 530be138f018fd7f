// What a call tells of itself: its checks in the kernel's order with their numbers, the locks, what changed.
import { describe, expect, test } from 'vitest';
import * as ev from './abi/event';
import * as mman from './abi/mman';
import * as nr from './abi/sysno';
import { changes, failures, ofKind, steps } from './testing/events';
import { A, P, PRIVATE, RW, at, boot, map, type Machine } from './testing/machine';

const { MAP_FIXED } = mman;

describe('passed and failed checks, and the locks around them, in the kernel’s order', () => {
  const orders: readonly (readonly [string, () => Machine, (m: Machine) => unknown, string[]])[] = [
    [
      'mlock2',
      () => map('|rr|'),
      (m) => m.mlock2(0, 2),
      [
        '+FLAGS',
        '+MAY_LOCK',
        'take mmap_lock write',
        '+FITS_LIMIT',
        '+NO_WRAP',
        'release mmap_lock write',
        'take mmap_lock read',
        '+POPULATE',
        'release mmap_lock read',
      ],
    ],
    [
      'mlock over the limit',
      () => map('|rr|', { memlock: 4096 }),
      (m) => m.mlock(0, 2),
      ['+MAY_LOCK', 'take mmap_lock write', '-FITS_LIMIT ENOMEM', 'release mmap_lock write'],
    ],
    [
      'mlock with a hole',
      () => map('|r|.'),
      (m) => m.mlock(0, 2),
      ['+MAY_LOCK', 'take mmap_lock write', '+FITS_LIMIT', '+NO_WRAP', '-VMA_AT ENOMEM', 'release mmap_lock write'],
    ],
    [
      'mlock of PROT_NONE',
      () => map('|n|'),
      (m) => m.mlock(0),
      [
        '+MAY_LOCK',
        'take mmap_lock write',
        '+FITS_LIMIT',
        '+NO_WRAP',
        'release mmap_lock write',
        'take mmap_lock read',
        '-POPULATE ENOMEM',
        'release mmap_lock read',
      ],
    ],
    ['mlock with limit 0', () => map('|r|', { memlock: 0 }), (m) => m.mlock(0), ['-MAY_LOCK EPERM']],
    ['munlock', () => map('|o|'), (m) => m.munlock(0), ['take mmap_lock write', '+NO_WRAP', 'release mmap_lock write']],
    [
      'mlockall',
      () => map('|o|'),
      (m) => m.mlockall(mman.MCL_CURRENT | mman.MCL_ONFAULT),
      [
        '+FLAGS',
        '+MAY_LOCK',
        'take mmap_lock write',
        '+TOTAL_VM_FITS',
        'release mmap_lock write',
        'take mmap_lock read',
        'release mmap_lock read',
      ],
    ],
    ['munlockall', () => map('|r|'), (m) => m.munlockall(), ['take mmap_lock write', 'release mmap_lock write']],
    [
      'a contended call with a pending SIGKILL',
      () => map('|r|'),
      (m) => (m.raw(nr.P_pending_signal, 9, 1), m.munlock(0)),
      ['-KILLABLE EINTR'],
    ],
    [
      'msync',
      () => map('|l|'),
      (m) => m.msync(0, 1, mman.MS_INVALIDATE),
      ['+FLAGS', '+NO_WRAP', 'take mmap_lock read', '-NOT_LOCKED EBUSY', 'release mmap_lock read'],
    ],
    [
      'an advice that changes no VMA reads',
      () => map('|r|'),
      (m) => m.madvise(0, 1, mman.MADV_DONTNEED),
      ['+ADVICE', '+ALIGNED', '+NO_WRAP', 'take mmap_lock read', '+ADVICE_VMA', 'release mmap_lock read'],
    ],
    [
      'an advice that changes flags writes',
      () => map('|r|'),
      (m) => m.madvise(0, 1, mman.MADV_RANDOM),
      ['+ADVICE', '+ALIGNED', '+NO_WRAP', 'take mmap_lock write', '+ADVICE_VMA', 'release mmap_lock write'],
    ],
  ];

  test.each(orders)('%s', (_, start, call, expected) => {
    const m = start();
    call(m);
    expect(steps(m)).toEqual(expected);
  });

  test('lru_lock is taken where batches are processed', () => {
    const m = map('|RR|');
    m.munlock(0, 2);
    expect(steps(m)).not.toContain('take lru_lock');
    m.write(0);
    m.mlock(0, 2);
    m.mmap(1, 1);
    expect(steps(m)).toContain('take lru_lock');
  });
});

describe('what changed', () => {
  test('counters before and after, and only those that changed', () => {
    const m = map('|rr|');
    m.mlock(0, 2);
    expect(changes(m)).toEqual({ LOCKED_VM: [0, 2], RSS_ANON: [0, 2], NR_MLOCK: [0, 2], NR_UNEVICTABLE: [0, 2] });
    m.mlock(0, 2);
    expect(changes(m)).toEqual({});
    m.munmap(0);
    expect(changes(m)).toEqual({
      LOCKED_VM: [2, 1],
      TOTAL_VM: [2, 1],
      DATA_VM: [2, 1],
      RSS_ANON: [2, 1],
      NR_MLOCK: [2, 1],
      NR_UNEVICTABLE: [2, 1],
    });
    m.munlock(1);
    expect(changes(m)).toEqual({ LOCKED_VM: [1, 0], NR_MLOCK: [1, 0], NR_UNEVICTABLE: [1, 0] });
  });

  test('mlock_fixup: the piece, the flags, the cuts, the pages marked', () => {
    const m = map('|RRr|');
    m.mlock2(1, 1);
    const [fixup] = ofKind(m, ev.EV_FIXUP);
    expect(fixup).toMatchObject({ status: ev.FIXUP_CHANGED, a: at(1), b: at(2), f: 2n, g: 1n });
    expect(fixup!.c ^ fixup!.d).toBe(BigInt(mman.VM_LOCKED | mman.VM_LOCKONFAULT));
    expect(ofKind(m, ev.EV_VMA_SPLIT).map(({ a }) => a)).toEqual([at(1), at(2)]);
    m.munlock(0, 3);
    expect(ofKind(m, ev.EV_FIXUP).map(({ status }) => status)).toEqual([
      ev.FIXUP_SAME,
      ev.FIXUP_CHANGED,
      ev.FIXUP_SAME,
    ]);
    expect(ofKind(m, ev.EV_VMA_MERGE)).toHaveLength(2);
  });

  test('populate: where it began, where it stopped and why, or that it was passed over', () => {
    const m = map('|rr|n|oo|');
    m.mlockall(1);
    expect(ofKind(m, ev.EV_POPULATE).map(({ status, a, c, d }) => [status, a, c, d])).toEqual([
      [ev.POPULATE_DONE, A, at(2), 0n],
      [ev.POPULATE_STOPPED, at(2), at(2), 14n],
      [ev.POPULATE_DONE, at(3), at(5), 0n],
    ]);
    const onFault = map('|o|');
    onFault.mlockall(5);
    expect(ofKind(onFault, ev.EV_POPULATE).map(({ status }) => status)).toEqual([ev.POPULATE_SKIPPED]);
  });

  test('marks of folios and the lists they move between', () => {
    const m = map('|RR|');
    m.mlock(0, 2);
    expect(ofKind(m, ev.EV_MLOCK_PAGE).map(({ b, c, d, e }) => [b, c, d, e])).toEqual([[2n, 1n, 0n, 1n]]);
    expect(ofKind(m, ev.EV_LRU).map(({ b, c, d }) => [b, c, d])).toEqual([
      [2n, BigInt(ev.LRU_INACTIVE), BigInt(ev.LRU_UNEVICTABLE)],
    ]);
    m.munlock(0, 2);
    expect(ofKind(m, ev.EV_LRU).map(({ c, d }) => [c, d])).toEqual([
      [BigInt(ev.LRU_UNEVICTABLE), BigInt(ev.LRU_INACTIVE)],
    ]);
  });

  test('def_flags, limits, capabilities', () => {
    const m = boot(1);
    m.mlockall(mman.MCL_FUTURE);
    expect(ofKind(m, ev.EV_DEF_FLAGS).map(({ a, b }) => [a, b])).toEqual([[0n, BigInt(mman.VM_LOCKED)]]);
    m.limit(4096);
    expect(ofKind(m, ev.EV_RLIMIT).map(({ a, b, c }) => [a, b, c])).toEqual([[8n, 8n << 20n, 4096n]]);
    m.capable();
    expect(ofKind(m, ev.EV_CAP).map(({ a, b }) => [a, b])).toEqual([[0n, 1n]]);
  });

  test('a fault tells address, signal and code', () => {
    const m = map('|r|.');
    m.write(0, 2);
    expect(ofKind(m, ev.EV_FAULT).map(({ a, b, c }) => [a, b, c])).toEqual([[at(1), 11n, 1n]]);
  });

  test('a call over the room for events counts what it leaves out', () => {
    const m = boot(4).capable();
    for (let i = 0; i < 2100; i++) m.raw(nr.SYS_mmap, at(2 * i), P, RW, PRIVATE | MAP_FIXED, -1, 0);
    m.mlockall(1);
    expect(m.events.length).toBeLessThanOrEqual(4096);
    expect(m.events.at(-1)!.kind).toBe(ev.EV_MORE);
    expect(m.events.at(-1)!.a).toBeGreaterThan(100n);
    expect(changes(m)).toMatchObject({ LOCKED_VM: [0, 2100] });
    m.madvise(0, 4200, mman.MADV_DONTDUMP);
    expect(failures(m)).toMatchObject([{ why: 'VMA_AT' }]);
  });
});
