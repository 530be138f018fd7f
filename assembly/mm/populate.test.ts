// What mlock faults in, mapping by mapping, and where it stops.
import { describe, expect, test } from 'vitest';
import { PRIVATE, RW, SHARED, boot, map, type Machine } from '../testing/machine';
import {
  MADV_GUARD_INSTALL,
  MAP_DROPPABLE,
  MAP_ANONYMOUS,
  MAP_PRIVATE,
  MAP_SHARED,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  PROT_EXEC,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from '../abi/mman';
import { IMAGE_STATIC } from '../abi/image';
import { SYS_memfd_secret, SYS_ftruncate, SYS_mlock, SYS_munlock, SYS_open } from '../abi/sysno';

/** Four pages of one mapping; `before` acts on them. */
function mapped(options: Parameters<Machine['mmap']>[2], before: (m: Machine) => void = () => {}): Machine {
  const m = boot(4);
  m.mmap(0, 4, options);
  before(m);
  return m;
}

describe('plain mlock brings in', () => {
  test('private anonymous RW: fresh pages', () => {
    const m = mapped({});
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.kpf(0)).toBe('0x60004582c');
  });

  test('write-only memory the same', () => {
    expect(mapped({ prot: PROT_WRITE }).mlock(0, 4)).toBe('|LLLL|');
  });

  test('a zero page is replaced', () => {
    expect(mapped({}, (m) => m.read(0, 2)).mlock(0, 4)).toBe('|LLLL|');
  });

  test('read-only anonymous: the zero page, which is not locked and not counted in rss', () => {
    const m = mapped({ prot: PROT_READ });
    expect(m.mlock(0, 4)).toBe('|ZZZZ|');
    expect(m.locked_vm).toBe(4);
    expect(m.process.counters.rss_anon).toBe(0);
    expect(m.state.nr_mlock).toBe(0);
    expect(m.kpf(0)).toBe('0x101000004');
  });

  test('read-only anonymous with a page of its own: that page', () => {
    const m = mapped({}, (m) => m.write(1));
    m.mprotect(0, 4, PROT_READ);
    expect(m.mlock(0, 4)).toBe('|ZLZZ|');
  });

  test('shared anonymous: pages that are not dirty', () => {
    const m = mapped({ flags: SHARED });
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.kpf(0)).toBe('0x20004482c');
  });

  test('a private file, writable: copies; the page cache is not locked', () => {
    const m = boot(4);
    const fd = m.memfd(4);
    m.mmap(0, 4, { flags: MAP_PRIVATE, fd });
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.process.counters.rss_anon).toBe(4);
    expect(m.state.nr_mlock).toBe(4);
    expect(m.state.files[0]!.cached).toEqual([[0, 4]]);
  });

  test('a private file, read-only: the page cache itself', () => {
    const m = boot(4);
    m.mmap(0, 4, { flags: MAP_PRIVATE, prot: PROT_READ, fd: m.memfd(4) });
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.process.counters.rss_shmem).toBe(4);
  });

  test('a shared mapping of a file opened for reading', () => {
    const m = boot(2);
    const fd = Number(m.raw(SYS_open, 2));
    m.raw(SYS_ftruncate, fd, 8192);
    m.mmap(0, 2, { flags: MAP_SHARED, prot: PROT_READ, fd });
    expect(m.mlock(0, 2)).toBe('|LL|');
  });

  test('a page shared after fork: a copy for the caller, the other keeps the old one', () => {
    const m = map('|R|');
    const child = m.fork();
    expect(child.mlock(0)).toBe('|L|');
    expect(m.kpf(0)).not.toBe(child.kpf(0));
    expect(m.kpf(0)).toBe('0x5828');
  });

  test('read-only and shared after fork: no copy', () => {
    const m = map('|R|');
    m.mprotect(0, 1, PROT_READ);
    m.fork();
    m.mlock(0);
    expect(m.process.extents[0]!.mapcount).toBe(2);
    expect(m.kpf(0)).toBe('0x20004582c');
  });
});

describe('plain mlock stops: flags and locked_vm cover the range, pages what came before', () => {
  test('PROT_NONE: nothing new, but what is there is marked', () => {
    const m = mapped({}, (m) => m.write(1));
    m.mprotect(0, 4, PROT_NONE);
    expect(m.mlock(0, 4)).toBe('ENOMEM |nNnn|');
    expect(m.flags(0)).toBe('mr mw me lo ac');
    expect(m.locked_vm).toBe(4);
    expect(m.state.nr_mlock).toBe(1);
  });

  test('PROT_EXEC alone: its key denies reading', () => {
    const m = mapped({ prot: PROT_EXEC });
    expect(m.mlock(0, 4)).toBe('ENOMEM |llll|');
    expect(m.locked_vm).toBe(4);
  });

  test('the end of the file; its last page may be partial', () => {
    const m = boot(6);
    const fd = m.memfd(0);
    m.raw(SYS_ftruncate, fd, 2 * 4096 + 1);
    m.mmap(0, 6, { flags: MAP_SHARED, fd });
    expect(m.mlock(0, 6)).toBe('ENOMEM |LLLlll|');
    expect(m.locked_vm).toBe(6);
  });

  test('an empty file', () => {
    const m = boot(2);
    m.mmap(0, 2, { flags: MAP_SHARED, fd: m.memfd(0) });
    expect(m.mlock(0, 2)).toBe('ENOMEM |ll|');
  });

  test('a guard page', () => {
    const m = mapped({});
    m.madvise(1, 1, MADV_GUARD_INSTALL);
    expect(m.mlock(0, 4)).toBe('ENOMEM |LGll|');
  });

  test('the VMAs behind the failing page are not reached', () => {
    const m = map('|rr|n|rr|');
    expect(m.mlock(0, 5)).toBe('ENOMEM |LL|n|ll|');
    expect(m.locked_vm).toBe(5);
  });

  test('mlock2 on fault stops nowhere', () => {
    expect(map('|rr|n|rr|').mlock2(0, 5)).toBe('|oo|n|oo|');
  });

  test('a VMA that is locked on fault is passed over by mlockall and mmap, but mlock converts it first', () => {
    expect(map('|oo|').mlock(0, 2)).toBe('|LL|');
  });
});

describe('VMAs that cannot be locked', () => {
  test('droppable: populated, not locked, not counted, 0', () => {
    const m = mapped({ flags: MAP_DROPPABLE | MAP_ANONYMOUS });
    expect(m.mlock(0, 4)).toBe('|RRRR|');
    expect(m.locked_vm).toBe(0);
    expect(m.flags(0)).toBe('rd wr mr mw me nr wf dd dp');
  });

  test('[vvar], [vvar_vclock] and [vdso] in one call: 0, only the vdso comes in', () => {
    const m = boot(1, { image: IMAGE_STATIC });
    expect(m.try(SYS_mlock, 0x7ffff7ff7000n, 8 * 4096)).toBe('0');
    expect(m.locked_vm).toBe(0);
    const special = m.process.vmas.filter(({ vm_start }) => vm_start >= 0x7ffff7ff7000n && vm_start < 0x7ffff8000000n);
    expect(special.map(({ rss }) => rss)).toEqual([0, 0, 2]);
  });

  test('secretmem is locked already, and says ENOMEM', () => {
    const m = boot(2);
    const fd = Number(m.raw(SYS_memfd_secret, 0));
    m.raw(SYS_ftruncate, fd, 8192);
    expect(m.mmap(0, 2, { flags: MAP_SHARED, fd })).toBe('|ll|');
    expect(m.mlock(0, 2)).toBe('ENOMEM |ll|');
    expect(m.try(SYS_munlock, 0x1_0000_0000n, 8192)).toBe('0');
    expect(m.drawing).toBe('|ll|');
  });
});

describe('populate by other calls passes over errors and goes on with the next VMA', () => {
  test('mlockall(MCL_CURRENT)', () => {
    expect(map('|rr|n|rr|').mlockall(1)).toBe('|LL|n|LL|');
  });

  test('mlockall leaves the rest of a VMA behind a guard page', () => {
    const m = map('|rrr|.|rr|');
    m.madvise(1, 1, MADV_GUARD_INSTALL);
    expect(m.mlockall(1)).toBe('|LGl|.|LL|');
  });

  test('MAP_LOCKED beyond the end of a file succeeds', () => {
    const m = boot(4);
    expect(m.mmap(0, 4, { flags: MAP_SHARED | 0x2000, fd: m.memfd(2) })).toBe('|LLll|');
  });

  test('growth by mremap populates only what is new', () => {
    const m = map('|ll|..');
    expect(m.mremap(0, 2, 4)).toBe('|llLL|');
  });

  test('a moved part is not populated', () => {
    const m = map('|lL|....');
    expect(m.mremap(0, 2, 2, MREMAP_MAYMOVE | MREMAP_FIXED, 4)).toBe('....|lL|');
  });

  test('MAP_POPULATE without a lock', () => {
    const m = boot(2);
    expect(m.mmap(0, 2, { flags: PRIVATE | 0x8000, prot: RW })).toBe('|RR|');
    expect(m.mmap(0, 2, { flags: PRIVATE | 0x18000, prot: RW })).toBe('|rr|');
  });
});
