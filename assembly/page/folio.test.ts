// Words of /proc/kpageflags, and which list a page stands on.
import { describe, expect, test } from 'vitest';
import { SHARED, boot, map, type Machine } from '../testing/machine';
import {
  MADV_COLD,
  MADV_DONTNEED,
  MADV_FREE,
  MADV_PAGEOUT,
  MADV_POPULATE_READ,
  MADV_POPULATE_WRITE,
  MADV_RANDOM,
  MAP_SHARED,
} from '../abi/mman';
import { SYS_exit } from '../abi/sysno';

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

  // Seen: 6.18.44, recorded traces with PG_active and PG_referenced, 165,000 calls.
  test('mlock of a cached page that was referenced: on its way to the active list it is locked', () => {
    const m = shared();
    m.read(0);
    m.madvise(0, 1, MADV_DONTNEED);
    m.mlock(0);
    expect(word(m)).toBe('0x200044828');
  });

  test('MADV_FREE takes REFERENCED as well', () => {
    const m = map('|R|');
    m.madvise(0, 1, MADV_POPULATE_WRITE);
    m.madvise(0, 1, MADV_FREE);
    expect(word(m)).toBe('0x400001828');
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
