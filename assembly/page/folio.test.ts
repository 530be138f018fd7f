// Words of /proc/kpageflags, and which list a page stands on.
import { describe, expect, test } from 'vitest';
import { P, RW, SHARED, boot, kernel, map, type Machine } from '../testing/machine';
import {
  MADV_COLD,
  MADV_DONTNEED,
  MADV_PAGEOUT,
  MADV_POPULATE_READ,
  MADV_POPULATE_WRITE,
  MADV_RANDOM,
  MAP_SHARED,
} from '../abi/mman';
import { SYSCTL_BATCHES } from '../abi/sysctl';
import { P_sysctl, SYS_exit } from '../abi/sysno';

const word = (m: Machine, page = 0): string => m.kpf(page);

describe('exact words', () => {
  test('anonymous: fresh, locked on fault, locked, unlocked again', () => {
    const m = map('|r|o|');
    m.write(0, 2);
    expect(word(m, 0)).toBe('0x400005828');
    expect(word(m, 1)).toBe('0x600045828');
    m.mlock(1);
    expect(word(m, 1)).toBe('0x60004582c');
    m.munlock(1);
    expect(word(m, 1)).toBe('0x40000582c');
  });

  test('the zero page', () => {
    const m = map('|r|');
    m.read(0);
    expect(word(m)).toBe('0x101000004');
  });

  test('shared memory: read, written, locked', () => {
    const m = boot(3);
    m.mmap(0, 3, { flags: SHARED });
    m.read(0);
    m.write(1);
    m.mlock(2);
    expect([0, 1, 2].map((page) => word(m, page))).toEqual(['0x4828', '0x4838', '0x20004482c']);
  });

  test('after fork the page is nobody’s own', () => {
    const m = map('|R|');
    m.fork();
    expect(word(m)).toBe('0x5828');
  });

  test('absent, guard and swap entries have none', () => {
    expect(word(map('|r|'))).toBe('absent');
  });
});

// Seen: 6.18.44, a probe over memfd and anonymous pages: every word below.
describe('REFERENCED and ACTIVE', () => {
  const shared = (): Machine => {
    const m = boot(9);
    const fd = m.memfd(4);
    m.mmap(0, 4, { flags: MAP_SHARED, fd });
    m.mmap(5, 4, { flags: MAP_SHARED, fd });
    return m;
  };

  test('populate: referenced, then active, then both', () => {
    const m = shared();
    const words = [1, 2, 3, 4].map(() => (m.madvise(0, 1, MADV_POPULATE_READ), word(m)));
    expect(words).toEqual(['0x482c', '0x4868', '0x486c', '0x486c']);
    m.madvise(0, 1, MADV_COLD);
    expect(word(m)).toBe('0x4828');
  });

  test('MADV_COLD leaves pages that another entry maps', () => {
    const m = shared();
    [1, 2].forEach(() => m.madvise(0, 1, MADV_POPULATE_READ));
    m.read(5);
    m.madvise(0, 1, MADV_COLD);
    expect(word(m)).toBe('0x4868');
    m.munmap(5, 4);
    expect(word(m)).toBe('0x486c');
  });

  test('unmapping a file page is an access too, unless it is MADV_RANDOM', () => {
    const m = shared();
    const words = [1, 2, 3, 4].map(() => {
      m.read(1);
      const now = word(m, 1);
      m.madvise(0, 4, MADV_DONTNEED);
      return now;
    });
    expect(words).toEqual(['0x4828', '0x482c', '0x4868', '0x486c']);
    const random = shared();
    random.madvise(0, 4, MADV_RANDOM);
    random.read(0);
    random.madvise(0, 4, MADV_DONTNEED);
    random.read(0);
    expect(word(random)).toBe('0x4828');
  });

  test('mlock takes ACTIVE, munlock gives REFERENCED only', () => {
    const m = map('|R|');
    [1, 2, 3].forEach(() => m.madvise(0, 1, MADV_POPULATE_WRITE));
    expect(word(m)).toBe('0x40000586c');
    m.mlock(0);
    expect(word(m)).toBe('0x60004582c');
    m.munlock(0);
    expect(word(m)).toBe('0x40000582c');
  });

  test('an active page locked on fault, populated, unlocked', () => {
    const m = map('|R|');
    [1, 2].forEach(() => m.madvise(0, 1, MADV_POPULATE_WRITE));
    m.mlock2(0);
    expect(word(m)).toBe('0x600045828');
    m.madvise(0, 1, MADV_POPULATE_WRITE);
    expect(word(m)).toBe('0x60004582c');
    m.munlock(0);
    expect(word(m)).toBe('0x40000582c');
  });

  test('MADV_PAGEOUT without swap makes an anonymous page active', () => {
    const m = map('|R|');
    m.madvise(0, 1, MADV_POPULATE_WRITE);
    expect(word(m)).toBe('0x40000582c');
    m.madvise(0, 1, MADV_PAGEOUT);
    expect(word(m)).toBe('0x400005868');
    m.madvise(0, 1, MADV_COLD);
    expect(word(m)).toBe('0x400005828');
  });

  test('shared after fork it is left alone', () => {
    const m = map('|R|');
    [1, 2].forEach(() => m.madvise(0, 1, MADV_POPULATE_WRITE));
    const child = m.fork();
    child.madvise(0, 1, MADV_COLD);
    expect(word(m)).toBe('0x5868');
    child.raw(SYS_exit, 0);
    m.madvise(0, 1, MADV_COLD);
    expect(word(m)).toBe('0x5828');
  });
});

describe('the unevictable list', () => {
  test('one page, two mappings: counted up and down, by munlock and by munmap', () => {
    const m = boot(9);
    const fd = m.memfd(4);
    [0, 5].forEach((page) => m.mmap(page, 4, { flags: MAP_SHARED, fd }));
    m.mlock(0, 4);
    m.mlock(5, 4);
    expect([m.count(0), m.state.nr_mlock, m.state.nr_unevictable]).toEqual([2, 4, 4]);
    m.munlock(0, 4);
    expect([m.count(5), m.state.nr_mlock, m.state.nr_unevictable]).toEqual([1, 4, 4]);
    m.munmap(5, 4);
    expect([m.state.nr_mlock, m.state.nr_unevictable]).toEqual([0, 0]);
  });

  test('freed while locked', () => {
    const m = map('|LL|');
    m.munmap(0, 2);
    expect([m.state.nr_mlock, m.state.nr_unevictable]).toEqual([0, 0]);
  });

  test('mremap, fork and mprotect raise no event', () => {
    const m = map('|L|.');
    m.fork();
    m.mremap(0, 1, 1, 3, 1);
    m.mprotect(1, 1, 1);
    expect(m.count(1)).toBe(1);
    expect(m.state.nr_mlock).toBe(1);
  });
});

describe('batches left as a real kernel leaves them', () => {
  const lagging = (drawing: string): Machine => {
    const m = map(drawing);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    return m;
  };
  const now = (m: Machine, page: number): bigint =>
    m.process.extents.find(
      ({ start, nr_pages }) => start <= pageAt(page) && pageAt(page) < start + BigInt(nr_pages) * P,
    )!.kpf;
  const pageAt = (page: number): bigint => 0x1_0000_0000n + BigInt(page) * P;

  test('a fresh page is on no list yet; locked on fault it is PG_mlocked at once', () => {
    const m = lagging('|r|o|');
    m.write(0, 2);
    expect(now(m, 0)).toBe(0x400005808n);
    expect(now(m, 1)).toBe(0x600005808n);
  });

  test('the 31st page processes its batch', () => {
    const m = lagging(`|${'o'.repeat(31)}|`);
    m.write(0, 30);
    expect(now(m, 0)).toBe(0x600005808n);
    m.write(30);
    expect(now(m, 0)).toBe(0x600045828n);
  });

  test('mlock drains, a munlock that changes nothing does not', () => {
    const m = lagging('|rr|');
    m.write(0);
    m.munlock(0, 2);
    expect(now(m, 0)).toBe(0x400005808n);
    m.mlock2(1);
    expect(now(m, 0)).toBe(0x400005828n);
  });

  test('munmap does not: nr_mlock lags', () => {
    const m = lagging('|LL|.|r|');
    m.munmap(0, 2);
    expect(m.state.nr_mlock).toBe(2);
    m.madvise(3, 1, MADV_COLD);
    expect(m.state.nr_mlock).toBe(0);
  });

  test('a file page unmapped and locked again loses its mark, and mlock does not bring it back', () => {
    const m = boot(1);
    const fd = m.memfd(1);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    const locked = { flags: MAP_SHARED | 0x2000, fd, prot: RW };
    m.mmap(0, 1, locked);
    m.mmap(0, 1, locked);
    expect(m.drawing).toBe('|L|');
    expect(now(m, 0) & (1n << 33n)).toBe(0n);
    m.mlock(0);
    expect(now(m, 0) & (1n << 33n)).toBe(0n);
    m.munlock(0);
    m.mlock(0);
    expect(now(m, 0) & (1n << 33n)).toBe(1n << 33n);
    expect(kernel.verify()).toBe(0);
  });

  test('a full lock batch before lru_add loses counts: unlocking one mapping unmarks the other’s page', () => {
    const m = boot(64);
    const fd = m.memfd(1);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    m.mmap(0, 1, { flags: MAP_SHARED, fd });
    m.mmap(2, 1, { flags: MAP_SHARED, fd });
    m.mmap(10, 40);
    m.mlock2(0);
    m.mlock2(2);
    m.mlock2(10, 40);
    m.write(0);
    m.write(2);
    m.write(10, 29);
    m.munlock(0);
    expect(m.drawing.slice(0, 8)).toBe('|R|.|O|.');
    expect(m.kpf(2)).toBe('0x4838');
  });
});
