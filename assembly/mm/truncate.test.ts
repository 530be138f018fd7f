// Files under a lock: truncation, holes, fault-around.
import { describe, expect, test } from 'vitest';
import { A, P, boot, kernel, len, type Machine } from '../testing/machine';
import { MAP_PRIVATE, MAP_SHARED, PROT_READ } from '../abi/mman';
import { SYS_close, SYS_fallocate, SYS_ftruncate, SYS_munmap } from '../abi/sysno';

const [KEEP_SIZE, PUNCH_HOLE] = [1, 2];

function file(pages: number, flags = MAP_SHARED): { m: Machine; fd: number } {
  const m = boot(pages);
  const fd = m.memfd(pages);
  m.mmap(0, pages, { flags, fd });
  return { m, fd };
}

describe('ftruncate', () => {
  test('takes locked pages, the lock and locked_vm stay', () => {
    const { m, fd } = file(4);
    m.mlock(0, 4);
    expect(m.ftruncate(fd, 2)).toBe('|LLll|');
    expect(m.locked_vm).toBe(4);
    expect(m.state.nr_mlock).toBe(2);
    expect(m.read(2)).toBe('SIGBUS 2 |LLll|');
  });

  test('also copies of a private mapping', () => {
    const { m, fd } = file(4, MAP_PRIVATE);
    m.mlock(0, 4);
    expect(m.ftruncate(fd, 1)).toBe('|Llll|');
    expect(m.process.counters.rss_anon).toBe(1);
  });

  test('longer again: absent until touched, then locked', () => {
    const { m, fd } = file(2);
    m.mlock(0, 2);
    m.ftruncate(fd, 0);
    expect(m.ftruncate(fd, 2)).toBe('|ll|');
    expect(m.write(1)).toBe('|lL|');
    expect(m.kpf(1)).toBe('0x200044838');
    expect(m.mlock(0, 2)).toBe('|LL|');
  });

  test('to nothing: mlock is ENOMEM, munlock 0', () => {
    const { m, fd } = file(2);
    m.ftruncate(fd, 0);
    expect(m.mlock(0, 2)).toBe('ENOMEM |ll|');
    expect(m.munlock(0, 2)).toBe('|rr|');
  });

  test('inside a page keeps it', () => {
    const { m, fd } = file(2);
    m.write(0, 2);
    expect(m.draw(SYS_ftruncate, fd, P + 1n)).toBe('|RR|');
    expect(m.draw(SYS_ftruncate, fd, P)).toBe('|Rr|');
  });

  test.each<[string, number, bigint, string]>([
    ['a bad descriptor', 99, 0n, 'EBADF'],
    ['a negative size, before the descriptor', 99, -1n, 'EINVAL'],
  ])('%s', (_, fd, size, answer) => {
    expect(boot().try(SYS_ftruncate, fd, size)).toBe(answer);
  });
});

describe('holes', () => {
  test('fallocate takes locked pages out; they are not filled again', () => {
    const { m, fd } = file(4);
    m.mlock(0, 4);
    expect(m.draw(SYS_fallocate, fd, KEEP_SIZE | PUNCH_HOLE, P, len(2))).toBe('|LllL|');
    expect(m.locked_vm).toBe(4);
  });

  test('copies of a private mapping stay', () => {
    const { m, fd } = file(3, MAP_PRIVATE);
    m.write(1);
    expect(m.draw(SYS_fallocate, fd, KEEP_SIZE | PUNCH_HOLE, 0, len(3))).toBe('|rRr|');
  });

  test('a punch inside page 0 unmaps all that follows, which stays cached', () => {
    const { m, fd } = file(3);
    m.write(0, 3);
    expect(m.draw(SYS_fallocate, fd, KEEP_SIZE | PUNCH_HOLE, 0, 100)).toBe('|Rrr|');
    expect(m.state.files[0]!.cached).toEqual([[0, 3]]);
  });

  test('PUNCH_HOLE without KEEP_SIZE', () => {
    const { m, fd } = file(1);
    expect(m.try(SYS_fallocate, fd, PUNCH_HOLE, 0, P)).toBe('EOPNOTSUPP');
  });
});

describe('fault-around', () => {
  /** A file whose pages are all cached, mapped anew from page `from` of the area. */
  const cached = (pages: number, from = 0, prot = PROT_READ): Machine => {
    const m = boot(from + pages);
    const fd = m.memfd(pages);
    m.mmap(0, pages, { flags: MAP_SHARED, fd });
    m.write(0, pages);
    m.raw(SYS_munmap, A, len(pages));
    m.mmap(from, pages, { flags: MAP_SHARED, fd, prot });
    return m;
  };

  test('one read maps up to 16 cached pages; locked on fault, all of them are locked', () => {
    const m = cached(20);
    m.mlock2(0, 20);
    expect(m.read(3)).toBe('|OOOOOOOOOOOOOOOOoooo|');
    expect(m.state.nr_mlock).toBe(16);
  });

  test('the window begins at the VMA, and then reaches into the next 64 KiB', () => {
    expect(cached(20, 5).read(7)).toBe('.....|RRRRRRRRRRRRRRRRrrrr|');
  });

  test('the next window begins at a multiple of 16 pages', () => {
    expect(cached(20).read(17)).toBe('|rrrrrrrrrrrrrrrrRRRR|');
  });

  test('a write maps one page', () => {
    expect(cached(4, 0, 3).write(1)).toBe('|rRrr|');
  });

  test('pages that are not cached are left out', () => {
    const { m, fd } = file(6);
    m.write(1);
    m.write(3);
    m.mmap(0, 6, { flags: MAP_SHARED, fd });
    expect(m.read(5)).toBe('|rRrRrR|');
  });

  test('a read beyond the end of the file maps what is around, then is SIGBUS', () => {
    const m = boot(4);
    const fd = m.memfd(2);
    m.mmap(0, 4, { flags: MAP_SHARED, fd });
    m.write(0, 2);
    m.mmap(0, 4, { flags: MAP_SHARED, fd });
    expect(m.read(3)).toBe('SIGBUS 2 |RRrr|');
  });

  test('a write to a private mapping leaves the page in the cache', () => {
    const { m, fd } = file(2, MAP_PRIVATE);
    m.write(1);
    expect(m.state.files[0]!.cached).toEqual([[1, 1]]);
    m.raw(SYS_munmap, A, len(2));
    m.raw(SYS_close, fd);
    expect(m.state.files).toEqual([]);
  });
});

describe('fallocate', () => {
  test('its pages are dirty and stay unseen until they are touched', () => {
    const { m, fd } = file(4); // Seen: 6.18.44
    m.raw(SYS_fallocate, fd, 0, 0, len(2));
    expect(m.state.files[0]!.cached).toEqual([]);
    expect(m.read(3)).toBe('|rrrR|');
    expect(m.read(1)).toBe('|rRrR|');
    expect(BigInt(m.kpf(1)) & 16n).toBe(16n); // KPF_DIRTY
    expect(BigInt(m.kpf(3)) & 16n).toBe(0n);
    expect(kernel.verify()).toBe(0);
  });
});
