// Sentences and rows of the calls that are not of the mlock family.
import { describe, expect, test } from 'vitest';
import * as ev from '../../assembly/abi/event';
import { EAGAIN, EINVAL, ENOMEM } from '../../assembly/abi/errno';
import * as sys from '../../assembly/abi/sysno';
import { explain } from './explain';
import { at, parse } from './notation';
import type { KernelEvent } from '../core/state';
import { event, fail, mayLock, pass, rows, step, type Numbers } from './notation-step';

describe('touches', () => {
  const below = (status: number, why: number, words: Numbers): KernelEvent =>
    event(ev.EV_CHECK, status, { a: why, f: ENOMEM, ...words });
  const resize = event(ev.EV_VMA_RESIZE, 0, { a: 1, b: at(4), c: at(6), d: at(1), e: at(6) });
  const one = event(ev.EV_PAGES, 0, { a: at(1), b: 1, c: ev.PAGES_ANON });

  test('a stack grows in full, one page comes in', () => {
    const why = explain(step(sys.P_touch_write, [at(1), 1], 0, parse('....|rr|'), parse('.|Rrrrr|'), [resize, one]));
    expect(rows(why).slice(0, 2)).toEqual([
      '✓ stack may grow | 2 → 5 pages | SIGSEGV',
      '✓ VMA holds page 0 | 5 pages, rw-p | SIGSEGV',
    ]);
    expect(why.sentence).toBe('1 new page came in. The stack grew by 3 pages.');
  });

  test.each<[number, Numbers, string]>([
    [ev.WHY_FITS_LIMIT, { b: 3, c: 16, e: 16 }, '3 + 16 locked = 19 > 16'],
    [ev.WHY_ROOM, { b: at(1), c: at(0) }, 'less than 256 pages above the VMA below'],
    [ev.WHY_ROOM, { b: 9_000_000, c: 8_388_608 }, 'RLIMIT_STACK: 9000000 B > 8388608 B'],
  ])('a stack that may not grow: check %i', (check, words, text) => {
    const process = parse('....|rr|');
    const fault = event(ev.EV_FAULT, 0, { a: at(1), b: 11, c: 1 });
    const why = explain(
      step(sys.P_touch_write, [at(1), 1], 11, process, process, [below(ev.CHECK_FAILED, check, words), fault]),
    );
    expect(rows(why)[1]).toBe(`✕ stack may grow | ${text} | SIGSEGV`);
    expect(why.sentence).toBe('Page 0 of the range lies below a stack that may not grow. The access raised SIGSEGV.');
  });

  test('a page that is there raises no fault', () => {
    const process = parse('|RRRR|');
    const why = explain(step(sys.P_touch_write, [at(0), 1], 0, process, process, []));
    expect(why.sentence).toBe('The page is present and writable. Nothing was faulted in.');
    expect(rows(why)).toEqual([
      '✓ VMA holds page 0 | 4 pages, rw-p | SIGSEGV',
      '✓ write allowed | wr is set | SIGSEGV',
      '✓ page table | anon: no fault | ',
    ]);
  });

  test('a read of absent memory brings the zero page', () => {
    const zero = event(ev.EV_PAGES, 0, { a: at(0), b: 1, c: ev.PAGES_ZERO });
    const why = explain(step(sys.P_touch_read, [at(0), 1], 0, parse('|rr|'), parse('|Zr|'), [zero]));
    expect(rows(why).at(-1)).toBe('✓ page table | absent: 1 zero page | ');
    expect(why.sentence).toBe('1 zero page came in.');
  });

  test('an access to a hole raises SIGSEGV', () => {
    const process = parse('|RR|');
    const fault = event(ev.EV_FAULT, 0, { a: at(2), b: 11, c: 1 });
    const why = explain(step(sys.P_touch_read, [at(0), 12288], 11, process, process, [fault]));
    expect(why.result).toBe('SIGSEGV');
    expect(rows(why)[0]).toBe('✕ VMA holds page 2 | nothing is mapped there | SIGSEGV');
    expect(why.sentence).toBe('Page 2 of the range is not mapped. The access raised SIGSEGV.');
    expect(why.not_atomic).toBe(false);
  });

  test('a write without the right raises SIGSEGV', () => {
    const process = parse('|nn|');
    const fault = event(ev.EV_FAULT, 0, { a: at(0), b: 11, c: 2 });
    const why = explain(step(sys.P_touch_write, [at(0), 1], 11, process, process, [fault]));
    expect(rows(why)).toEqual([
      '✓ VMA holds page 0 | 2 pages, ---p | SIGSEGV',
      '✕ write allowed | wr is not set | SIGSEGV',
      '– page table | not reached | ',
    ]);
  });
});

test('mmap in the limit tells which errno each check would give', () => {
  const why = explain(
    step(sys.SYS_mmap, [0, 8192, 3, 0x2022, -1, 0], -EAGAIN, parse('|ll|'), parse('|ll|'), [
      pass(ev.WHY_LEN, EINVAL, { b: 8192 }),
      pass(ev.WHY_MAP_COUNT, ENOMEM, { b: 1, c: 65530 }),
      pass(ev.WHY_GAP, ENOMEM, { b: 2 }),
      mayLock,
      fail(ev.WHY_FITS_LIMIT, EAGAIN, { b: 2, c: 2, d: 0, e: 3 }),
    ]),
  );
  expect(why.call).toBe('mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_LOCKED, -1, 0)');
  expect(rows(why)).toEqual([
    '✓ length is usable | 8192 B | EINVAL',
    '✓ map_count fits | 1 ≤ 65530 | ENOMEM',
    '✓ a gap is free | 2 pages | ENOMEM',
    '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
    '✕ fits the limit | 2 + 2 locked = 4 > 3 | EAGAIN',
    '– type and flags go together | not reached | EINVAL',
    '– fits RLIMIT_AS | not reached | ENOMEM',
    '– fits RLIMIT_DATA | not reached | ENOMEM',
    '– new VMA | not reached | ',
  ]);
  expect(why.sentence).toBe('2 more locked pages would make 4 locked; RLIMIT_MEMLOCK allows 3.');
});

test('what is not modelled is said as plainly as an errno', () => {
  const process = parse('|rr|');
  const refused = step(sys.SYS_madvise, [at(0), 0x200000, 25], -5000, process, process, [
    event(ev.EV_NOT_MODELLED, 0, { a: 4 }),
  ]);
  const why = explain(refused);
  expect(why.result).toBe('not modelled');
  expect(why.sentence).toBe(
    'Not modelled: MADV_COLLAPSE. Huge pages are not modelled, so there is nothing to collapse into.',
  );
});
