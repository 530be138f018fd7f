// memfd_secret. Every answer and every kpageflags word here was seen on 6.18.44 (probe).
import { expect, test } from 'vitest';
import { P, RW, boot, kernel, len, type Machine } from '../testing/machine';
import * as mman from '../abi/mman';
import { MAP_PRIVATE, MAP_SHARED, MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT } from '../abi/mman';
import { SYS_fallocate, SYS_ftruncate, SYS_memfd_secret, SYS_mmap, SYS_munlockall } from '../abi/sysno';

/** A secret file of four pages, mapped over six. */
function secret(size = 12): { m: Machine; fd: number } {
  const m = boot(size);
  const fd = Number(m.raw(SYS_memfd_secret, 0));
  m.raw(SYS_ftruncate, fd, len(4));
  m.mmap(0, 6, { flags: MAP_SHARED, fd });
  return { m, fd };
}

test('is born locked and counted, not populated', () => {
  const { m } = secret(6);
  expect(m.drawing).toBe('|llllll|');
  expect(m.locked_vm).toBe(6);
  expect(m.flags(0)).toBe('rd wr sh mr mw ms lo dd');
});

test('its pages are file pages, locked, dirty when written', () => {
  const { m } = secret();
  m.write(0);
  m.read(1);
  expect([m.kpf(0), m.kpf(1), m.kpf(2)]).toEqual(['0x200040838', '0x200040828', 'absent']);
  const { rss_anon, rss_file, rss_shmem } = m.process.counters;
  expect([rss_anon, rss_file, rss_shmem]).toEqual([0, 2, 0]);
  expect(m.state.nr_mlock).toBe(2);
});

test('lock calls change nothing', () => {
  const { m } = secret(6);
  expect(m.mlock(0)).toBe('ENOMEM |llllll|');
  expect(m.mlock2(0)).toBe('ENOMEM |llllll|');
  expect(m.munlock(0)).toBe('|llllll|');
  expect(m.munlockall()).toBe('|llllll|');
  expect(m.mlockall(MCL_CURRENT | MCL_ONFAULT)).toBe('|llllll|');
  expect(m.locked_vm).toBe(6);
});

test.each<[string, number, string]>([
  ['DONTNEED', mman.MADV_DONTNEED, 'EINVAL'],
  ['DONTNEED_LOCKED', mman.MADV_DONTNEED_LOCKED, 'ok'],
  ['PAGEOUT', mman.MADV_PAGEOUT, 'EINVAL'],
  ['COLD', mman.MADV_COLD, 'EINVAL'],
  ['POPULATE_READ', mman.MADV_POPULATE_READ, 'EINVAL'],
  ['POPULATE_WRITE', mman.MADV_POPULATE_WRITE, 'EINVAL'],
  ['REMOVE', mman.MADV_REMOVE, 'EINVAL'],
  ['FREE', mman.MADV_FREE, 'EINVAL'],
  ['WILLNEED', mman.MADV_WILLNEED, 'ok'],
  ['GUARD_INSTALL', mman.MADV_GUARD_INSTALL, 'EINVAL'],
  ['WIPEONFORK', mman.MADV_WIPEONFORK, 'EINVAL'],
])('MADV_%s', (_, advice, answer) => {
  const { m } = secret(6);
  expect(m.madvise(0, 1, advice)).toBe(`${answer === 'ok' ? '' : `${answer} `}|llllll|`);
});

test('MADV_DODUMP cuts, MADV_DONTDUMP heals; mprotect the same', () => {
  const { m } = secret(6);
  expect(m.madvise(0, 1, mman.MADV_DODUMP)).toBe('|l|lllll|');
  expect(m.madvise(0, 1, mman.MADV_DONTDUMP)).toBe('|llllll|');
  expect(m.mprotect(0, 1, 1)).toBe('|l|lllll|');
  expect(m.mprotect(0, 1, RW)).toBe('|llllll|');
  expect(m.locked_vm).toBe(6);
});

test('beyond the end: SIGBUS', () => {
  const { m } = secret(6);
  expect(m.read(4)).toBe('SIGBUS 2 |llllll|');
  expect(m.write(3, 2)).toBe('SIGBUS 2 |lllLll|');
});

test('the size is set once', () => {
  const { m, fd } = secret();
  expect(m.try(SYS_ftruncate, fd, len(8))).toBe('EINVAL');
  expect(m.try(SYS_ftruncate, fd, 0)).toBe('EINVAL');
  expect(m.try(SYS_fallocate, fd, 3, 0, P)).toBe('EOPNOTSUPP');
});

test('private is EINVAL, over the limit EAGAIN, also with a limit of 0', () => {
  const { m, fd } = secret();
  expect(m.mmap(8, 1, { flags: MAP_PRIVATE, fd })).toMatch(/^EINVAL/);
  m.limit(6 * 4096);
  expect(m.mmap(8, 1, { flags: MAP_SHARED, fd })).toMatch(/^EAGAIN/);
  m.limit(0);
  expect(m.mmap(8, 1, { flags: MAP_SHARED, fd })).toMatch(/^EAGAIN/);
});

test('a second mapping of a page counts its locks up and down', () => {
  const { m, fd } = secret();
  m.write(0);
  m.mmap(8, 2, { flags: MAP_SHARED, fd });
  expect(m.locked_vm).toBe(8);
  m.read(8);
  expect(m.count(0)).toBe(2);
  m.munmap(8, 2);
  expect(m.count(0)).toBe(1);
  expect(m.state.nr_mlock).toBe(1);
});

test('mremap grows and shrinks the account; old_len 0 maps it again; DONTUNMAP leaks', () => {
  const { m } = secret(20);
  m.mremap(0, 6, 2);
  expect(m.locked_vm).toBe(2);
  m.mremap(0, 2, 4);
  expect(m.locked_vm).toBe(4);
  m.mremap(0, 0, 2, 3, 8);
  expect(m.locked_vm).toBe(6);
  m.mremap(0, 4, 4, 7, 12);
  expect(m.locked_vm).toBe(10);
  expect(m.drawing).toBe('|rrrr|....|ll|..|llll|....');
  expect(m.flags(0)).toBe('rd wr sh mr mw ms dd');
});

test('MCL_ONFAULT of def_flags sticks to a new mapping', () => {
  const { m, fd } = secret();
  m.mlockall(MCL_FUTURE | MCL_ONFAULT);
  m.mmap(8, 1, { flags: MAP_SHARED, fd });
  expect(m.flags(8)).toBe('rd wr sh mr mw ms lo lf dd');
});

test('the child has it without the lock; mlock does not bring it back', () => {
  const { m, fd } = secret(6);
  m.write(0);
  const child = m.fork();
  expect(child.drawing).toBe('|rrrrrr|');
  expect(child.locked_vm).toBe(0);
  expect(child.mlock(0)).toBe('ENOMEM |rrrrrr|');
  const second = child.raw(SYS_mmap, 0, len(2), RW, MAP_SHARED, fd, 0);
  expect(child.locked_vm).toBe(2);
  child.munmap(0);
  child.raw(11, second, P);
  child.raw(SYS_munlockall);
  expect(child.locked_vm).toBe(1);
  expect(m.kpf(0)).toMatch(/4083.$/);
  expect(kernel.verify()).toBe(0);
});

test('replacing secret memory at the limit is refused: what goes away still counts', () => {
  const { m, fd } = secret(6); // Seen: 6.18.44
  m.limit(8 * 4096);
  const again = m.mmap(0, 3, { flags: MAP_SHARED, fd });
  expect(again).toBe('EAGAIN ...|lll|');
  expect(m.locked_vm).toBe(3);
});
