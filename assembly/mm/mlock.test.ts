// mlock, mlock2: which pages a call means, and what it leaves behind when it fails.
import { describe, expect, test } from 'vitest';
import { A, P, at, boot, map } from '../testing/machine';
import { MAP_ANONYMOUS, MAP_GROWSDOWN, MAP_PRIVATE } from '../abi/mman';
import { SYS_mlock, SYS_mlock2, SYS_mseal } from '../abi/sysno';

const TOP = 1n << 64n;

describe('rounding: the offset of start is added to len before it is rounded', () => {
  test.each<[string, bigint, bigint, string]>([
    ['one byte is one page', A + 100n, 1n, '|L|rrr|'],
    ['two bytes over a border are two pages', A + 4095n, 2n, '|LL|rr|'],
    ['nothing is nothing', A, 0n, '|rrrr|'],
    ['nothing at an unaligned address is one page', A + 1n, 0n, '|L|rrr|'],
    ['nothing where nothing is mapped', at(8), 0n, '|rrrr|'],
    ['a page too much is a hole', A, 4n * P + 1n, 'ENOMEM |llll|'],
    ['nothing, unaligned and unmapped', at(8) + 1n, 0n, 'ENOMEM |rrrr|'],
  ])('%s', (_, start, len, drawing) => {
    expect(map('|rrrr|').draw(SYS_mlock, start, len)).toBe(drawing);
  });
});

describe('lengths near 2^64', () => {
  test.each<[string, bigint, bigint, string]>([
    ['-1 rounds to 0: success, nothing done', A, TOP - 1n, '|rrrr|'],
    ['-4095 too', A, TOP - 4095n, '|rrrr|'],
    ['-1 at an odd address', A + 1n, TOP - 1n, '|rrrr|'],
    ['-4096 at an odd address', A + 1n, TOP - 4096n, '|rrrr|'],
    ['-4095 at the end of a page', A + 4095n, TOP - 4095n, '|rrrr|'],
    ['len and offset wrap: exactly one page', A + 4095n, TOP - 1n, '|L|rrr|'],
    ['the last length that does', A + 4095n, TOP - 4094n, '|L|rrr|'],
    ['-4096: the end wraps', A, TOP - 4096n, 'EINVAL |rrrr|'],
    ['-8192', A, TOP - 8192n, 'EINVAL |rrrr|'],
    ['the end is exactly 2^64', A, TOP - A, 'EINVAL |rrrr|'],
    ['one page past it', A, TOP - A + P, 'EINVAL |rrrr|'],
    ['one page short of it: up to the hole', A, TOP - A - P, 'ENOMEM |llll|'],
    ['half of everything', A, 1n << 63n, 'ENOMEM |llll|'],
    ['half of everything less one', A, (1n << 63n) - 1n, 'ENOMEM |llll|'],
    ['all but the last page, from 0', 0n, TOP - P, 'ENOMEM |rrrr|'],
    ['the last byte', TOP - 1n, 1n, 'EINVAL |rrrr|'],
    ['the last page', TOP - P, P, 'EINVAL |rrrr|'],
    ['none of the last page', TOP - P, 0n, '|rrrr|'],
    ['the page before it', TOP - 2n * P, P, 'ENOMEM |rrrr|'],
    ['the vsyscall page is in no VMA', 0xffff_ffff_ff60_0000n, P, 'ENOMEM |rrrr|'],
  ])('%s', (_, start, len, drawing) => {
    expect(map('|rrrr|', { caps: 1 }).draw(SYS_mlock, start, len)).toBe(drawing);
  });
});

describe('flags of mlock2 have 32 bits', () => {
  test.each<[string, bigint, string]>([
    ['0 is mlock', 0n, '|LL|'],
    ['MLOCK_ONFAULT', 1n, '|oo|'],
    ['2 is unknown', 2n, 'EINVAL |rr|'],
    ['-1', TOP - 1n, 'EINVAL |rr|'],
    ['bit 32 does not count', 1n << 32n, '|LL|'],
    ['nor beside MLOCK_ONFAULT', (1n << 32n) + 1n, '|oo|'],
  ])('%s', (_, flags, drawing) => {
    expect(map('|rr|').draw(SYS_mlock2, A, 2n * P, flags)).toBe(drawing);
  });
});

describe('a hole does not undo what came before it, and nothing is populated', () => {
  test.each<[string, string, number, number, string]>([
    ['in the middle', '|rR|.|rr|', 0, 5, 'ENOMEM |lL|.|rr|'],
    ['at the start', '.|rr|', 0, 3, 'ENOMEM .|rr|'],
    ['at the end', '|rrr|.', 1, 3, 'ENOMEM |r|ll|.'],
    ['between VMAs of both kinds', '|o|r|..|r|', 0, 5, 'ENOMEM |ll|..|r|'],
  ])('%s', (_, before, page, n, after) => {
    const m = map(before);
    expect(m.mlock(page, n)).toBe(after);
    expect(m.locked_vm).toBe(after.replace('ENOMEM', '').match(/[lo]/gi)?.length ?? 0);
  });

  test('mlock2 on fault keeps the same rule', () => {
    expect(map('|rR|.|rr|').mlock2(0, 5)).toBe('ENOMEM |oO|.|rr|');
  });
});

describe('one kind of lock becomes the other without a change of locked_vm', () => {
  test('plain to on fault: pages stay, absent ones stay absent', () => {
    const m = map('|Ll|');
    expect(m.mlock2(0, 2)).toBe('|Oo|');
    expect(m.locked_vm).toBe(2);
  });

  test('on fault to plain populates', () => {
    const m = map('|Oo|');
    expect(m.mlock(0, 2)).toBe('|LL|');
    expect(m.locked_vm).toBe(2);
  });

  test('a lock of what is locked populates again', () => {
    const m = map('|LL|');
    expect(m.madvise(0, 1, 24)).toBe('|lL|');
    expect(m.mlock(0, 2)).toBe('|LL|');
  });

  test('locks do not nest', () => {
    const m = map('|rr|');
    [1, 2, 3].forEach(() => m.mlock(0, 2));
    expect(m.munlock(0, 2)).toBe('|RR|');
    expect(m.locked_vm).toBe(0);
  });
});

describe('geometry', () => {
  test('munlock of the middle page splits, mlock heals', () => {
    const m = map('|LLL|');
    expect(m.munlock(1)).toBe('|L|R|L|');
    expect(m.mlock(1)).toBe('|LLL|');
  });

  test('either end', () => {
    expect(map('|rrr|').mlock(0)).toBe('|L|rr|');
    expect(map('|rrr|').mlock(2)).toBe('|rr|L|');
  });

  test('a range over three VMAs', () => {
    expect(map('|rr|o|rr|').mlock(1, 3)).toBe('|r|LLL|r|');
  });

  test('the lower part keeps its id, as Linux keeps the struct', () => {
    const m = map('|rrr|');
    const { id } = m.vmas[0]!;
    m.mlock(1);
    expect(m.vmas[0]!.id).toBe(id);
    m.munlock(1);
    expect(m.vmas.map((vma) => vma.id)).toEqual([id]);
  });

  test('sealed memory may be locked and split', () => {
    const m = map('|rrr|');
    m.raw(SYS_mseal, A, 3n * P, 0);
    expect(m.mlock(1)).toBe('|r|L|r|');
    expect(m.munlock(1)).toBe('|rRr|');
  });

  test('mlock grows no stack: below its start is a hole', () => {
    const m = boot(6);
    m.mmap(4, 2, { flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN });
    expect(m.mlock(2, 4)).toBe('ENOMEM ....|rr|');
    expect(m.mlock(4, 2)).toBe('....|LL|');
  });
});
