// fork: what the child gets of VMAs, locks and pages, and who copies when somebody writes.
import { describe, expect, test } from 'vitest';
import { RW, SHARED, boot, kernel, map } from '../testing/machine';
import {
  MADV_DONTFORK,
  MADV_GUARD_INSTALL,
  MADV_WIPEONFORK,
  MAP_LOCKED,
  MCL_CURRENT,
  MCL_FUTURE,
  PROT_READ,
} from '../abi/mman';
import { RLIMIT_MEMLOCK } from '../abi/rlimit';
import { SYS_execve, SYS_exit, SYS_getrlimit, SYS_kill, SYS_mlockall, SYS_wait4 } from '../abi/sysno';

const LRU_ANON = '0x5828';

describe('the child', () => {
  test('has the same VMAs, not merged again, and no lock', () => {
    const m = map('|rr|ll|oo|');
    const child = m.fork();
    expect(child.drawing).toBe('|rr|rr|rr|');
    expect(child.locked_vm).toBe(0);
  });

  test('has no def_flags, but the limits and the capability', () => {
    const m = boot(1, { memlock: 12345, caps: 1 });
    m.mlockall(MCL_CURRENT | MCL_FUTURE);
    const { counters } = m.fork().process;
    expect([counters.def_flags, counters.rlimit_memlock[0], counters.caps]).toEqual([0, 12345n, 1]);
  });

  test('does not get MADV_DONTFORK, and MADV_WIPEONFORK empty', () => {
    const m = map('|RRR|');
    m.madvise(0, 1, MADV_DONTFORK);
    m.madvise(2, 1, MADV_WIPEONFORK);
    const child = m.fork();
    expect(child.drawing).toBe('.|R|r|');
    expect(child.vmas.map(({ anon_vma }) => anon_vma === 0)).toEqual([false, true]);
  });

  test('gets entries only of VMAs with an anon_vma or guard markers', () => {
    const m = boot(6);
    m.mmap(0, 2); // zero pages, never written
    m.read(0, 2);
    m.mmap(2, 2, { flags: SHARED });
    m.write(2, 2);
    m.mmap(4, 2);
    m.madvise(4, 1, MADV_GUARD_INSTALL);
    m.write(5);
    expect(m.drawing).toBe('|ZZ|RR|GR|');
    expect(m.fork().drawing).toBe('|rr|rr|GR|');
  });

  test('sees PG_mlocked on a page that it does not lock', () => {
    const m = map('|L|');
    const child = m.fork();
    expect(child.kpf(0)).toBe(m.kpf(0));
    expect(child.kpf(0)).toBe('0x20004582c');
  });

  test('of secretmem is unlocked', () => {
    expect(map('|L|').fork().munlock(0)).toBe('|R|');
  });
});

describe('copy on write, the parent locked, the child not', () => {
  test('the child writes: a fresh page for it, the parent keeps the locked one', () => {
    const m = map('|L|');
    const child = m.fork();
    child.write(0);
    expect(child.kpf(0)).toBe('0x400005828');
    expect(m.kpf(0)).toBe('0x20004582c');
    expect(m.count(0)).toBe(1);
  });

  test('the parent writes: a fresh locked page, the old one is only the child’s and unlocked', () => {
    const m = map('|L|');
    const child = m.fork();
    m.write(0);
    expect(m.kpf(0)).toBe('0x600045828');
    expect(child.kpf(0)).toBe('0x582c');
  });

  test('the child exits without writing: the parent takes its page over', () => {
    const m = map('|L|');
    const child = m.fork();
    const before = m.process.extents[0]!.folio;
    child.raw(SYS_exit, 0);
    m.write(0);
    expect(m.process.extents[0]!.folio).toBe(before);
    expect(m.kpf(0)).toBe('0x60004582c');
  });

  test('the child locks: own copies for all shared pages', () => {
    const m = map('|LL|');
    const child = m.fork();
    expect(child.mlock(0, 2)).toBe('|LL|');
    expect(m.state.nr_mlock).toBe(4);
  });

  test('the child locks on fault: the page is shared, counted twice, and free after both', () => {
    const m = map('|L|');
    const child = m.fork();
    child.mlock2(0);
    expect(m.count(0)).toBe(2);
    m.munlock(0);
    expect(m.kpf(0)).toBe('0x20004582c');
    child.raw(SYS_exit, 0);
    expect(m.kpf(0)).toBe('0x582c');
  });

  test('the parent locks after fork: it copies, the child keeps the original', () => {
    const m = map('|R|');
    const child = m.fork();
    const { folio } = child.process.extents[0]!;
    m.mlock(0);
    expect(child.process.extents[0]!.folio).toBe(folio);
    expect(m.process.extents[0]!.folio).not.toBe(folio);
    expect(child.kpf(0)).toBe(LRU_ANON);
  });

  test('read-only memory is not copied; Pss is shared', () => {
    const m = map('|R|');
    m.mprotect(0, 1, PROT_READ);
    const child = m.fork();
    m.mlock(0);
    expect(child.vmas[0]!.pss).toBe(2048);
    expect(m.vmas[0]!.pss).toBe(2048);
    expect(child.kpf(0)).toBe('0x20004582c');
  });
});

describe('merging after fork', () => {
  test('what was cut in the parent stays cut in the child', () => {
    const m = map('|RRRR|');
    m.mlock(0, 2);
    const child = m.fork();
    expect(child.drawing).toBe('|RR|RR|');
    child.mlock(0, 4);
    expect(child.munlock(0, 4)).toBe('|RR|RR|');
    expect(m.munlock(0, 2)).toBe('|RRRR|');
  });

  test('parts of one inherited VMA go together again', () => {
    const child = map('|RRR|').fork();
    expect(child.mlock(1)).toBe('|R|L|R|');
    expect(child.munlock(1)).toBe('|RRR|');
  });

  test('new memory beside an inherited touched VMA stays apart, beside an untouched one not', () => {
    const m = map('|R|..|r|.');
    const child = m.fork();
    expect(child.mmap(1, 1)).toBe('|R|r|.|r|.');
    expect(child.mmap(4, 1)).toBe('|R|r|.|rr|');
  });

  test('growth of an inherited VMA works', () => {
    const child = map('|R|..').fork();
    expect(child.mremap(0, 1, 3)).toBe('|Rrr|');
  });
});

describe('exit, kill, wait, execve', () => {
  test('a locked page of a process that ends is unlocked', () => {
    const m = map('|o|');
    m.write(0);
    const child = m.fork();
    child.mlock2(0);
    child.raw(SYS_exit, 3);
    expect(m.count(0)).toBe(1);
    m.raw(SYS_exit, 0);
    expect(m.state.nr_mlock).toBe(0);
    expect(kernel.verify()).toBe(0);
  });

  test('wait4 gives the status once', () => {
    const m = boot();
    const child = m.fork();
    child.raw(SYS_exit, 3);
    expect(m.raw(SYS_wait4, -1)).toBe(BigInt(child.pid));
    expect(kernel.out(0)).toBe(3n << 8n);
    expect(m.try(SYS_wait4, -1)).toBe('ECHILD');
  });

  test('a killed child tells its signal', () => {
    const m = boot();
    const child = m.fork();
    m.raw(SYS_kill, child.pid, 9);
    m.raw(SYS_wait4, -1);
    expect(kernel.out(0)).toBe(9n);
    expect(child.try(SYS_mlockall, 1)).toBe('ESRCH');
  });

  // Seen: 6.18.44, a probe: VmLck 0, a new mapping without lo, the limit kept.
  test('execve: no lock, no def_flags, the limits stay', () => {
    const m = map('|LL|', { caps: 1 }).limit(4 << 20);
    m.mlockall(7);
    expect(m.try(SYS_execve)).toBe('0');
    expect(m.locked_vm).toBe(0);
    expect(m.drawing).toBe('..');
    expect(m.mmap(0, 2)).toBe('|rr|');
    m.raw(SYS_getrlimit, RLIMIT_MEMLOCK);
    expect(kernel.out(0)).toBe(4n << 20n);
    expect(m.state.nr_mlock).toBe(0);
  });

  test('execve of a child leaves the parent’s locks', () => {
    const m = map('|LL|');
    m.fork().raw(SYS_execve);
    expect(m.drawing).toBe('|LL|');
    expect(m.count(0)).toBe(1);
    expect(m.kpf(0)).toBe('0x20004582c');
  });
});

test('a locked shared mapping is not the child’s lock', () => {
  const m = boot(2);
  m.mmap(0, 2, { flags: SHARED | MAP_LOCKED, prot: RW });
  const child = m.fork();
  expect(child.drawing).toBe('|rr|');
  expect(child.read(0)).toBe('|RR|');
  expect(child.count(0)).toBe(1);
  expect(m.munlock(0, 2)).toBe('|RR|');
  expect(child.kpf(1)).toBe('0x482c');
});
