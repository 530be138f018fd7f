// When neighbours become one VMA, and when they never do again.
import { describe, expect, test } from 'vitest';
import { PRIVATE, RW, SHARED, boot, map, type Machine } from '../testing/machine';
import * as mman from '../abi/mman';
import { MAP_LOCKED, MAP_PRIVATE, MAP_SHARED, PROT_EXEC, PROT_READ } from '../abi/mman';
import { SYS_open, SYS_ftruncate } from '../abi/sysno';

describe('what must be equal', () => {
  /** Two neighbours, made with these options one after the other. */
  const pair = (a: Parameters<Machine['mmap']>[2], b: Parameters<Machine['mmap']>[2]): string => {
    const m = boot(4);
    m.mmap(0, 2, a);
    return m.mmap(2, 2, b);
  };

  test.each<[string, Parameters<Machine['mmap']>[2], Parameters<Machine['mmap']>[2], string]>([
    ['private anonymous', {}, {}, '|rrrr|'],
    ['rights', {}, { prot: PROT_READ }, '|rr|rr|'],
    ['the execute-only key', { prot: PROT_EXEC }, { prot: PROT_EXEC }, '|rrrr|'],
    ['VM_ACCOUNT', {}, { flags: PRIVATE | mman.MAP_NORESERVE }, '|rr|rr|'],
    ['VM_GROWSDOWN', {}, { flags: PRIVATE | mman.MAP_GROWSDOWN }, '|rr|rr|'],
    ['VM_NOHUGEPAGE', {}, { flags: PRIVATE | mman.MAP_STACK }, '|rr|rr|'],
    ['two droppable ones', { flags: 0x28 }, { flags: 0x28 }, '|rrrr|'],
    ['each shared anonymous mmap is a file of its own', { flags: SHARED }, { flags: SHARED }, '|rr|rr|'],
  ])('%s', (_, a, b, drawing) => {
    expect(pair(a, b)).toBe(drawing);
  });

  test('locks', () => {
    expect(map('|r|l|o|').munlock(0, 3)).toBe('|rrr|');
  });

  test('the parts of a shared mapping go together again', () => {
    const m = boot(3);
    m.mmap(0, 3, { flags: SHARED });
    m.write(0, 3);
    m.mlock(1);
    expect(m.munlock(1)).toBe('|RRR|');
  });

  test('the same descriptor with offsets that continue, and not another open file', () => {
    const m = boot(6);
    const fd = m.memfd(6);
    m.mmap(0, 2, { flags: MAP_SHARED, fd, at: 0 });
    expect(m.mmap(2, 2, { flags: MAP_SHARED, fd, at: 2 })).toBe('|rrrr|..');
    expect(m.mmap(4, 2, { flags: MAP_SHARED, fd, at: 5 })).toBe('|rrrr|rr|');
    const other = Number(m.raw(SYS_open, 2));
    m.raw(SYS_ftruncate, other, 6 * 4096);
    expect(m.mmap(4, 2, { flags: MAP_SHARED, fd: other, at: 4 })).toBe('|rrrr|rr|');
    expect(m.mmap(4, 2, { flags: MAP_PRIVATE, fd, at: 4 })).toBe('|rrrr|rr|');
    expect(m.mmap(4, 2, { flags: MAP_SHARED, fd, at: 4 })).toBe('|rrrrrr|');
  });

  test('gu does not count, and sticks to the result', () => {
    const m = map('|r|.|r|');
    m.madvise(2, 1, mman.MADV_GUARD_INSTALL);
    m.madvise(2, 1, mman.MADV_GUARD_REMOVE);
    expect(m.mmap(1, 1)).toBe('|rrr|');
    expect(m.flags(0)).toBe('rd wr mr mw me gu ac');
  });
});

// T: what is there, S: what comes beside it (a new mapping, or a part that changes).
describe('the anon_vma of neighbours T and S', () => {
  test('none, none: one', () => {
    expect(map('|r|l|').munlock(1)).toBe('|rr|');
  });

  test('X, none: one', () => {
    expect(map('|R|.').mmap(1, 1)).toBe('|Rr|');
  });

  test('X inherited, none: two', () => {
    expect(map('|R|.').fork().mmap(1, 1)).toBe('|R|r|');
  });

  test('none, X: one (two before 6.16)', () => {
    const m = map('|r|o|');
    m.write(1);
    expect(m.munlock(1)).toBe('|rR|');
  });

  test('none, X inherited: two', () => {
    const m = map('|r|o|');
    m.write(1);
    const child = m.fork();
    child.mlock2(1);
    expect(child.munlock(1)).toBe('|r|R|');
  });

  test('X, X: one, also inherited', () => {
    const child = map('|RR|').fork();
    child.mlock(1);
    expect(child.munlock(1)).toBe('|RR|');
  });

  test('X, Y: two, for ever', () => {
    const m = map('|r|o|');
    m.write(1);
    m.write(0);
    expect(m.munlock(1)).toBe('|R|R|');
    m.mlock(0, 2);
    m.munlock(0, 2);
    expect(m.madvise(0, 2, mman.MADV_DONTNEED)).toBe('|r|r|');
  });
});

describe('sequences', () => {
  const eight = (prepare: (m: Machine) => void = () => {}): Machine => {
    const m = boot(8);
    m.mmap(0, 8);
    prepare(m);
    return m;
  };

  test('lock [2,4), write p0, munlock: two', () => {
    const m = eight((m) => m.mlock(2, 2));
    m.write(0);
    expect(m.munlock(2, 2)).toBe('|Rr|RRrrrr|');
  });

  test('the same without the write: one', () => {
    const m = eight((m) => m.mlock(2, 2));
    expect(m.munlock(2, 2)).toBe('|rrRRrrrr|');
  });

  test('the write first: one, for the halves share what was there', () => {
    const m = eight((m) => m.write(0));
    m.mlock(2, 2);
    expect(m.munlock(2, 2)).toBe('|RrRRrrrr|');
  });

  test('even pages, then odd ones: four', () => {
    const m = eight();
    [0, 2, 4, 6, 1, 3, 5, 7].forEach((page) => m.mlock(page));
    expect(m.drawing).toBe('|LL|LL|LL|LL|');
  });

  test.each<[string, number[], (m: Machine) => void]>([
    ['ascending', [0, 1, 2, 3, 4, 5, 6, 7], () => {}],
    ['descending', [7, 6, 5, 4, 3, 2, 1, 0], () => {}],
    ['even, then odd, populated before', [0, 2, 4, 6, 1, 3, 5, 7], (m) => m.write(0, 8)],
  ])('%s: one', (_, order, prepare) => {
    const m = eight(prepare);
    order.forEach((page) => m.mlock(page));
    expect(m.drawing).toBe('|LLLLLLLL|');
  });

  test('even, then odd, in shared memory: one', () => {
    const m = boot(8);
    m.mmap(0, 8, { flags: SHARED });
    [0, 2, 4, 6, 1, 3, 5, 7].forEach((page) => m.mlock(page));
    expect(m.drawing).toBe('|LLLLLLLL|');
  });

  test('written memory beside MAP_LOCKED memory, unlocked: two', () => {
    const m = boot(4);
    m.mmap(0, 2);
    m.write(0, 2);
    m.mmap(2, 2, { flags: PRIVATE | MAP_LOCKED });
    expect(m.munlock(2, 2)).toBe('|RR|RR|');
  });

  test('a hole between two written mappings is filled: joins the left one only', () => {
    const m = map('|R|.|R|');
    expect(m.mmap(1, 1)).toBe('|Rr|R|');
  });

  test('X, locked Y, untouched: the middle joins what follows', () => {
    const m = map('|R|.|r|.');
    m.mmap(1, 1, { flags: PRIVATE | MAP_LOCKED });
    expect(m.drawing).toBe('|R|L|r|.');
    expect(m.munlock(1)).toBe('|R|Rr|.');
  });

  test('rights do not prevent sharing an anon_vma', () => {
    const m = boot(8);
    m.mmap(0, 8);
    m.mprotect(2, 2, RW | PROT_EXEC);
    m.write(0);
    m.write(2);
    expect(m.mprotect(2, 2, RW)).toBe('|RrRrrrrr|');
  });

  test('a write that dies with SIGBUS still decides later merges', () => {
    const m = boot(8);
    m.mmap(0, 8, { flags: MAP_PRIVATE, fd: m.memfd(4) });
    m.mlock2(4, 4);
    expect(m.write(5)).toBe('SIGBUS 2 |rrrr|oooo|');
    m.write(0);
    expect(m.munlock(4, 4)).toBe('|Rrrr|rrrr|');
  });
});

describe('which calls try', () => {
  test('flags that do not change: nothing is tried, equal neighbours stay apart', () => {
    const child = map('|r|L|').fork();
    expect(child.drawing).toBe('|r|R|');
    expect(child.munlock(0, 2)).toBe('|r|R|');
  });

  test('a whole VMA between two that fit: one', () => {
    expect(map('|r|l|r|').munlock(1)).toBe('|rrr|');
  });

  test('the middle of a VMA is cut, never merged', () => {
    expect(map('|l|rrr|l|').mlock2(2, 1)).toBe('|l|r|o|r|l|');
  });

  test('mmap fills a hole: one of three', () => {
    expect(map('|r|.|r|').mmap(1, 1)).toBe('|rrr|');
  });

  test('munmap never', () => {
    expect(map('|rrr|').munmap(1)).toBe('|r|.|r|');
  });

  test('a move tries both sides of its target', () => {
    expect(map('|r|...|r|.|r|').mremap(0, 1, 1, 3, 5)).toBe('....|rrr|');
  });
});
