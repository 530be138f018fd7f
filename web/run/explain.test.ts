import { describe, expect, test } from 'vitest';
import * as ev from '../../assembly/abi/event';
import { EINVAL, ENOMEM } from '../../assembly/abi/errno';
import * as sys from '../../assembly/abi/sysno';
import type { KernelEvent } from '../core/state';
import { explain } from './explain';
import { contextOf } from './explain/context';
import { callRange } from './explain/range';
import { at, parse, RW } from './notation';
import { event, fail, fits, fixup, LOCKED, mayLock, noWrap, pass, range, rows, step } from './notation-step';

describe('mlock over a hole', () => {
  const hole = step(
    sys.SYS_mlock,
    [at(0), 65536],
    -ENOMEM,
    parse('|RRRRZZrrrr|..|rr|oo|'),
    parse('|LLLLZZllll|..|rr|oo|'),
    [
      mayLock,
      range(0, 16),
      fits(16, 2, 2, 16),
      noWrap(0, 16),
      fixup(0, 10),
      fail(ev.WHY_VMA_AT, ENOMEM, { b: at(10), c: at(12), d: at(16) }),
    ],
  );
  const why = explain(hole);

  test('shows the checks of the picture', () => {
    expect(rows(why)).toEqual([
      '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
      '✓ fits the limit | 16 + 2 locked − 2 in range = 16 ≤ 16 | ENOMEM',
      '✓ end does not wrap | …fe7000 + 0x10000 = …ff7000 | EINVAL',
      '✓ mlock_fixup [0,10) | +VM_LOCKED, whole VMA, no split | ',
      '✕ VMA at page 10 | none: the next one starts at page 12 | ENOMEM',
      '– mlock_fixup [12,16) | not reached | ',
      '– populate | not reached: pages 6–9 stay absent | ',
    ]);
  });

  test('says what stays', () => {
    expect([why.call, why.result, why.failed, why.not_atomic]).toEqual(['mlock(buf, 65536)', '-1 ENOMEM', true, true]);
    expect(why.sentence).toBe('Page 10 of the range is not mapped. The 10 pages before it stay locked.');
    expect(why.effects).toEqual([
      'Kept although it failed: locked_vm 2 → 12, lo on 1 VMA, 4 pages PG_mlocked.',
      'Nothing is rolled back.',
    ]);
  });

  test('the bar ends at the hole', () => {
    expect(callRange(contextOf(hole)!)).toEqual({
      start: at(0),
      end: at(16),
      stopped: at(10),
      note: 'applied to 10 pages',
      rest: 'hole at page 10: 6 not reached',
    });
  });
});

test('mlock over the limit changes nothing and says how much there would be', () => {
  const process = parse('|rrrrrrrr|', { locked_vm: 13 });
  const over = step(sys.SYS_mlock, [at(0), 32768], -ENOMEM, process, process, [
    mayLock,
    range(0, 8),
    fits(8, 13, 0, 16, false),
  ]);
  const why = explain(over);
  expect(rows(why)).toEqual([
    '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
    '✕ fits the limit | 8 + 13 locked − 0 in range = 21 > 16 | ENOMEM',
    '– end does not wrap | not reached | EINVAL',
    '– mlock_fixup | not reached | ',
    '– populate | not reached | ',
  ]);
  expect(why.sentence).toBe('8 more pages would make 21 locked; RLIMIT_MEMLOCK allows 16.');
  expect(why.effects).toEqual(['Nothing changed.', 'The limit is checked before any VMA is touched.']);
  expect(why.not_atomic).toBe(false);
  expect(callRange(contextOf(over)!)).toMatchObject({ stopped: at(0), note: '', rest: 'limit: 0 of 8 pages reached' });
});

test('munlock of a middle page tells of both splits', () => {
  const was = parse('..|LLLL|', { map_count: 14, locked_vm: 12 });
  const is = parse('..|L|R|LL|', { map_count: 16, locked_vm: 11 });
  const split = (page: number): KernelEvent =>
    event(ev.EV_VMA_SPLIT, 0, { a: at(page), b: 1, c: 2, d: at(2), e: at(6) });
  const folio = was.extents[0]!.folio + 1n;
  const middle = step(sys.SYS_munlock, [at(3), 4096], 0, was, is, [
    range(3, 4),
    noWrap(3, 1),
    split(3),
    split(4),
    event(ev.EV_MLOCK_PAGE, 0, { a: folio, b: 1, c: 0, d: 1, e: 0 }),
    fixup(3, 4, RW, LOCKED, 2),
  ]);
  const why = explain(middle);
  expect(why.call).toBe('munlock(buf+3p, 4096)');
  expect(rows(why)).toEqual([
    '✓ privilege, limit | munlock asks for neither | ',
    '✓ end does not wrap | …fea000 + 0x1000 = …feb000 | EINVAL',
    '✓ VMA holds page 0 | 4 pages, lo, no hole | ENOMEM',
    '✓ split at page 0 | map_count 14 < 65530, now 15 | ENOMEM',
    '✓ split at page 1 | map_count 15 < 65530, now 16 | ENOMEM',
    '✓ mlock_fixup [0,1) | −VM_LOCKED, locked_vm 12 → 11 | ',
    '✓ munlock page 0 | mlock_count 1 → 0, inactive list | ',
  ]);
  expect(why.sentence).toBe('1 page is unlocked. Unlocking a middle page splits its VMA in three.');
  expect(why.effects).toEqual([
    'Now: locked_vm 12 → 11, lo off 1 VMA, 1 page no longer PG_mlocked, map_count 14 → 16.',
  ]);
  expect(callRange(contextOf(middle)!)?.note).toBe('1 VMA became 3');
});

test('mlock that succeeds tells what populate brought', () => {
  const lock = step(sys.SYS_mlock, [at(0), 16384], 0, parse('|RRrr|'), parse('|LLLL|'), [
    mayLock,
    range(0, 4),
    fits(4, 0, 0, 16),
    noWrap(0, 4),
    fixup(0, 4),
    event(ev.EV_PAGES, 0, { a: at(2), b: 2, c: ev.PAGES_ANON }),
    event(ev.EV_POPULATE, ev.POPULATE_DONE, { a: at(0), b: at(4), c: at(4) }),
    pass(ev.WHY_POPULATE, ENOMEM, { b: at(4), c: at(4) }),
  ]);
  const why = explain(lock);
  expect(rows(why).slice(3)).toEqual([
    '✓ VMA holds [0,4) | 4 pages, not lo, no hole | ENOMEM',
    '✓ mlock_fixup [0,4) | +VM_LOCKED, whole VMA, no split | ',
    '✓ populate | 2 new pages | ',
  ]);
  expect(why.sentence).toBe('4 pages are locked. Populate brought 2 new pages.');
  expect(why.effects).toEqual(['Now: locked_vm 0 → 4, lo on 1 VMA, 4 pages PG_mlocked, rss 2 → 4.']);
});

test('mlock of a guard keeps the lock and stops populate', () => {
  const guard = step(sys.SYS_mlock, [at(0), 16384], -ENOMEM, parse('|rGrr|'), parse('|LGll|'), [
    mayLock,
    range(0, 4),
    fits(4, 0, 0, 16),
    noWrap(0, 4),
    fixup(0, 4),
    event(ev.EV_PAGES, 0, { a: at(0), b: 1, c: ev.PAGES_ANON }),
    event(ev.EV_POPULATE, ev.POPULATE_STOPPED, { a: at(0), b: at(4), c: at(1), d: 14 }),
    fail(ev.WHY_POPULATE, ENOMEM, { b: at(1), c: at(4), d: ev.CAUSE_GUARD }),
  ]);
  const why = explain(guard);
  expect(rows(why).at(-1)).toBe('✕ populate | 1 new page, stopped at page 1: a guard marker | ENOMEM');
  expect(why.sentence).toBe('Page 1 of the range is a guard. All 4 pages stay VM_LOCKED.');
  expect(why.not_atomic).toBe(true);
  expect(callRange(contextOf(guard)!)).toMatchObject({
    stopped: at(1),
    note: 'VM_LOCKED on 4 pages',
    rest: 'a guard marker at page 1: 3 not populated',
  });
});

test('a split refused at max_map_count', () => {
  const process = parse('|rrrr|', { map_count: 65530 });
  const why = explain(
    step(sys.SYS_mlock, [at(1), 4096], -ENOMEM, process, process, [
      mayLock,
      range(1, 2),
      fits(1, 0, 0, 16),
      noWrap(1, 1),
      fail(ev.WHY_MAP_COUNT, ENOMEM, { b: 65530, c: 65530, d: at(1) }),
      event(ev.EV_FIXUP, ev.FIXUP_FAILED, { a: at(1), b: at(2), c: RW, d: LOCKED }),
    ]),
  );
  expect(rows(why).slice(3)).toEqual([
    '✓ VMA holds page 0 | 4 pages, not lo, no hole | ENOMEM',
    '✕ split at page 0 | map_count 65530 ≥ 65530 | ENOMEM',
    '– mlock_fixup [0,1) | not reached | ',
    '– populate | not reached | ',
  ]);
  expect(why.sentence).toBe('map_count is 65530, max_map_count 65530. The split is refused and nothing was locked.');
});

test('mlockall folds VMAs and names the special ones', () => {
  const drawing = '|rr|RR|nn|rr|';
  const events = [
    pass(ev.WHY_FLAGS, EINVAL, { b: 3, c: 7 }),
    mayLock,
    pass(ev.WHY_TOTAL_VM_FITS, ENOMEM, { b: 8, c: 16 }),
    event(ev.EV_DEF_FLAGS, 0, { a: 0, b: 0x2000 }),
    fixup(0, 2),
    fixup(2, 4),
    fixup(4, 6),
    event(ev.EV_FIXUP, ev.FIXUP_SKIPPED, { a: at(6), b: at(8), c: RW | 0x400n, d: RW | 0x400n }),
    event(ev.EV_POPULATE, ev.POPULATE_DONE, { a: at(0), b: at(2), c: at(2) }),
    event(ev.EV_POPULATE, ev.POPULATE_STOPPED, { a: at(4), b: at(6), c: at(4), d: 14 }),
  ];
  const why = explain(
    step(sys.SYS_mlockall, [3], 0, parse(drawing), parse('|ll|LL|nn|rr|', { def_flags: 0x2000 }), events),
  );
  expect(why.call).toBe('mlockall(MCL_CURRENT|MCL_FUTURE)');
  expect(rows(why)).toEqual([
    '✓ flags are known | MCL_CURRENT|MCL_FUTURE within 0x7 | EINVAL',
    '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
    '✓ total_vm fits the limit | total_vm 8 ≤ 16 | ENOMEM',
    '✓ def_flags | 0 → VM_LOCKED | ',
    '✓ mlock_fixup ×3 | +VM_LOCKED, 6 pages | ',
    '✓ mlock_fixup buf+6p | skipped: is VM_PFNMAP | ',
    '✓ populate | all pages are there already | ',
    '✕ populate buf+4p | stopped after 0 pages, the error is ignored | ',
  ]);
  expect(why.failed).toBe(false);
  expect(why.sentence).toBe('6 pages in 3 VMAs are locked. Every later mapping will be locked too.');
});

test('mlockall over the limit compares the whole total_vm', () => {
  const process = parse('|rrrr|', { total_vm: 264 });
  const why = explain(
    step(sys.SYS_mlockall, [1], -ENOMEM, process, process, [
      pass(ev.WHY_FLAGS, EINVAL, { b: 1, c: 7 }),
      mayLock,
      fail(ev.WHY_TOTAL_VM_FITS, ENOMEM, { b: 264, c: 16 }),
    ]),
  );
  expect(rows(why).slice(2)).toEqual([
    '✕ total_vm fits the limit | total_vm 264 > 16 | ENOMEM',
    '– def_flags | not reached | ',
    '– mlock_fixup | not reached | ',
    '– populate | not reached | ',
  ]);
  expect(why.sentence).toBe('total_vm is 264 pages; RLIMIT_MEMLOCK allows 16. Nothing was locked.');
});
