// munmap and mprotect.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, at, boot, kernel, map } from '../testing/machine';
import { IMAGE_STATIC } from '../abi/image';
import { MAP_GROWSDOWN, MAP_LOCKED, PROT_EXEC, PROT_GROWSDOWN, PROT_GROWSUP, PROT_NONE, PROT_READ } from '../abi/mman';
import { SYS_mprotect, SYS_mseal, SYS_munmap } from '../abi/sysno';

const TOP = 1n << 64n;

describe('munmap', () => {
  test.each<[string, bigint, bigint, string]>([
    ['unaligned', A + 1n, P, 'EINVAL |LLL|'],
    ['len 0', A, 0n, 'EINVAL |LLL|'],
    ['above user space', 0x800000000000n, P, 'EINVAL |LLL|'],
    ['an end above user space', A, 0x7fffffffffffn, 'EINVAL |LLL|'],
    ['len wraps', A, TOP - 1n, 'EINVAL |LLL|'],
    ['nothing mapped there', at(100), P, '|LLL|'],
    ['one byte is one page', A, 1n, '.|LL|'],
  ])('%s', (_, addr, len, drawing) => {
    expect(map('|LLL|').draw(SYS_munmap, addr, len)).toBe(drawing);
  });

  test('locked_vm falls by what was VM_LOCKED, holes do not matter', () => {
    const m = map('|LL|.|rr|o|');
    expect(m.munmap(1, 4)).toBe('|L|....|o|');
    expect(m.locked_vm).toBe(2);
    expect(m.state.nr_mlock).toBe(1);
  });

  test('what is left keeps its lock', () => {
    expect(map('|LLL|').munmap(1)).toBe('|L|.|L|');
  });

  test('a part of [vdso] is EINVAL, the whole may go', () => {
    const m = boot(1, { image: IMAGE_STATIC });
    expect(m.try(SYS_munmap, 0x7ffff7ffd000n, P)).toBe('EINVAL');
    expect(m.try(SYS_munmap, 0x7ffff7ffd000n, 2n * P)).toBe('0');
  });

  test('sealed memory stays', () => {
    const m = map('|rrr|');
    m.raw(SYS_mseal, A, P, 0);
    expect(m.munmap(0, 3)).toBe('EPERM |r|rr|');
  });
});

describe('mprotect: the order of the checks', () => {
  test.each<[string, bigint, bigint, number, string]>([
    ['both directions', A + 1n, P, PROT_GROWSDOWN | PROT_GROWSUP, 'EINVAL'],
    ['unaligned', A + 1n, P, 99, 'EINVAL'],
    ['len 0 does not look at prot', A, 0n, 0x40, '0'],
    ['the end wraps', A, TOP - P, 0x40, 'ENOMEM'],
    ['len rounds to 0', A, TOP - 1n, 0x40, 'ENOMEM'],
    ['unknown bits', A, P, 0x40, 'EINVAL'],
    ['start unmapped', at(20), P, RW, 'ENOMEM'],
    ['PROT_GROWSDOWN on no stack', A, P, PROT_READ | PROT_GROWSDOWN, 'EINVAL'],
    ['PROT_GROWSUP', A, P, PROT_READ | PROT_GROWSUP, 'EINVAL'],
  ])('%s', (_, addr, len, prot, answer) => {
    expect(map('|rrr|').try(SYS_mprotect, addr, len, prot)).toBe(answer);
  });

  test('PROT_GROWSDOWN begins at the start of the stack', () => {
    const m = boot(4);
    m.mmap(0, 4, { flags: PRIVATE | MAP_GROWSDOWN });
    expect(m.mprotect(2, 1, PROT_NONE | PROT_GROWSDOWN)).toBe('|nnn|r|');
  });

  test('a hole stops it, VMAs before it stay changed', () => {
    expect(map('|rr|.|r|').mprotect(1, 3, PROT_NONE)).toBe('ENOMEM |r|n|.|r|');
  });
});

describe('mprotect and locks', () => {
  test('PROT_NONE keeps pages, marks and counters', () => {
    const m = map('|LL|');
    expect(m.mprotect(0, 2, PROT_NONE)).toBe('|NN|');
    expect(m.locked_vm).toBe(2);
    expect(m.process.counters.rss_anon).toBe(2);
    expect(m.state.nr_mlock).toBe(2);
  });

  test('a locked private mapping that becomes writable is populated', () => {
    const m = boot(2);
    m.mmap(0, 2, { prot: PROT_READ, flags: PRIVATE | MAP_LOCKED });
    expect(m.drawing).toBe('|ZZ|');
    expect(m.mprotect(0, 2, RW)).toBe('|LL|');
    expect(m.state.nr_mlock).toBe(2);
  });

  test('not from NONE to READ, not when shared, not on fault, not when it was writable', () => {
    const m = boot(2);
    m.mmap(0, 2, { prot: PROT_NONE, flags: PRIVATE | MAP_LOCKED });
    expect(m.mprotect(0, 2, PROT_READ)).toBe('|ll|');
    const shared = boot(2);
    const fd = shared.memfd(2);
    shared.mmap(0, 2, { prot: PROT_NONE, flags: 1 | MAP_LOCKED, fd });
    expect(shared.mprotect(0, 2, RW)).toBe('|ll|');
    const onFault = boot(2);
    onFault.mmap(0, 2, { prot: PROT_READ });
    onFault.mlock2(0, 2);
    expect(onFault.mprotect(0, 2, RW)).toBe('|oo|');
    expect(map('|ll|').mprotect(0, 2, RW | PROT_EXEC)).toBe('|ll|');
  });

  test('VM_ACCOUNT comes with writing and goes with it, but stays once a page was written', () => {
    const m = boot(4);
    m.mmap(0, 1, { prot: PROT_READ });
    m.mmap(2, 1);
    m.mprotect(0, 1, RW);
    expect(m.flags(0)).toBe('rd wr mr mw me ac');
    m.mprotect(0, 1, PROT_READ);
    expect(m.flags(0)).toBe('rd mr mw me');
    m.write(2);
    m.mprotect(2, 1, PROT_READ);
    expect(m.flags(2)).toBe('rd mr mw me ac');
  });

  test('PROT_EXEC alone takes the execute-only key, and gives it back', () => {
    const m = map('|rr|');
    m.mprotect(0, 2, PROT_EXEC);
    expect(kernel.vma_flags(1, A) >> 32n).toBe(1n);
    m.mprotect(0, 2, PROT_EXEC | PROT_READ);
    expect(kernel.vma_flags(1, A) >> 32n).toBe(0n);
  });
});
