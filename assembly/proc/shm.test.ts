// SysV shared memory. Every answer and every kpageflags word here was seen on 6.18.44 (probes).
import { describe, expect, test } from 'vitest';
import { A, P, at, boot, kernel, len, type Machine } from '../testing/machine';
import { MADV_PAGEOUT, MCL_FUTURE, MCL_ONFAULT, PROT_READ, PROT_WRITE } from '../abi/mman';
import { SYS_mlockall, SYS_munlockall, SYS_shmat, SYS_shmctl, SYS_shmdt, SYS_shmget } from '../abi/sysno';

const [IPC_RMID, IPC_STAT, SHM_LOCK, SHM_UNLOCK] = [0, 2, 11, 12];
const [IPC_CREAT, IPC_EXCL, SHM_RDONLY, SHM_RND, SHM_REMAP, SHM_EXEC] = [
  0o1000, 0o2000, 0o10000, 0o20000, 0o40000, 0o100000,
];

const segment = (m: Machine, pages: number): bigint => m.raw(SYS_shmget, 0, len(pages), 0o600);

/** A segment of `pages` attached at page 0. */
function attached(pages: number, flags = 0): { m: Machine; id: bigint } {
  const m = boot(pages);
  const id = segment(m, pages);
  m.raw(SYS_shmat, id, A, flags);
  return { m, id };
}

describe('shmget', () => {
  test('keys, sizes and IPC_EXCL', () => {
    const m = boot();
    const get = (key: number, bytes: bigint | number, flags: number) => m.try(SYS_shmget, key, bytes, flags);
    expect(get(0x1234, P, 0o600)).toBe('ENOENT');
    const id = get(0x1234, P, 0o600 | IPC_CREAT);
    expect(get(0x1234, 0, 0)).toBe(id);
    expect(get(0x1234, P, IPC_CREAT | IPC_EXCL)).toBe('EEXIST');
    expect(get(0x1234, 2n * P, 0)).toBe('EINVAL');
    expect(get(0x1234, 2n * P, IPC_CREAT | IPC_EXCL)).toBe('EEXIST');
    expect(get(0, 0, 0o600)).toBe('EINVAL');
    expect(get(0, (1n << 64n) - 1n, 0o600)).toBe('EINVAL');
    expect(get(0x999, 0, IPC_CREAT | 0o600)).toBe('EINVAL');
    m.raw(SYS_shmctl, BigInt(id), IPC_RMID);
    expect(get(0x1234, P, 0)).toBe('ENOENT');
  });
});

describe('shmat and shmdt', () => {
  test('an ordinary shared mapping', () => {
    const { m } = attached(4);
    expect(m.drawing).toBe('|rrrr|');
    expect(m.flags(0)).toBe('rd wr sh mr mw me ms');
    expect(attached(4, SHM_RDONLY).m.flags(0)).toBe('rd mr me ms');
    expect(attached(4, SHM_RDONLY | SHM_EXEC).m.flags(0)).toBe('rd ex mr me ms');
  });

  test('read-only memory may not become writable', () => {
    expect(attached(1, SHM_RDONLY).m.mprotect(0, 1, PROT_READ | PROT_WRITE)).toBe('EACCES |r|');
  });

  test.each<[string, bigint, number, string]>([
    ['unaligned', A + 1n, 0, 'EINVAL'],
    ['unaligned with SHM_RND: rounded down', at(8) + 0xfffn, SHM_RND, String(at(8))],
    ['SHM_REMAP without an address', 0n, SHM_REMAP, 'EINVAL'],
    ['occupied', A, 0, 'EINVAL'],
    ['occupied with SHM_REMAP', A, SHM_REMAP, String(A)],
    ['an end that wraps', (1n << 64n) - P, 0, 'EINVAL'],
    ['beyond user space', 0x7ffffffff000n, 0, 'ENOMEM'],
    ['the second page of all', P, 0, String(P)],
  ])('%s', (_, addr, flags, answer) => {
    const { m, id } = attached(1);
    expect(m.try(SYS_shmat, id, addr, flags)).toBe(answer);
  });

  test('unknown ids', () => {
    expect(boot().try(SYS_shmat, 12345, 0, 0)).toBe('EINVAL');
    expect(boot().try(SYS_shmat, -1, 0, 0)).toBe('EINVAL');
  });

  test('shmdt takes every piece, by the address of page 0 only', () => {
    const { m } = attached(8);
    m.mlock(0, 4);
    m.munmap(0);
    expect(m.munmap(3)).toBe('.|LL|.|rrrr|');
    expect(m.locked_vm).toBe(2);
    expect(m.draw(SYS_shmdt, at(1))).toBe('EINVAL .|LL|.|rrrr|');
    expect(m.draw(SYS_shmdt, A)).toBe('........');
    expect(m.locked_vm).toBe(0);
    expect(m.try(SYS_shmdt, A)).toBe('EINVAL');
    expect(m.try(SYS_shmdt, A + 1n)).toBe('EINVAL');
  });

  test('MCL_FUTURE: locked, counted, populated; over the limit EAGAIN', () => {
    const m = boot(8);
    const id = segment(m, 8);
    m.raw(SYS_mlockall, MCL_FUTURE);
    m.raw(SYS_shmat, id, A, 0);
    expect(m.drawing).toBe('|LLLLLLLL|');
    m.raw(SYS_shmdt, A);
    m.raw(SYS_mlockall, MCL_FUTURE | MCL_ONFAULT);
    m.raw(SYS_shmat, id, A, 0);
    expect(m.drawing).toBe('|oooooooo|');
    m.raw(SYS_shmdt, A);
    m.limit(7 * 4096);
    expect(m.try(SYS_shmat, id, A, 0)).toBe('EAGAIN');
  });

  test('a cut is for ever, but borders move', () => {
    const { m } = attached(8);
    expect(m.mlock(0)).toBe('|L|rrrrrrr|');
    expect(m.munlock(0)).toBe('|R|rrrrrrr|');
    expect(m.mlock(0, 2)).toBe('|LL|rrrrrr|');
    expect(m.mlock(1, 3)).toBe('|LLLL|rrrr|');
    expect(m.munlock(0, 4)).toBe('|RRRR|rrrr|');
  });

  test('fork: the child has it unlocked, and nothing present', () => {
    const { m } = attached(2);
    m.mlock(0, 2);
    expect(m.fork().drawing).toBe('|rr|');
  });
});

describe('SHM_LOCK', () => {
  test('brings nothing in and shows in no counter; what comes later is unevictable', () => {
    const { m, id } = attached(4);
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('0');
    expect(m.drawing).toBe('|rrrr|');
    expect(m.locked_vm).toBe(0);
    m.write(1);
    expect(m.kpf(1)).toBe('0x44838');
    expect([m.state.nr_mlock, m.state.nr_unevictable]).toEqual([0, 1]);
  });

  test('pages that are there move when reclaim meets them, and all come back at SHM_UNLOCK', () => {
    const { m, id } = attached(4);
    m.write(0);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    expect(m.kpf(0)).toBe('0x4838');
    m.write(1);
    expect(m.madvise(0, 1, MADV_PAGEOUT)).toBe('|RRrr|');
    expect(m.kpf(0)).toBe('0x44838');
    m.raw(SYS_shmctl, id, SHM_UNLOCK);
    expect([m.kpf(0), m.kpf(1)]).toEqual(['0x4838', '0x4838']);
    expect(m.state.nr_unevictable).toBe(0);
    expect(kernel.verify()).toBe(0);
  });

  test('mlock on top: munlock leaves the page unevictable', () => {
    const { m, id } = attached(2);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    m.write(0);
    m.mlock(0);
    expect(m.kpf(0)).toBe('0x20004483c');
    m.munlock(0);
    expect(m.kpf(0)).toBe('0x4483c');
  });

  test('SHM_UNLOCK leaves what mlock holds', () => {
    const { m, id } = attached(2);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    m.write(0);
    m.mlock(0);
    m.raw(SYS_shmctl, id, SHM_UNLOCK);
    expect(m.kpf(0)).toBe('0x20004483c');
    m.munlock(0);
    expect(m.kpf(0)).toBe('0x483c');
  });

  test('has an account of its own', () => {
    const { m, id } = attached(4);
    m.limit(4 * 4096);
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('0');
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('0');
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    const more = segment(m, 1);
    expect(m.try(SYS_shmctl, more, SHM_LOCK)).toBe('ENOMEM');
    expect(m.capable().try(SYS_shmctl, more, SHM_LOCK)).toBe('0');
  });

  test('limit 0 is EPERM, SHM_UNLOCK works all the same', () => {
    const { m, id } = attached(1);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    m.limit(0);
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('EPERM');
    expect(m.try(SYS_shmctl, id, SHM_UNLOCK)).toBe('0');
    expect(m.try(SYS_shmctl, id, SHM_UNLOCK)).toBe('0');
  });

  test('survives shmdt', () => {
    const { m, id } = attached(1);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    m.write(0);
    m.raw(SYS_shmdt, A);
    m.raw(SYS_shmat, id, A, 0);
    m.read(0);
    expect(parseInt(m.kpf(0), 16) & (1 << 18)).not.toBe(0);
  });
});

describe('IPC_RMID', () => {
  test('of an attached segment: it works on until the last shmdt', () => {
    const { m, id } = attached(2);
    expect(m.try(SYS_shmctl, id, IPC_RMID)).toBe('0');
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('0');
    expect(m.try(SYS_shmctl, id, IPC_RMID)).toBe('0');
    expect(m.try(SYS_shmat, id, at(4), 0)).toBe(String(at(4)));
    m.raw(SYS_shmdt, A);
    expect(m.try(SYS_shmctl, id, SHM_UNLOCK)).toBe('0');
    m.raw(SYS_shmdt, at(4));
    expect(m.try(SYS_shmctl, id, SHM_LOCK)).toBe('EINVAL');
    expect(m.try(SYS_shmat, id, 0, 0)).toBe('EINVAL');
  });

  test('the account is given back when the segment goes, not before', () => {
    const { m, id } = attached(3);
    m.limit(4 * 4096);
    const other = segment(m, 2);
    m.raw(SYS_shmctl, id, SHM_LOCK);
    m.raw(SYS_shmctl, id, IPC_RMID);
    expect(m.try(SYS_shmctl, other, SHM_LOCK)).toBe('ENOMEM');
    m.raw(SYS_shmdt, A);
    expect(m.try(SYS_shmctl, other, SHM_LOCK)).toBe('0');
  });

  test('its pages go with it', () => {
    const { m, id } = attached(2);
    m.mlock(0, 2);
    m.raw(SYS_munlockall);
    m.raw(SYS_shmctl, id, IPC_RMID);
    m.raw(SYS_shmdt, A);
    expect(m.state.files).toEqual([]);
    expect(kernel.verify()).toBe(0);
  });

  test('the exit of the last process that has it attached counts as shmdt', () => {
    const { m, id } = attached(2);
    const child = m.fork();
    m.raw(SYS_shmctl, id, IPC_RMID);
    m.raw(SYS_shmdt, A);
    expect(m.try(SYS_shmctl, id, SHM_UNLOCK)).toBe('0');
    child.raw(60, 0);
    expect(m.try(SYS_shmctl, id, SHM_UNLOCK)).toBe('EINVAL');
  });

  test('other commands are not modelled', () => {
    const { m, id } = attached(1);
    expect(m.try(SYS_shmctl, id, IPC_STAT)).toBe('ENOT_MODELLED');
    expect(m.try(SYS_shmctl, id, 99)).toBe('EINVAL');
    expect(m.try(SYS_shmctl, -1, SHM_LOCK)).toBe('EINVAL');
  });
});

test('a read maps one page of a segment, never those around it', () => {
  const { m, id } = attached(3); // Seen: 6.18.44
  m.write(0, 3);
  m.raw(SYS_shmdt, A);
  m.raw(SYS_shmat, id, A, 0);
  expect(m.read(1)).toBe('|rRr|');
});

test('a segment moves alone: mremap of more than its VMA is EFAULT', () => {
  const { m } = attached(2); // Seen: 6.18.44
  expect(m.mremap(0, 3, 3, 3, 8)).toMatch(/^EFAULT/);
  expect(m.mremap(0, 2, 2, 3, 8)).not.toMatch(/^E/);
});
