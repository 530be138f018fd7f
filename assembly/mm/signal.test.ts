// A pending SIGKILL: it counts only where a task would sleep for mmap_lock, and between the pages of populate.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, boot, map, type Machine } from '../testing/machine';
import {
  MADV_COLD,
  MADV_DONTFORK,
  MADV_POPULATE_WRITE,
  MAP_LOCKED,
  MCL_CURRENT,
  MS_ASYNC,
  PROT_READ,
} from '../abi/mman';
import {
  P_pending_signal,
  SYS_brk,
  SYS_fork,
  SYS_mincore,
  SYS_mmap,
  SYS_munlockall,
  SYS_shmat,
  SYS_shmget,
} from '../abi/sysno';

const [SIGKILL, SIGTERM] = [9, 15];
const pending = (m: Machine, signal: number, contended: boolean): Machine => {
  m.raw(P_pending_signal, signal, contended ? 1 : 0);
  return m;
};

describe('another thread holds mmap_lock: EINTR, nothing changed', () => {
  test.each<[string, (m: Machine) => string]>([
    ['mlock', (m) => m.mlock(0, 2)],
    ['mlock2', (m) => m.mlock2(0, 2)],
    ['munlock', (m) => m.munlock(0, 3)],
    ['mlockall', (m) => m.mlockall(MCL_CURRENT)],
    ['munlockall', (m) => m.munlockall()],
    ['mmap', (m) => m.mmap(0, 1)],
    ['munmap', (m) => m.munmap(0, 1)],
    ['mprotect', (m) => m.mprotect(0, 2, PROT_READ)],
    ['mremap', (m) => m.mremap(0, 2, 1)],
    ['an advice that changes flags', (m) => m.madvise(0, 2, MADV_DONTFORK)],
  ])('%s', (_, call) => {
    const m = pending(map('|rr|L|r|'), SIGKILL, true);
    expect(call(m)).toBe('EINTR |rr|L|r|');
    expect(m.process.counters.def_flags).toBe(0);
  });

  test('brk, fork and shmat', () => {
    const m = boot();
    const id = m.raw(SYS_shmget, 0, P, 0o600);
    expect(pending(m, SIGKILL, true).try(SYS_brk, A)).toBe('EINTR');
    expect(pending(m, SIGKILL, true).try(SYS_fork)).toBe('EINTR');
    expect(pending(m, SIGKILL, true).try(SYS_shmat, id, 0, 0)).toBe('EINTR');
  });

  test('msync, mincore and page advices wait without looking', () => {
    expect(pending(map('|rr|'), SIGKILL, true).msync(0, 2, MS_ASYNC)).toBe('|rr|');
    expect(pending(map('|rr|'), SIGKILL, true).try(SYS_mincore, A, P)).toBe('0');
    expect(pending(map('|rr|'), SIGKILL, true).madvise(0, 2, MADV_COLD)).toBe('|rr|');
  });
});

describe('nobody holds it: the call goes through, populate does not', () => {
  test('mlock has locked everything and faulted in nothing', () => {
    const m = pending(map('|rRr|'), SIGKILL, false);
    expect(m.mlock(0, 3)).toBe('EINTR |lLl|');
    expect(m.locked_vm).toBe(3);
  });

  test('mlock2 on fault has nothing to fault in', () => {
    expect(pending(map('|rr|'), SIGKILL, false).mlock2(0, 2)).toBe('|oo|');
  });

  test('munlock and munlockall do not notice', () => {
    expect(pending(map('|LL|'), SIGKILL, false).munlock(0, 2)).toBe('|RR|');
    expect(pending(map('|LL|'), SIGKILL, false).try(SYS_munlockall)).toBe('0');
  });

  test('mlockall and mmap swallow it', () => {
    expect(pending(map('|rr|'), SIGKILL, false).mlockall(MCL_CURRENT)).toBe('|ll|');
    expect(pending(boot(2), SIGKILL, false).mmap(0, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('|ll|');
  });

  test('MADV_POPULATE_WRITE tells it', () => {
    expect(pending(map('|rr|'), SIGKILL, false).madvise(0, 2, MADV_POPULATE_WRITE)).toBe('EINTR |rr|');
  });
});

test('a signal that does not kill never counts', () => {
  expect(pending(map('|rr|'), SIGTERM, true).mlock(0, 2)).toBe('|LL|');
});

test('it is there for one call only', () => {
  const m = pending(map('|rr|'), SIGKILL, true);
  expect(m.try(SYS_mmap, 0, P, RW, PRIVATE, -1, 0)).toBe('EINTR');
  expect(m.mlock(0, 2)).toBe('|LL|');
});
