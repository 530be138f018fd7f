// msync, mincore, remap_file_pages, mseal.
import { describe, expect, test } from 'vitest';
import { A, P, SHARED, at, boot, kernel, len, map } from '../testing/machine';
import { MADV_DONTNEED, MADV_GUARD_INSTALL, MS_ASYNC, MS_INVALIDATE, MS_SYNC } from '../abi/mman';
import { SYS_memfd_secret, SYS_ftruncate, SYS_mincore, SYS_mseal, SYS_msync, SYS_remap_file_pages } from '../abi/sysno';

const TOP = 1n << 64n;

describe('msync', () => {
  test.each<[string, bigint, bigint, number, string]>([
    ['unknown flags', A, P, 8, 'EINVAL'],
    ['unaligned', A + 1n, P, MS_SYNC, 'EINVAL'],
    ['MS_ASYNC and MS_SYNC', A, P, MS_ASYNC | MS_SYNC, 'EINVAL'],
    ['the end wraps', A, TOP - P, MS_SYNC, 'ENOMEM'],
    ['len -1 rounds to 0', A, TOP - 1n, MS_SYNC, '0'],
    ['nothing mapped', at(20), P, MS_SYNC, 'ENOMEM'],
    ['unlocked', A, P, MS_INVALIDATE, '0'],
    ['locked', at(1), P, MS_INVALIDATE, 'EBUSY'],
    ['locked on fault', at(2), P, MS_INVALIDATE, 'EBUSY'],
    ['locked, without MS_INVALIDATE', A, len(3), MS_SYNC, '0'],
    ['a lock before the hole', A, len(6), MS_INVALIDATE, 'EBUSY'],
    ['a hole', at(3), len(2), 0, 'ENOMEM'],
  ])('%s', (_, start, bytes, flags, answer) => {
    expect(map('|r|l|o|r|.|r|').try(SYS_msync, start, bytes, flags)).toBe(answer);
  });

  test('a hole is reported at the end, so that a lock behind it is met; exactly MS_ASYNC stops at it', () => {
    const m = map('|r|.|l|');
    expect(m.msync(0, 3, MS_INVALIDATE)).toBe('EBUSY |r|.|l|');
    expect(m.msync(0, 3, MS_INVALIDATE | MS_ASYNC)).toBe('EBUSY |r|.|l|');
    expect(m.msync(0, 3, MS_ASYNC)).toBe('ENOMEM |r|.|l|');
  });

  // Seen: 6.18.44, a probe: memfd_secret has no fsync.
  test('MS_SYNC of secretmem', () => {
    const m = boot(1);
    const fd = Number(m.raw(SYS_memfd_secret, 0));
    m.raw(SYS_ftruncate, fd, P);
    m.mmap(0, 1, { flags: 1, fd });
    expect(m.msync(0, 1, MS_SYNC)).toBe('EINVAL |l|');
    expect(m.msync(0, 1, MS_ASYNC)).toBe('|l|');
    expect(m.msync(0, 1, MS_INVALIDATE)).toBe('EBUSY |l|');
  });
});

describe('mincore', () => {
  const resident = (m: ReturnType<typeof map>, page: number, n: number): string => {
    const answer = m.try(SYS_mincore, at(page), len(n));
    return answer === '0' ? [...kernel.vec(n)].join('') : answer;
  };

  test('anonymous: present pages, the zero page among them; locks do not show', () => {
    expect(resident(map('|Rr|Ll|'), 0, 4)).toBe('1010');
    expect(resident(map('|Zr|'), 0, 2)).toBe('10');
  });

  test('files: the page cache, mapped or not', () => {
    const m = boot(4);
    m.mmap(0, 4, { flags: SHARED });
    m.write(1, 2);
    m.madvise(1, 1, MADV_DONTNEED);
    expect(resident(m, 0, 4)).toBe('0110');
  });

  test('a guard marker is an absent page', () => {
    const m = map('|RR|');
    m.madvise(0, 1, MADV_GUARD_INSTALL);
    expect(resident(m, 0, 2)).toBe('01');
  });

  test('errors', () => {
    const m = map('|r|.');
    expect(m.try(SYS_mincore, A + 1n, P)).toBe('EINVAL');
    expect(m.try(SYS_mincore, A, len(2))).toBe('ENOMEM');
    expect(m.try(SYS_mincore, A, TOP - P)).toBe('ENOMEM');
    expect(m.try(SYS_mincore, at(1), 0)).toBe('0');
  });
});

describe('remap_file_pages', () => {
  const shared = () => {
    const m = boot(4);
    m.mmap(0, 4, { flags: SHARED });
    return m;
  };

  test('replaces a part by other pages of the object, locked if it was, but no longer on fault', () => {
    const m = shared();
    m.mlock2(0, 4);
    expect(m.draw(SYS_remap_file_pages, A, P, 0, 2, 0)).toBe('|L|ooo|');
    expect(m.vmas[0]!.vm_pgoff).toBe(2n);
  });

  test('errors', () => {
    expect(shared().try(SYS_remap_file_pages, A, P, 1, 2, 0)).toBe('EINVAL');
    expect(shared().try(SYS_remap_file_pages, at(8), P, 0, 2, 0)).toBe('EINVAL');
    expect(map('|rr|').try(SYS_remap_file_pages, A, P, 0, 1, 0)).toBe('EINVAL');
  });
});

describe('mseal', () => {
  test.each<[string, bigint, bigint, number, string]>([
    ['flags', A, P, 1, 'EINVAL'],
    ['unaligned', A + 1n, P, 0, 'EINVAL'],
    ['len 0', A, 0n, 0, '0'],
    ['the end wraps', A, TOP - P, 0, 'EINVAL'],
    ['a hole', A, len(3), 0, 'ENOMEM'],
  ])('%s', (_, start, bytes, flags, answer) => {
    const m = map('|rr|.');
    expect(m.try(SYS_mseal, start, bytes, flags)).toBe(answer);
    expect(m.drawing).toBe('|rr|.');
  });

  test('cuts, and cannot be cut through by mprotect', () => {
    const m = map('|rrr|');
    m.raw(SYS_mseal, at(1), P, 0);
    expect(m.drawing).toBe('|r|r|r|');
    expect(m.flags(1)).toBe('rd wr mr mw me ac sl');
    expect(m.mprotect(0, 3, 0)).toBe('EPERM |n|r|r|');
  });
});
