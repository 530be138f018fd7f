// Advices that act on pages, one by one: holes in files, populate, guards, lazyfree, sealed memory.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, SHARED, at, boot, len, map, type Machine } from '../testing/machine';
import * as mman from '../abi/mman';
import { SYS_madvise, SYS_mseal } from '../abi/sysno';

const { MADV_COLD, MADV_DONTNEED, MADV_DONTNEED_LOCKED, MADV_FREE, MADV_GUARD_INSTALL, MADV_GUARD_REMOVE } = mman;
const { MADV_PAGEOUT, MADV_POPULATE_READ, MADV_POPULATE_WRITE, MADV_REMOVE, MADV_WIPEONFORK } = mman;

describe('MADV_REMOVE', () => {
  test('takes pages out of shared writable memory, also those that another mapping locks', () => {
    const m = boot(5);
    const fd = m.memfd(2);
    m.mmap(0, 2, { flags: 1, fd });
    m.mmap(3, 2, { flags: 1, fd });
    m.mlock(3, 2);
    m.write(0, 2);
    expect(m.madvise(0, 1, MADV_REMOVE)).toBe('|rR|.|lL|');
    expect(m.locked_vm).toBe(2);
  });

  test('a private file is EACCES', () => {
    const m = boot(1);
    m.mmap(0, 1, { flags: 2, fd: m.memfd(1) });
    expect(m.madvise(0, 1, MADV_REMOVE)).toBe('EACCES |r|');
  });
});

describe('MADV_POPULATE', () => {
  test.each<[string, number, number, string]>([
    ['WRITE without the right', 1, MADV_POPULATE_WRITE, 'EINVAL |rr|'],
    ['READ of PROT_NONE', 0, MADV_POPULATE_READ, 'EINVAL |nn|'],
    ['READ of write-only memory', 2, MADV_POPULATE_READ, 'EINVAL |rr|'],
    ['READ of read-only memory: zero pages', 1, MADV_POPULATE_READ, '|ZZ|'],
  ])('%s', (_, prot, advice, drawing) => {
    const m = boot(2);
    m.mmap(0, 2, { prot });
    expect(m.madvise(0, 2, advice)).toBe(drawing);
  });

  test('stops at a hole, a guard page and the end of a file; what came before is there', () => {
    expect(map('|r|.|r|').madvise(0, 3, MADV_POPULATE_WRITE)).toBe('ENOMEM |R|.|r|');
    const guarded = map('|rrr|');
    guarded.madvise(1, 1, MADV_GUARD_INSTALL);
    expect(guarded.madvise(0, 3, MADV_POPULATE_WRITE)).toBe('EFAULT |RGr|');
    const file = boot(3);
    file.mmap(0, 3, { flags: 1, fd: file.memfd(1) });
    expect(file.madvise(0, 3, MADV_POPULATE_READ)).toBe('EFAULT |Rrr|');
  });

  test('faults in where mlock2 on fault did not, and the pages are locked', () => {
    const m = map('|oo|');
    expect(m.madvise(0, 1, MADV_POPULATE_WRITE)).toBe('|Oo|');
    expect(m.state.nr_mlock).toBe(1);
  });
});

describe('guard pages', () => {
  const guarded = (): Machine => {
    const m = map('|rrr|');
    m.madvise(1, 1, MADV_GUARD_INSTALL);
    return m;
  };

  test('no cut; the whole VMA gets gu for ever, and an anon_vma', () => {
    const m = guarded();
    expect(m.flags(2)).toBe('rd wr mr mw me gu ac');
    expect(m.vmas[0]!.anon_vma).not.toBe(0);
    expect(m.madvise(0, 3, MADV_GUARD_REMOVE)).toBe('|rrr|');
    expect(m.flags(0)).toBe('rd wr mr mw me gu ac');
  });

  test('a touch is SIGSEGV', () => {
    expect(guarded().write(0, 3)).toBe('SIGSEGV 1 |RGr|');
  });

  test('markers survive DONTNEED and mremap, not munmap and replacement', () => {
    expect(guarded().madvise(0, 3, MADV_DONTNEED)).toBe('|rGr|');
    expect(guarded().mremap(1, 1, 1, 3, 2)).toBe('|r|.|G|');
    expect(guarded().mmap(1, 1)).toBe('|rrr|');
  });
});

describe('MADV_FREE', () => {
  test('marks pages; a lock on fault keeps them so, mlock makes them dirty', () => {
    const m = map('|RR|');
    m.madvise(0, 2, MADV_FREE);
    expect(m.kpf(0)).toBe('0x400001828');
    m.mlock2(0, 1);
    expect(m.kpf(0)).toBe('0x600041828');
    expect(m.munlock(0)).toBe('|RR|');
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rr|');
  });

  test('a write before reclaim keeps the page', () => {
    const m = map('|RR|');
    m.madvise(0, 2, MADV_FREE);
    m.write(1);
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rR|');
    expect(m.kpf(1)).toMatch(/5.28$/); // SWAPBACKED again
  });

  test('droppable pages go even when they were written', () => {
    const m = boot(2);
    m.mmap(0, 2, { flags: 0x28 });
    m.write(0, 2);
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rr|');
  });

  test('shared memory is EINVAL', () => {
    const m = boot(1);
    m.mmap(0, 1, { flags: SHARED });
    expect(m.madvise(0, 1, MADV_FREE)).toBe('EINVAL |r|');
  });
});

// Seen: 6.18.44, a probe.
describe('sealed memory that its owner may not write refuses to lose pages', () => {
  test.each([MADV_DONTNEED, MADV_FREE, MADV_DONTNEED_LOCKED, MADV_WIPEONFORK, mman.MADV_DONTFORK, MADV_GUARD_INSTALL])(
    'advice %i',
    (advice) => {
      const m = boot(4);
      m.mmap(0, 2, { prot: 1 });
      m.mmap(2, 2, { prot: RW, flags: PRIVATE });
      m.raw(SYS_mseal, A, len(4), 0);
      expect(m.madvise(0, 1, advice)).toBe('EPERM |rr|rr|');
      expect(m.try(SYS_madvise, at(2), P, advice)).toBe('0');
    },
  );

  test.each([mman.MADV_RANDOM, MADV_COLD, MADV_PAGEOUT, MADV_POPULATE_READ, MADV_GUARD_REMOVE])(
    'advice %i may be given',
    (advice) => {
      const m = boot(2);
      m.mmap(0, 2, { prot: 1 });
      m.raw(SYS_mseal, A, len(2), 0);
      expect(m.try(SYS_madvise, A, len(2), advice)).toBe('0');
    },
  );
});
