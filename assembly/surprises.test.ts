// What surprises in lock calls and mappings: the smallest calls that show it. Seen: 6.18.44, all of them. The numbers are
// there to be cited; those that only a real machine can show (timers, memory cgroups, huge pages) are left out.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, at, boot, len, map, type Machine } from './testing/machine';
import * as mman from './abi/mman';
import * as nr from './abi/sysno';
import { IMAGE_STATIC } from './abi/image';
import { RLIMIT_AS } from './abi/rlimit';
import { SYSCTL_MAX_MAP_COUNT } from './abi/sysctl';

const TOP = 1n << 64n;
const { MAP_LOCKED, MAP_SHARED, MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT, PROT_EXEC, PROT_READ } = mman;
const MOVE = mman.MREMAP_MAYMOVE | mman.MREMAP_FIXED;
const KEEP = MOVE | mman.MREMAP_DONTUNMAP;

function secret(m: Machine, pages: number): number {
  const fd = Number(m.raw(nr.SYS_memfd_secret, 0));
  m.raw(nr.SYS_ftruncate, fd, len(pages));
  return fd;
}

describe('lengths and limits', () => {
  test('1: a huge length can be success with nothing done', () => {
    expect(map('|L|r|').draw(nr.SYS_mlock, A, TOP - 1n)).toBe('|L|r|');
    expect(map('|L|r|').draw(nr.SYS_munlock, A, TOP - 1n)).toBe('|L|r|');
  });

  test('2: or lock exactly one page', () => {
    expect(map('|rr|').draw(nr.SYS_mlock, A + 4095n, TOP - 1n)).toBe('|L|r|');
  });

  test('3: length 0 at an unaligned address locks a page', () => {
    expect(map('|rr|').draw(nr.SYS_mlock, A + 1n, 0)).toBe('|L|r|');
    expect(map('|rr|').draw(nr.SYS_mlock, at(2) + 1n, 0)).toBe('ENOMEM |rr|');
  });

  test('4, 5: above a lowered limit even length 0 fails, and locking what is locked', () => {
    const m = map('|LLLL|r|', { memlock: 4096 });
    expect(m.mlock(4, 0)).toBe('ENOMEM |LLLL|r|');
    expect(m.mlock(0)).toBe('ENOMEM |LLLL|r|');
  });

  test('6: a limit of one byte is not a limit of 0', () => {
    const m = boot(1, { memlock: 1 });
    expect(m.mlockall(MCL_FUTURE)).toBe('.');
    expect(m.mmap(0)).toBe('EAGAIN .');
    expect(boot(1, { memlock: 0 }).mlockall(MCL_FUTURE)).toBe('EPERM .');
  });

  test('49: flags have 32 bits', () => {
    expect(map('|r|').draw(nr.SYS_mlock2, A, P, 1n << 32n)).toBe('|L|');
    expect(map('|r|').draw(nr.SYS_mlockall, (1n << 32n) + 1n)).toBe('|L|');
  });

  test('52: a limit below what is locked is accepted', () => {
    const m = map('|LL|');
    expect(m.try(nr.SYS_setrlimit, 8, 0, 8 << 20)).toBe('0');
    expect(m.drawing).toBe('|LL|');
  });
});

describe('what a failure leaves, what a success does not bring', () => {
  test('7: a hole: locked before it, not populated', () => {
    const m = map('|rrrr|..|rrrr|');
    expect(m.mlock(0, 10)).toBe('ENOMEM |llll|..|rrrr|');
    expect(m.locked_vm).toBe(4);
  });

  test('8: PROT_NONE fails after it was locked', () => {
    const m = map('|nn|');
    expect(m.mlock(0, 2)).toBe('ENOMEM |nn|');
    expect(m.locked_vm).toBe(2);
  });

  test('9: so does the part beyond the end of a file; MAP_LOCKED hides it', () => {
    const m = boot(6);
    const fd = m.memfd(3);
    m.mmap(0, 6, { flags: MAP_SHARED, fd });
    expect(m.mlock(0, 6)).toBe('ENOMEM |LLLlll|');
    expect(m.mmap(0, 6, { flags: MAP_SHARED | MAP_LOCKED, fd })).toBe('|LLLlll|');
  });

  test('10, 11: locked read-only memory is the zero page; mprotect brings pages', () => {
    const m = boot(2);
    m.mmap(0, 2, { prot: PROT_READ });
    expect(m.mlock(0, 2)).toBe('|ZZ|');
    expect([m.locked_vm, m.process.counters.rss_anon]).toEqual([2, 0]);
    expect(m.mprotect(0, 2, RW)).toBe('|LL|');
    expect(m.state.nr_mlock).toBe(2);
  });

  test('12: but not from PROT_NONE to PROT_READ', () => {
    const m = boot(1);
    m.mmap(0, 1, { prot: 0, flags: PRIVATE | MAP_LOCKED });
    expect(m.mprotect(0, 1, PROT_READ)).toBe('|l|');
  });

  test('13: execute-only memory cannot be locked', () => {
    const m = boot(1);
    m.mmap(0, 1, { prot: PROT_EXEC });
    expect(m.mlock(0)).toBe('ENOMEM |l|');
  });

  test('40: a guard page stops mlock half way', () => {
    const m = map('|rrrr|');
    m.madvise(1, 1, mman.MADV_GUARD_INSTALL);
    expect(m.mlock(0, 4)).toBe('ENOMEM |LGll|');
  });

  test('46, 47: no room for a second cut leaves the first; munlock can fail for it too', () => {
    const m = map('|rrr|');
    m.raw(nr.P_sysctl, SYSCTL_MAX_MAP_COUNT, 2);
    expect(m.mlock(1)).toBe('ENOMEM |r|rr|');
    const locked = map('|LLL|');
    locked.raw(nr.P_sysctl, SYSCTL_MAX_MAP_COUNT, 1);
    expect(locked.munlock(1)).toBe('ENOMEM |LLL|');
  });
});

describe('mlockall', () => {
  test('14: MCL_CURRENT cancels an earlier MCL_FUTURE', () => {
    const m = boot(1);
    m.mlockall(MCL_FUTURE);
    m.mlockall(MCL_CURRENT);
    expect(m.mmap(0)).toBe('|r|');
  });

  test('15, 16: it succeeds whatever is missing, and does not lock everything', () => {
    const m = boot(2, { image: IMAGE_STATIC });
    m.mmap(0, 2, { flags: MAP_SHARED, fd: m.memfd(1) });
    expect(m.mlockall(MCL_CURRENT)).toBe('|Ll|');
    expect(m.process.counters.total_vm - m.locked_vm).toBe(8);
  });

  test('17: MCL_FUTURE locks neither the growing stack nor growth by mremap', () => {
    const m = map('......|r|.');
    m.mmap(4, 1, { flags: PRIVATE | mman.MAP_GROWSDOWN });
    m.mlockall(MCL_FUTURE);
    expect(m.write(2)).toBe('..|Rrr|.|r|.');
    expect(m.mremap(6, 1, 2)).toBe('..|Rrr|.|rr|');
    expect(m.locked_vm).toBe(0);
  });

  test('18, 19: a locked stack is counted in full, only the touched page comes; over the limit SIGSEGV', () => {
    const m = boot(12);
    m.mmap(10, 2, { flags: PRIVATE | mman.MAP_GROWSDOWN });
    m.mlockall(MCL_CURRENT);
    m.limit(11 * 4096);
    expect(m.write(1)).toBe('.|LllllllllLL|');
    expect(m.locked_vm).toBe(11);
    expect(m.write(0)).toBe('SIGSEGV 1 .|LllllllllLL|');
  });

  test('20: MAP_LOCKED does not populate under MCL_FUTURE | MCL_ONFAULT', () => {
    const m = boot(1);
    m.mlockall(MCL_FUTURE | MCL_ONFAULT);
    expect(m.mmap(0, 1, { flags: PRIVATE | MAP_LOCKED })).toBe('|o|');
  });

  test('43: it survives neither fork nor execve', () => {
    const m = map('|r|', { caps: 1 });
    m.mlockall(MCL_CURRENT | MCL_FUTURE);
    expect([m.fork().mmap(0), m.locked_vm > 0]).toEqual(['|r|', true]);
    m.raw(nr.SYS_execve);
    expect([m.locked_vm, m.mmap(0)]).toEqual([0, '|r|']);
  });
});

describe('mapping over and moving', () => {
  test('21: locked memory may not be replaced by as much locked memory at the limit', () => {
    const m = map('|LL|', { memlock: 8192 });
    expect(m.mmap(0, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('EAGAIN |LL|');
  });

  test('22, 23: a failed MAP_FIXED cuts VMAs, or destroys them', () => {
    const m = map('|RRRR|..|RR|');
    m.raw(nr.P_rlimit, RLIMIT_AS, len(6), TOP - 1n);
    expect(m.mmap(2, 5)).toBe('ENOMEM |RR|RR|..|R|R|');
    const gone = map('|LL|.', { memlock: 8192 });
    const fd = secret(gone, 4);
    expect(gone.mmap(1, 2, { flags: MAP_SHARED, fd })).toBe('EAGAIN |L|..');
    expect(gone.locked_vm).toBe(1);
  });

  test('24, 25: MREMAP_DONTUNMAP leaks locked_vm, unlocks the whole source, strands pages', () => {
    const m = map('|LLLL|..', { memlock: 4 * 4096 });
    expect(m.mremap(1, 2, 2, KEEP, 4)).toBe('|RrrR|LL|');
    expect([m.locked_vm, m.state.nr_mlock]).toEqual([6, 4]);
    m.munlockall();
    m.munmap(4, 2);
    expect([m.locked_vm, m.state.nr_mlock]).toEqual([4, 2]);
    m.munmap(0, 4);
    expect([m.locked_vm, m.state.nr_mlock]).toEqual([4, 0]);
  });

  test('26, 27: the same size is nothing, even over holes; MREMAP_FIXED moves them', () => {
    const m = map('|r|L|.|o|........');
    expect(m.mremap(0, 4, 4)).toBe('|r|L|.|o|........');
    expect(m.mremap(0, 4, 4, MOVE, 6)).toBe('......|r|L|.|o|..');
  });
});
