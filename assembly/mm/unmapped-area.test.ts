// Where mmap puts a mapping that may go anywhere.
import { describe, expect, test } from 'vitest';
import { P, PRIVATE, RW, SHARED, boot, len, type Machine } from '../testing/machine';
import { MAP_FIXED, MAP_GROWSDOWN } from '../abi/mman';
import { IMAGE_STATIC } from '../abi/image';
import { SYS_mmap, SYS_munmap } from '../abi/sysno';

const BASE = 0x7ffff7fff000n;
const MiB2 = 0x200000n;
const place = (m: Machine, hint: bigint, bytes: bigint, flags = PRIVATE): bigint =>
  m.raw(SYS_mmap, hint, bytes, RW, flags, -1, 0);
const fix = (m: Machine, addr: bigint, bytes: bigint, flags = PRIVATE): bigint =>
  place(m, addr, bytes, flags | MAP_FIXED);

describe('no hint', () => {
  test('mappings stack downwards from mmap_base', () => {
    const m = boot();
    expect(place(m, 0n, P)).toBe(BASE - P);
    expect(place(m, 0n, 2n * P)).toBe(BASE - 3n * P);
  });

  test('a static program begins directly below [vvar]', () => {
    expect(place(boot(1, { image: IMAGE_STATIC }), 0n, 16n * P)).toBe(0x7ffff7fe7000n);
  });

  test('the highest hole that fits is taken, at its top end', () => {
    const m = boot();
    place(m, 0n, 10n * P);
    m.raw(SYS_munmap, BASE - 8n * P, len(4));
    expect(place(m, 0n, 3n * P)).toBe(BASE - 7n * P);
    expect(place(m, 0n, 3n * P)).toBe(BASE - 13n * P);
    expect(place(m, 0n, P)).toBe(BASE - 8n * P);
  });

  test('a hole that opens above what was searched is found', () => {
    const m = boot();
    [1, 2, 3].forEach(() => place(m, 0n, 4n * P));
    m.raw(SYS_munmap, BASE - 4n * P, len(4));
    expect(place(m, 0n, 4n * P)).toBe(BASE - 4n * P);
  });

  test('below a stack a gap ends 256 pages early', () => {
    const m = boot();
    fix(m, BASE - 4n * P, 4n * P, PRIVATE | MAP_GROWSDOWN);
    expect(place(m, 0n, P)).toBe(BASE - 4n * P - 257n * P);
  });
});

describe('multiples of 2 MiB', () => {
  test('private anonymous memory begins at a boundary', () => {
    const m = boot();
    const first = place(m, 0n, MiB2);
    expect(first % MiB2).toBe(0n);
    expect(first).toBe(0x7ffff7c00000n);
  });

  test('when the found place is a boundary already: the one above', () => {
    const m = boot();
    fix(m, 0x7ffff7e00000n, 0x1ff000n);
    expect(place(m, 0n, MiB2)).toBe(0x7ffff7c00000n);
  });

  test('shared memory goes to the top end', () => {
    expect(place(boot(), 0n, MiB2, SHARED)).toBe(BASE - MiB2);
  });
});

describe('a hint', () => {
  test.each<[string, bigint, bigint]>([
    ['is rounded down to a page', 0x40000fffn, 0x40000000n],
    ['is not searched around when taken', 0x50000000n, BASE - 4n * P],
    ['that ends inside a mapping is dropped', 0x4fffe000n, BASE - 4n * P],
    ['that ends where a mapping begins is taken', 0x4fffc000n, 0x4fffc000n],
    ['below mmap_min_addr becomes it', 0x2000n, 0x10000n],
    ['below one page is none', 0x500n, BASE - 4n * P],
    ['beyond user space is none', 0x7ffffffff000n, BASE - 4n * P],
    ['directly above a mapping is taken', 0x50004000n, 0x50004000n],
  ])('%s', (_, hint, addr) => {
    const m = boot();
    fix(m, 0x50000000n, 4n * P);
    expect(place(m, hint, 4n * P)).toBe(addr);
  });

  // Seen: 6.18.44: a hint 100 pages below a stack was dropped, one 257 pages below was taken.
  test('must leave the guard gap below a stack', () => {
    const m = boot();
    fix(m, 0x50000000n, 4n * P, PRIVATE | MAP_GROWSDOWN);
    expect(place(m, 0x50000000n - 100n * P, P)).toBe(BASE - P);
    expect(place(m, 0x50000000n - 257n * P, P)).toBe(0x50000000n - 257n * P);
  });
});
