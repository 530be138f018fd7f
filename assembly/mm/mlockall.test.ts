// mlockall, munlockall: every VMA, and mappings to come.
import { describe, expect, test } from 'vitest';
import { PRIVATE, boot, map } from '../testing/machine';
import { IMAGE_STATIC } from '../abi/image';
import {
  MAP_LOCKED,
  MAP_POPULATE,
  MCL_CURRENT,
  MCL_FUTURE,
  MCL_ONFAULT,
  PROT_READ,
  VM_LOCKED,
  VM_LOCKONFAULT,
} from '../abi/mman';
import { SYS_mlockall, SYS_munlockall } from '../abi/sysno';

const LOCKED = VM_LOCKED;
const ON_FAULT = VM_LOCKED | VM_LOCKONFAULT;
const TOP = 1n << 64n;

describe('flags', () => {
  test.each<[bigint, string]>([
    [0n, 'EINVAL'],
    [4n, 'EINVAL'],
    [8n, 'EINVAL'],
    [9n, 'EINVAL'],
    [TOP - 1n, 'EINVAL'],
    [1n << 32n, 'EINVAL'],
    [(1n << 32n) + 2n, '0'],
    [1n, '0'],
    [2n, '0'],
    [3n, '0'],
    [5n, '0'],
    [6n, '0'],
    [7n, '0'],
  ])('%i is %s', (flags, answer) => {
    expect(boot().try(SYS_mlockall, flags)).toBe(answer);
  });

  test('EINVAL comes before EPERM', () => {
    expect(boot(1, { memlock: 0 }).try(SYS_mlockall, 8)).toBe('EINVAL');
    expect(boot(1, { memlock: 0 }).try(SYS_mlockall, 2)).toBe('EPERM');
  });
});

describe('the limit', () => {
  test('MCL_CURRENT compares total_vm, exactly', () => {
    expect(map('|rrrr|', { memlock: 4 * 4096 }).mlockall(MCL_CURRENT)).toBe('|LLLL|');
    expect(map('|rrrr|', { memlock: 4 * 4096 - 1 }).mlockall(MCL_CURRENT)).toBe('ENOMEM |rrrr|');
  });

  test('on fault as well, and locked memory counts too', () => {
    expect(map('|LLLL|', { memlock: 3 * 4096 }).mlockall(MCL_CURRENT | MCL_ONFAULT)).toBe('ENOMEM |LLLL|');
  });

  test('a failed call leaves def_flags in force', () => {
    const m = map('|rr|', { memlock: 4096 });
    m.mlockall(MCL_FUTURE);
    m.mlockall(MCL_CURRENT);
    expect(m.process.counters.def_flags).toBe(LOCKED);
  });

  test('MCL_FUTURE alone is never ENOMEM; then every mmap is EAGAIN', () => {
    const m = boot(2, { memlock: 1 });
    expect(m.mlockall(MCL_FUTURE)).toBe('..');
    expect(m.mmap(0, 1)).toBe('EAGAIN ..');
    m.limit(0);
    expect(m.mmap(0, 1)).toBe('EAGAIN ..');
    expect(m.mmap(0, 1, { flags: PRIVATE | MAP_LOCKED })).toBe('EPERM ..');
  });
});

describe('what is locked', () => {
  test('MCL_CURRENT: all that can be, populated; neighbours that differed in locks merge', () => {
    expect(map('|rR|.|o|l|Zr|').mlockall(MCL_CURRENT)).toBe('|LL|.|LLLL|');
  });

  test('MCL_CURRENT | MCL_ONFAULT: all on fault, pages stay', () => {
    expect(map('|rR|.|Ll|').mlockall(MCL_CURRENT | MCL_ONFAULT)).toBe('|oO|.|Oo|');
  });

  test('MCL_FUTURE alone touches nothing that is there', () => {
    expect(map('|r|L|o|').mlockall(MCL_FUTURE)).toBe('|r|L|o|');
  });

  test('all but [vvar], [vvar_vclock] and [vdso]', () => {
    const m = boot(1, { image: IMAGE_STATIC });
    m.mlockall(MCL_CURRENT);
    const { locked_vm, total_vm } = m.process.counters;
    expect(total_vm - locked_vm).toBe(8);
  });

  test('munlockall takes all of it back, and def_flags', () => {
    const m = map('|r|.|L|o|');
    m.mlockall(MCL_CURRENT | MCL_FUTURE);
    expect(m.munlockall()).toBe('|R|.|RR|');
    expect(m.process.counters.def_flags).toBe(0);
    expect(m.locked_vm).toBe(0);
  });

  test('arguments of munlockall do not matter', () => {
    expect(boot().try(SYS_munlockall, TOP - 1n, 77)).toBe('0');
  });
});

describe('def_flags: what later mappings get', () => {
  test.each<[string, number[], number]>([
    ['FUTURE', [MCL_FUTURE], LOCKED],
    ['FUTURE, then CURRENT: cancelled', [MCL_FUTURE, MCL_CURRENT], 0],
    ['CURRENT, then FUTURE', [MCL_CURRENT, MCL_FUTURE], LOCKED],
    ['FUTURE | ONFAULT', [MCL_FUTURE | MCL_ONFAULT], ON_FAULT],
    ['FUTURE | ONFAULT, then FUTURE', [MCL_FUTURE | MCL_ONFAULT, MCL_FUTURE], LOCKED],
    ['CURRENT | ONFAULT', [MCL_CURRENT | MCL_ONFAULT], 0],
    ['all three', [7], ON_FAULT],
  ])('%s', (_, calls, def_flags) => {
    const m = boot(2);
    calls.forEach((flags) => m.mlockall(flags));
    expect(m.process.counters.def_flags).toBe(def_flags);
  });

  test('MCL_FUTURE populates new mappings, read-only ones with the zero page', () => {
    const m = boot(4);
    m.mlockall(MCL_FUTURE);
    expect(m.mmap(0, 2)).toBe('|LL|..');
    expect(m.mmap(2, 2, { prot: PROT_READ })).toBe('|LL|ZZ|');
    expect(m.locked_vm).toBe(4);
  });

  test('MCL_ONFAULT wins over MAP_LOCKED and MAP_POPULATE', () => {
    const m = boot(4);
    m.mlockall(MCL_FUTURE | MCL_ONFAULT);
    expect(m.mmap(0, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('|oo|..');
    expect(m.mmap(2, 2, { flags: PRIVATE | MAP_POPULATE })).toBe('|oooo|');
  });

  test('a page touched on fault is locked at once', () => {
    const m = map('|oo|');
    expect(m.write(0)).toBe('|Oo|');
    expect(m.kpf(0)).toBe('0x600045828');
  });

  test('growth by mremap of an unlocked VMA stays unlocked', () => {
    const m = map('|RR|..');
    m.mlockall(MCL_FUTURE);
    expect(m.mremap(0, 2, 4)).toBe('|RRrr|');
    expect(m.locked_vm).toBe(0);
  });
});

test('populate failures are invisible', () => {
  const m = boot(4);
  m.mmap(0, 4, { flags: 1, fd: m.memfd(2) });
  expect(m.mlockall(MCL_CURRENT)).toBe('|LLll|');
  expect(m.process.counters.rss_shmem).toBe(2);
});
