// max_map_count: which calls need a VMA more, and what a call leaves that gets only the first of two.
import { describe, expect, test } from 'vitest';
import { A, P, RW, PRIVATE, at, boot, map, type Machine } from '../testing/machine';
import {
  MADV_DONTDUMP,
  MADV_DONTFORK,
  MAP_FIXED,
  MAP_PRIVATE,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  PROT_READ,
} from '../abi/mman';
import { SYSCTL_MAX_MAP_COUNT } from '../abi/sysctl';
import {
  P_brk_base,
  P_sysctl,
  SYS_brk,
  SYS_mlockall,
  SYS_mmap,
  SYS_munlockall,
  SYS_shmat,
  SYS_shmget,
} from '../abi/sysno';

/** `spare`: VMAs that the process may still get before map_count reaches max_map_count. */
function limited(m: Machine, spare: number): Machine {
  m.raw(P_sysctl, SYSCTL_MAX_MAP_COUNT, m.process.counters.map_count + spare);
  return m;
}

describe('a lock needs a VMA for each cut', () => {
  test('the middle of a VMA with one to spare: cut in two, nothing locked', () => {
    const m = limited(map('|rrrr|'), 1);
    expect(m.mlock(1, 2)).toBe('ENOMEM |r|rrr|');
    expect(m.locked_vm).toBe(0);
  });

  test('the middle with none: nothing changed', () => {
    expect(limited(map('|rrrr|'), 0).mlock(1, 2)).toBe('ENOMEM |rrrr|');
  });

  test('the middle with two', () => {
    expect(limited(map('|rrrr|'), 2).mlock(1, 2)).toBe('|r|LL|r|');
  });

  test('an end with one', () => {
    expect(limited(map('|rrrr|'), 1).mlock(2, 2)).toBe('|rr|LL|');
    expect(limited(map('|rrrr|'), 0).mlock(2, 2)).toBe('ENOMEM |rrrr|');
  });

  test('munlock of mapped memory can fail in the same way', () => {
    const m = limited(map('|LLLL|'), 0);
    expect(m.munlock(1)).toBe('ENOMEM |LLLL|');
    expect(m.munlock(0, 4)).toBe('|RRRR|');
  });

  test('a merge needs no room: the border moves', () => {
    expect(limited(map('|L|rrr|'), 0).mlock(1)).toBe('|LL|rr|');
  });

  test('whole VMAs never need room', () => {
    const m = limited(map('|rr|LL|rr|'), 0);
    expect(m.try(SYS_mlockall, 1)).toBe('0');
    expect(m.try(SYS_munlockall)).toBe('0');
  });

  test('VMAs before the one that cannot be cut stay locked', () => {
    const m = limited(map('|rr|.|rrr|'), 0);
    expect(m.mmap(2, 1, { prot: PROT_READ })).toBe('|rr|r|rrr|');
    limited(m, 0);
    expect(m.mlock(0, 4)).toBe('ENOMEM |ll|l|rrr|');
  });
});

describe('other calls at the limit', () => {
  test('mmap leaves max + 1, and then not even a replacement', () => {
    const m = limited(map('|r|...'), 0);
    expect(m.mmap(2, 1, { prot: PROT_READ })).toBe('|r|.|r|.');
    expect(m.mmap(3, 1)).toBe('ENOMEM |r|.|r|.');
    expect(m.mmap(0, 1, { prot: PROT_READ })).toBe('ENOMEM |r|.|r|.');
  });

  test('MAP_FIXED into the middle of one VMA', () => {
    expect(limited(map('|rrr|'), 0).mmap(1, 1, { prot: PROT_READ })).toBe('ENOMEM |rrr|');
  });

  test('munmap may always cut an end, the middle only with room', () => {
    const m = limited(map('|rrrr|'), 0);
    expect(m.munmap(1)).toBe('ENOMEM |rrrr|');
    expect(m.munmap(3)).toBe('|rrr|.');
    limited(m, 1);
    expect(m.munmap(1)).toBe('|r|.|r|.');
  });

  test('mprotect is ENOMEM, madvise EAGAIN', () => {
    const m = limited(map('|rrr|'), 0);
    expect(m.mprotect(1, 1, PROT_READ)).toBe('ENOMEM |rrr|');
    expect(m.madvise(1, 1, MADV_DONTDUMP)).toBe('EAGAIN |rrr|');
    expect(m.madvise(0, 1, MADV_DONTFORK)).toBe('EAGAIN |rrr|');
  });

  test('brk needs map_count at most max', () => {
    const m = boot();
    m.raw(P_brk_base, A, A);
    expect(m.try(SYS_brk, A + P)).toBe(String(A + P));
    m.mmap(2, 1);
    limited(m, -1);
    expect(m.try(SYS_brk, A + 2n * P)).toBe(String(A + P));
  });

  test('fork does not ask', () => {
    expect(limited(map('|r|L|r|'), 0).fork().drawing).toBe('|r|R|r|');
  });
});

// Seen: 6.18.44, a probe that fills a process with 65,531 VMAs. `spare` is max_map_count - map_count.
describe('near 65,530, as the live kernel answered', () => {
  const full = (spare: number) => {
    const m = map('|rrrrrrrr|');
    m.mmap(40, 1);
    return limited(m, spare);
  };

  test.each<[string, number, string]>([
    ['one over', -1, 'ENOMEM |rrrrrrrr|'],
    ['at it', 0, 'ENOMEM |rrrrrrrr|'],
    ['one below', 1, 'ENOMEM |rr|rrrrrr|'],
    ['two below', 2, '|rr|L|rrrrr|'],
  ])('mlock of page 2 of 8: %s', (_, spare, drawing) => {
    expect(full(spare).mlock(2)).toBe(drawing);
  });

  test('munmap of an end at max + 1 passes', () => {
    expect(full(-1).munmap(7)).toBe('|rrrrrrr|.');
  });

  test('shmat at max + 1 is ENOMEM', () => {
    const m = full(-1);
    const id = m.raw(SYS_shmget, 0, P, 0o600);
    expect(m.try(SYS_shmat, id, 0, 0)).toBe('ENOMEM');
  });

  test.each<[number, boolean]>([
    [3, false],
    [4, false],
    [5, false],
    [6, true],
  ])('mremap(MREMAP_FIXED) with %i to spare: %s', (spare, moves) => {
    const m = full(spare);
    const drawing = m.mremap(0, 1, 1, MREMAP_MAYMOVE | MREMAP_FIXED, 60);
    expect(drawing).toBe(moves ? '.|rrrrrrr|' : 'ENOMEM |rrrrrrrr|');
  });

  test('growth in place needs no room, a move does', () => {
    const m = full(0);
    expect(m.mremap(0, 8, 9, 0)).toBe('|rrrrrrrr'); // the border is outside the drawing
    expect(m.mremap(0, 9, 64, MREMAP_MAYMOVE)).toBe('ENOMEM |rrrrrrrr');
  });

  test('mmap of a place that merges is refused at max + 1 as well', () => {
    const m = full(-1);
    expect(m.try(SYS_mmap, at(8), P, RW, PRIVATE | MAP_FIXED | MAP_PRIVATE, -1, 0)).toBe('ENOMEM');
  });
});
