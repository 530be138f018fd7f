// RLIMIT_MEMLOCK: who may lock how much, asked in which order.
import { describe, expect, test } from 'vitest';
import { A, P, at, boot, kernel, map } from '../testing/machine';
import { MCL_CURRENT, MCL_FUTURE, MLOCK_ONFAULT } from '../abi/mman';
import { RLIMIT_MEMLOCK } from '../abi/rlimit';
import { P_rlimit, SYS_getrlimit, SYS_mlock, SYS_mlock2, SYS_prlimit64, SYS_setrlimit } from '../abi/sysno';

const TOP = 1n << 64n;

describe('the order of the checks', () => {
  test.each<[string, number, bigint, bigint, number, string]>([
    ['unknown flags come before limit 0', 0, A, P, 2, 'EINVAL'],
    ['limit 0 comes before everything else: a length of 0', 0, A, 0n, 0, 'EPERM'],
    ['a length that rounds to 0', 0, A, TOP - 1n, 0, 'EPERM'],
    ['unmapped', 0, at(8), P, 0, 'EPERM'],
    ['a range that wraps', 0, A, TOP - P, 0, 'EPERM'],
    ['too much comes before a wrap', 4096, A, TOP - P, 0, 'ENOMEM'],
    ['and before holes, with nothing changed', 8192, A, 8n * P, 0, 'ENOMEM'],
  ])('%s', (_, memlock, start, len, flags, answer) => {
    const m = map('|rrrr|', { memlock });
    expect(m.draw(SYS_mlock2, start, len, flags)).toBe(`${answer} |rrrr|`);
    expect(m.locked_vm).toBe(0);
  });

  test('with CAP_IPC_LOCK only the wrap is left', () => {
    expect(map('|rrrr|', { memlock: 0, caps: 1 }).draw(SYS_mlock, A, TOP - P)).toBe('EINVAL |rrrr|');
    expect(map('|rrrr|', { memlock: 0, caps: 1 }).mlock(0, 4)).toBe('|LLLL|');
  });
});

describe('the limit in bytes becomes whole pages, downwards', () => {
  test('1 byte is not 0: a length of 0 passes, one page does not', () => {
    const m = map('|rr|', { memlock: 1 });
    expect(m.mlock(0, 0)).toBe('|rr|');
    expect(m.mlock(0)).toBe('ENOMEM |rr|');
  });

  test('4095 bytes are no page', () => {
    expect(map('|rr|', { memlock: 4095 }).mlock(0)).toBe('ENOMEM |rr|');
  });

  test('two pages and 4095 bytes are two pages', () => {
    const m = map('|rrr|', { memlock: 3 * 4096 - 1 });
    expect(m.mlock(0, 3)).toBe('ENOMEM |rrr|');
    expect(m.mlock(0, 2)).toBe('|LL|r|');
  });

  test('exactly the limit passes', () => {
    expect(map('|rrrr|', { memlock: 4 * 4096 }).mlock(0, 4)).toBe('|LLLL|');
  });

  test('RLIM_INFINITY is 2^52 - 1 pages', () => {
    const m = map('|rrrr|');
    m.raw(P_rlimit, RLIMIT_MEMLOCK, TOP - 1n, TOP - 1n);
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.draw(SYS_mlock, A, TOP - A - P)).toBe('ENOMEM |LLLL|');
  });
});

describe('what counts', () => {
  test('pages of the range that are locked already count once', () => {
    const m = map('|LL|rr|', { memlock: 3 * 4096 });
    expect(m.mlock(0, 3)).toBe('|LLL|r|');
    expect(m.mlock(0, 4)).toBe('ENOMEM |LLL|r|');
  });

  test('it does not matter who locked them, nor on fault', () => {
    expect(map('|oo|rr|', { memlock: 3 * 4096 }).mlock(0, 3)).toBe('|LLL|r|');
  });

  test('holes count like pages', () => {
    expect(map('|r|..|r|', { memlock: 3 * 4096 }).mlock(0, 4)).toBe('ENOMEM |r|..|r|');
    expect(map('|r|..|r|', { memlock: 4 * 4096 }).mlock(0, 4)).toBe('ENOMEM |l|..|r|');
  });

  test('a page that two mappings lock counts twice', () => {
    const m = boot(4);
    const fd = m.memfd(1);
    m.mmap(0, 1, { flags: 1, fd });
    m.mmap(2, 1, { flags: 1, fd });
    m.mlock(0);
    m.mlock(2);
    expect(m.locked_vm).toBe(2);
    expect(m.state.nr_mlock).toBe(1);
  });
});

describe('a limit below what is locked', () => {
  const lowered = () => map('|LLLL|rr|', { memlock: 4096 });

  test('is accepted, and unlocks nothing', () => {
    const m = map('|LLLL|rr|');
    expect(m.try(SYS_setrlimit, RLIMIT_MEMLOCK, 4096, 8 << 20)).toBe('0');
    expect(m.drawing).toBe('|LLLL|rr|');
  });

  test('refuses to lock what is locked already', () => {
    expect(lowered().mlock(0)).toBe('ENOMEM |LLLL|rr|');
  });

  test('refuses to change the kind of lock', () => {
    expect(lowered().mlock2(0, 4, MLOCK_ONFAULT)).toBe('ENOMEM |LLLL|rr|');
  });

  test('refuses even a length of 0, mapped or not', () => {
    expect(lowered().mlock(4, 0)).toBe('ENOMEM |LLLL|rr|');
    expect(lowered().mlock(40, 0)).toBe('ENOMEM |LLLL|rr|');
  });

  test('a range that covers all that is locked and a bit more', () => {
    const m = map('|LLLL|rr|', { memlock: 5 * 4096 });
    expect(m.mlock(0, 5)).toBe('|LLLLL|r|');
  });

  test('munlock asks for no limit', () => {
    expect(map('|LLLL|rr|', { memlock: 0 }).munlock(0, 4)).toBe('|RRRRrr|');
  });
});

describe('setrlimit, prlimit64, getrlimit', () => {
  test.each<[string, number, bigint, bigint, string]>([
    ['soft above hard', RLIMIT_MEMLOCK, 8192n, 4096n, 'EINVAL'],
    ['hard raised without CAP_SYS_RESOURCE', RLIMIT_MEMLOCK, 4096n, (8n << 20n) + 1n, 'EPERM'],
    ['hard kept', RLIMIT_MEMLOCK, 0n, 8n << 20n, '0'],
    ['hard lowered', RLIMIT_MEMLOCK, 4096n, 4096n, '0'],
    ['unknown resource', 16, 0n, 0n, 'EINVAL'],
  ])('%s', (_, resource, soft, hard, answer) => {
    expect(boot().try(SYS_setrlimit, resource, soft, hard)).toBe(answer);
  });

  test('prlimit64 gives the old limit back', () => {
    const m = boot().limit(4096);
    m.raw(SYS_prlimit64, 0, RLIMIT_MEMLOCK, 1, 8192, 16384);
    expect([kernel.out(0), kernel.out(1)]).toEqual([4096n, 8n << 20n]);
    m.raw(SYS_getrlimit, RLIMIT_MEMLOCK);
    expect([kernel.out(0), kernel.out(1)]).toEqual([8192n, 16384n]);
  });
});

describe('the capability is read at every check', () => {
  test('what was locked with it stays locked without it; the next call is measured', () => {
    const m = map('|rrrr|', { memlock: 4096 }).capable();
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    m.capable(false);
    expect(m.mlock(0)).toBe('ENOMEM |LLLL|');
    expect(m.mlockall(MCL_FUTURE)).toBe('|LLLL|');
    expect(m.mlockall(MCL_CURRENT)).toBe('ENOMEM |LLLL|');
  });
});
