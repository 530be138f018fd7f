// brk and the growth of stacks.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, at, boot, len, type Machine } from '../testing/machine';
import { MAP_GROWSDOWN, MAP_FIXED, MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT, PROT_NONE, PROT_READ } from '../abi/mman';
import { RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK } from '../abi/rlimit';
import { P_brk_base, P_rlimit, SYS_brk, SYS_mmap } from '../abi/sysno';

const TOP = 1n << 64n;

describe('brk', () => {
  const heap = (pages = 0): Machine => {
    const m = boot(8);
    m.raw(P_brk_base, A, A);
    if (pages) m.raw(SYS_brk, A + len(pages));
    return m;
  };
  const brk = (m: Machine, addr: bigint): string => {
    const result = m.raw(SYS_brk, addr);
    return `${result === addr ? '' : 'refused '}${m.drawing}`;
  };

  test('grows, shrinks, and moves inside a page', () => {
    const m = heap();
    expect(brk(m, A + len(3))).toBe('|rrr|.....');
    expect(brk(m, A + 1n)).toBe('|r|.......');
    expect(brk(m, A + 100n)).toBe('|r|.......');
    expect(brk(m, A)).toBe('........');
  });

  test('refuses below start_brk and above RLIMIT_DATA', () => {
    const m = heap(1);
    expect(brk(m, A - 1n)).toBe('refused |r|.......');
    m.raw(P_rlimit, RLIMIT_DATA, len(2), TOP - 1n);
    expect(brk(m, A + len(3))).toBe('refused |r|.......');
    expect(brk(m, A + len(2))).toBe('|rr|......');
  });

  test('near 2^64 it is a growth, and refused', () => {
    expect(brk(heap(1), TOP - 1n)).toBe('refused |r|.......');
  });

  test('keeps a page free below the next VMA', () => {
    const m = heap(1);
    m.mmap(4, 1);
    expect(brk(m, A + len(4))).toBe('refused |r|...|r|...');
    expect(brk(m, A + len(3))).toBe('|rrr|.|r|...');
  });

  test('a shrink unmaps whatever lies there, but refuses when nothing does', () => {
    const m = heap(4);
    m.mmap(2, 1, { prot: PROT_READ });
    expect(brk(m, A + len(1))).toBe('|r|.......');
    const gone = heap(4);
    gone.munmap(2, 2);
    expect(brk(gone, A + len(2))).toBe('refused |rr|......');
    expect(brk(gone, A + len(1))).toBe('|r|.......');
  });

  test('MCL_FUTURE locks and populates the new part: a second VMA', () => {
    const m = heap(1);
    m.mlockall(MCL_FUTURE);
    expect(brk(m, A + len(3))).toBe('|r|LL|.....');
    m.mlockall(MCL_FUTURE | MCL_ONFAULT);
    expect(brk(m, A + len(4))).toBe('|r|LL|o|....');
    expect(m.locked_vm).toBe(3);
  });

  test('over the limit it is refused', () => {
    const m = heap(1).limit(4096);
    m.mlockall(MCL_FUTURE);
    expect(brk(m, A + len(3))).toBe('refused |r|.......');
    expect(brk(m, A + len(2))).toBe('|r|L|......');
  });

  test('a locked heap without def_flags grows unlocked', () => {
    const m = heap(2);
    m.mlock(0, 2);
    expect(brk(m, A + len(4))).toBe('|LL|rr|....');
  });

  test('shrinking gives locked_vm back', () => {
    const m = heap(4);
    m.mlock(0, 4);
    brk(m, A + P);
    expect(m.locked_vm).toBe(1);
  });

  test('memory mapped exactly at its end merges with it', () => {
    expect(heap(2).mmap(2, 1)).toBe('|rrr|.....');
  });
});

// Seen: 6.18.44, a probe over a VM_GROWSDOWN mapping: every line below.
describe('stack growth', () => {
  const GD = PRIVATE | MAP_GROWSDOWN;
  /** Four pages of stack at page 12 of 16. */
  const stack = (prot = RW): Machine => {
    const m = boot(16);
    m.mmap(12, 4, { flags: GD, prot });
    return m;
  };

  test('a touch below grows to the touched page; only that page comes in', () => {
    const m = stack();
    expect(m.write(9)).toBe('.........|Rrrrrrr|');
    expect(m.read(7)).toBe('.......|ZrRrrrrrr|');
    expect(m.process.counters.stack_vm).toBe(9);
  });

  test('mlock and populate below it find a hole', () => {
    expect(stack().mlock(8, 8)).toBe('ENOMEM ............|rrrr|');
    expect(stack().madvise(10, 1, 23)).toBe('ENOMEM ............|rrrr|');
  });

  test('256 pages stay free above what is below', () => {
    const m = stack();
    m.raw(SYS_mmap, at(8 - 256), P, RW, PRIVATE | MAP_FIXED, -1, 0);
    expect(m.write(9)).toBe('.........|Rrrrrrr|');
    expect(m.write(8)).toBe('SIGSEGV 1 .........|Rrrrrrr|');
  });

  test('unless that is PROT_NONE, which hides what lies further down, or a stack', () => {
    const m = stack();
    m.mmap(0, 1);
    m.mmap(2, 1, { prot: PROT_NONE });
    expect(m.write(4)).toBe('|r|.|n|.|Rrrrrrrrrrrr|');
    const two = stack();
    two.mmap(0, 1, { flags: GD });
    expect(two.write(4)).toBe('|r|...|Rrrrrrrrrrrr|');
  });

  test('an access without the right grows it all the same', () => {
    expect(stack(PROT_READ).write(10)).toBe('SIGSEGV 2 ..........|rrrrrr|');
    expect(stack(PROT_NONE).read(10)).toBe('SIGSEGV 2 ..........|nnnnnn|');
  });

  test('MCL_FUTURE does not reach it: the VMA’s own flags count', () => {
    const m = stack();
    m.mlockall(MCL_FUTURE);
    expect(m.write(10)).toBe('..........|Rrrrrr|');
    expect(m.locked_vm).toBe(0);
  });

  test('a locked stack is counted in full, and needs the limit', () => {
    const m = stack().limit(8 * 4096);
    m.mlock(12, 4);
    expect(m.write(8)).toBe('........|LlllLLLL|');
    expect(m.locked_vm).toBe(8);
    expect(m.write(7)).toBe('SIGSEGV 1 ........|LlllLLLL|');
    m.limit(0);
    expect(m.write(7)).toBe('SIGSEGV 1 ........|LlllLLLL|');
    m.capable();
    expect(m.write(7)).toBe('.......|LLlllLLLL|');
  });

  test('on fault: locked_vm grows, one page comes in', () => {
    const m = stack();
    m.mlock2(12, 4);
    expect(m.write(2)).toBe('..|Oooooooooooooo|');
    expect(m.locked_vm).toBe(14);
    expect(m.kpf(2)).toBe('0x600045828');
  });

  test('cut by a partial lock, the lower part grows and decides', () => {
    const upper = stack();
    upper.mlock(14, 2);
    expect(upper.write(11)).toBe('...........|Rrr|LL|');
    expect(upper.locked_vm).toBe(2);
    const lower = stack();
    lower.mlock(12, 2);
    expect(lower.write(11)).toBe('...........|LLL|rr|');
    expect(lower.locked_vm).toBe(3);
  });

  test('RLIMIT_STACK and RLIMIT_AS', () => {
    const m = stack();
    m.raw(P_rlimit, RLIMIT_STACK, len(10), TOP - 1n);
    expect(m.write(6)).toBe('......|Rrrrrrrrrr|');
    expect(m.write(5)).toBe('SIGSEGV 1 ......|Rrrrrrrrrr|');
    const as = stack();
    as.raw(P_rlimit, RLIMIT_AS, len(6), TOP - 1n);
    expect(as.write(10)).toBe('..........|Rrrrrr|');
    expect(as.write(9)).toBe('SIGSEGV 1 ..........|Rrrrrr|');
  });

  test('growth that fails for a limit has given the VMA an anon_vma', () => {
    const m = stack();
    m.mlock2(14, 2);
    m.raw(P_rlimit, RLIMIT_STACK, len(4), TOP - 1n);
    m.write(4); // too far
    m.write(15);
    expect(m.munlock(14, 2)).toBe('............|rr|rR|');
    const control = stack();
    control.mlock2(14, 2);
    control.write(15);
    expect(control.munlock(14, 2)).toBe('............|rrrR|');
  });

  test('a child grows its stack unlocked', () => {
    const m = stack();
    m.mlock(12, 4);
    const child = m.fork();
    child.write(11);
    expect(child.drawing).toBe('...........|RRRRR|');
    expect(child.locked_vm).toBe(0);
  });

  test('mlockall(MCL_CURRENT) locks it, so that it grows locked', () => {
    const m = stack();
    m.mlockall(MCL_CURRENT);
    m.write(2);
    expect(m.drawing).toBe('..|LlllllllllLLLL|');
    expect(m.locked_vm).toBe(14);
  });
});
