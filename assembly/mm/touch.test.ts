// Accesses: what they bring in, and which signal and code they raise.
import { describe, expect, test } from 'vitest';
import { A, P, RW, at, boot, kernel, map } from '../testing/machine';
import { MADV_GUARD_INSTALL, PROT_EXEC, PROT_NONE, PROT_READ, PROT_WRITE } from '../abi/mman';
import { P_load, P_store, P_touch_read, P_touch_write } from '../abi/sysno';

const [MAPERR, ACCERR, PKUERR] = [1, 2, 4];

describe('rights', () => {
  test.each<[string, number, string, string]>([
    ['RW', RW, '|Z|', '|R|'],
    ['R', PROT_READ, '|Z|', `SIGSEGV ${ACCERR} |r|`],
    ['W implies reading', PROT_WRITE, '|Z|', '|R|'],
    ['none', PROT_NONE, `SIGSEGV ${ACCERR} |n|`, `SIGSEGV ${ACCERR} |n|`],
    ['X alone', PROT_EXEC, `SIGSEGV ${PKUERR} |r|`, `SIGSEGV ${PKUERR} |r|`],
    ['R and X', PROT_READ | PROT_EXEC, '|Z|', `SIGSEGV ${ACCERR} |r|`],
  ])('%s', (_, prot, read, write) => {
    const m = boot(1);
    m.mmap(0, 1, { prot });
    expect(m.read(0)).toBe(read);
    const w = boot(1);
    w.mmap(0, 1, { prot });
    expect(w.write(0)).toBe(write);
  });

  test('nothing mapped, or a guard page', () => {
    expect(map('.|r|').read(0)).toBe(`SIGSEGV ${MAPERR} .|r|`);
    const m = map('|r|');
    m.madvise(0, 1, MADV_GUARD_INSTALL);
    expect(m.read(0)).toBe(`SIGSEGV ${MAPERR} |G|`);
  });

  test('kernel addresses', () => {
    expect(boot().raw(P_touch_read, 0xffff_ffff_ff60_0000n, 1)).toBe(11n);
  });
});

describe('pages', () => {
  test('a read of absent memory maps the zero page, a write then replaces it', () => {
    const m = map('|rr|');
    expect(m.read(0, 2)).toBe('|ZZ|');
    expect(m.process.counters.rss_anon).toBe(0);
    expect(m.write(1)).toBe('|ZR|');
  });

  test('the range counts bytes: one at the end of a page, two over a border', () => {
    const m = map('|rrr|');
    expect(m.draw(P_touch_write, A + 4095n, 1)).toBe('|Rrr|');
    expect(m.draw(P_touch_write, at(1) + 4095n, 2)).toBe('|RRR|');
    expect(m.try(P_touch_write, at(20), 0)).toBe('0');
  });

  test('how far it came, which page failed and why', () => {
    const m = map('|rr|.|r|');
    expect(m.raw(P_touch_write, A + 5n, 4n * P)).toBe(11n);
    expect([kernel.out(0), kernel.out(1), kernel.out(2)]).toEqual([2n, 1n, at(2)]);
    expect(m.drawing).toBe('|RR|.|r|');
  });

  test('loads and stores of the program do the same', () => {
    const m = map('|rr|');
    expect(m.draw(P_load, A, 1)).toBe('|Zr|');
    expect(m.draw(P_store, at(1), 1)).toBe('|ZR|');
  });
});
