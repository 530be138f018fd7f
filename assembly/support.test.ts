// What is not modelled is refused, visibly, and changes nothing; nothing else stands in the table.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENOT_MODELLED } from './abi/errno';
import { EV_NOT_MODELLED } from './abi/event';
import * as mman from './abi/mman';
import * as support from './abi/support';
import { SYSCTL_OVERCOMMIT_MEMORY } from './abi/sysctl';
import * as nr from './abi/sysno';
import { A, P, PRIVATE, RW, at, boot, kernel, map, type Machine } from './testing/machine';
import { ofKind } from './testing/events';

const IPC_STAT = 2;
const huge = 0x200000n;

/** A call that each entry refuses. */
const REFUSED: Readonly<Record<string, (m: Machine) => bigint>> = {
  NM_CALL: (m) => m.raw(239, 0),
  NM_HUGETLB: (m) => m.raw(nr.SYS_mmap, 0, huge, RW, PRIVATE | mman.MAP_HUGETLB, -1, 0),
  NM_32BIT: (m) => m.raw(nr.SYS_mmap, 0, P, RW, PRIVATE | mman.MAP_32BIT, -1, 0),
  NM_COLLAPSE: (m) => m.raw(nr.SYS_madvise, A, huge, mman.MADV_COLLAPSE),
  NM_SYSCTL: (m) => m.raw(nr.P_sysctl, SYSCTL_OVERCOMMIT_MEMORY, 2),
  NM_SHMCTL: (m) => m.raw(nr.SYS_shmctl, 0, IPC_STAT),
  NM_FILE_OFFSET: (m) => m.raw(nr.SYS_mmap, 0, P, RW, mman.MAP_SHARED, m.memfd(1), 1n << 52n),
};

const entries = Object.entries(support).flatMap(([name, value]): [string, number][] =>
  typeof value === 'number' && name.startsWith('NM_') ? [[name, value]] : [],
);

describe('the table', () => {
  test('numbers its entries from 1, each with a name and a sentence', () => {
    expect(entries.map(([, number]) => number)).toEqual(entries.map((_, i) => i + 1));
    expect(support.NOT_MODELLED).toHaveLength(entries.length + 1);
    for (const [name, sentence] of support.NOT_MODELLED.slice(1)) {
      expect(name).not.toBe('');
      expect(sentence).toMatch(/\.$/);
    }
  });

  test('holds what this test can reach, and nothing else', () => {
    expect(entries.map(([name]) => name)).toEqual(Object.keys(REFUSED));
  });

  test.each(entries)('%s is refused with its number, and nothing changes', (name, number) => {
    const m = map('|r|L|.|o|');
    const before = JSON.stringify([m.process.counters, m.drawing], (_, v: unknown) => String(v));
    expect(REFUSED[name]!(m)).toBe(BigInt(-ENOT_MODELLED));
    expect(ofKind(m, EV_NOT_MODELLED).map(({ a }) => a)).toEqual([BigInt(number)]);
    const after = JSON.stringify([m.process.counters, m.drawing], (_, v: unknown) => String(v));
    expect(after).toBe(before);
    expect(kernel.verify()).toBe(0);
  });

  test('the README lists the same sentences', () => {
    const readme = readFileSync(resolve(import.meta.dirname, 'README.md'), 'utf8');
    const part = readme.slice(readme.indexOf('## Not modelled')).split('\n## ')[0]!;
    const listed = [...part.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)].map(([, name, sentence]) => [name, sentence]);
    expect(listed).toEqual(support.NOT_MODELLED.slice(1));
  });
});

// Seen: 6.18.44, a probe: MAP_SYNC needs a DAX file and MAP_SHARED_VALIDATE; elsewhere it is ignored.
describe('what looks unmodelled and is not', () => {
  test('MAP_SYNC', () => {
    const m = boot(2);
    const fd = m.memfd(1);
    const SYNC = mman.MAP_SYNC;
    expect(m.mmap(0, 1, { flags: mman.MAP_SHARED_VALIDATE | SYNC, fd })).toBe('EOPNOTSUPP ..');
    expect(m.mmap(0, 1, { flags: mman.MAP_SHARED | SYNC, fd })).toBe('|r|.');
    expect(m.mmap(1, 1, { flags: PRIVATE | SYNC })).toBe('|r|r|');
  });

  test('checks that come before a refusal are answered', () => {
    const m = boot(1);
    expect(m.try(nr.SYS_mmap, 0, P, RW, mman.MAP_SHARED | mman.MAP_HUGETLB, 99, 0)).toBe('EBADF');
    expect(m.try(nr.SYS_mmap, 0, P, RW, PRIVATE | mman.MAP_32BIT, -1, 1)).toBe('EINVAL');
    expect(m.try(nr.SYS_madvise, at(0), P, mman.MADV_COLLAPSE)).toBe('ENOMEM');
  });

  test('an unknown process is ESRCH, an unknown pseudo call is refused', () => {
    boot(1);
    expect(kernel.syscall(77, nr.SYS_munlockall)).toBe(-3n);
    expect(kernel.syscall(1, 1999)).toBe(BigInt(-ENOT_MODELLED));
  });
});
