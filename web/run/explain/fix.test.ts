import { describe, expect, test } from 'vitest';
import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import type { Process } from '../../core/state';
import type { Fix } from '../model';
import { at, machine, parse } from '../notation';
import { contextOf } from './context';
import { fixesFor } from './fix';

type Operands = readonly (bigint | number)[];

/** The fixes of the call that is marked with ‹› in `text`, as title and new text. */
function fixes(
  text: string,
  nr: number,
  args: Operands,
  why: number,
  operands: Operands,
  was: Process,
  is: Process = was,
): [string, string][] {
  const from = text.indexOf('‹');
  const to = text.indexOf('›') - 1;
  const source = text.replace(/[‹›]/g, '');
  const [b = 0, c = 0, d = 0, e = 0] = operands;
  const check = {
    kind: ev.EV_CHECK,
    status: ev.CHECK_FAILED,
    a: BigInt(why),
    b: BigInt(b),
    c: BigInt(c),
    d: BigInt(d),
    e: BigInt(e),
    f: 12n,
    g: 0n,
  };
  const call = { nr, pid: 1, args: args.map(BigInt), result: -12n };
  const context = contextOf({
    step: 2,
    call,
    events: [check],
    before: machine(was),
    after: machine(is),
    names: [],
    source,
    place: { from, to, line: 1, column: 1 },
  });
  const apply = ({ from: a, to: b2, insert }: Fix): string => source.slice(0, a) + insert + source.slice(b2);
  return fixesFor(context!).map((fix) => [fix.title, apply(fix)]);
}

const HOLE = parse('|RRRRZZrrrr|..|rr|oo|');
const hole = (text: string, nr: number = sys.SYS_mlock): [string, string][] =>
  fixes(text, nr, [at(0), 65536], ev.WHY_VMA_AT, [at(10), at(12), at(16)], HOLE);
const MAP = ', PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);';

describe('a hole', () => {
  test('is left out, or mapped', () => {
    const decl = 'char *buf = mmap(0);\n';
    expect(hole(`${decl}int r = ‹mlock(buf, 16 * PAGE_SIZE)›;`)).toEqual([
      ['Lock the 2 parts', `${decl}int r = (mlock(buf, 10 * PAGE_SIZE) | mlock(buf + 12 * PAGE_SIZE, 4 * PAGE_SIZE));`],
      ['Map the hole', `${decl}mmap(buf + 10 * PAGE_SIZE, 2 * PAGE_SIZE${MAP}\nint r = mlock(buf, 16 * PAGE_SIZE);`],
    ]);
  });

  test('a statement of its own becomes two', () => {
    expect(hole('void *p = 0;\n  ‹munlock(p, 65536)›;', sys.SYS_munlock)[0]).toEqual([
      'Unlock the 2 parts',
      'void *p = 0;\n  munlock(p, 10 * PAGE_SIZE);\n  munlock(p + 12 * PAGE_SIZE, 4 * PAGE_SIZE);',
    ]);
  });

  test('a pointer that does not count in bytes gets a cast', () => {
    const [, second] = hole('int *p = 0;\n‹mlock(p, 65536)›;');
    expect(second![1]).toContain('mmap((char *)p + 10 * PAGE_SIZE, 2 * PAGE_SIZE');
  });

  test('an address that must not be evaluated twice is left alone', () => {
    expect(hole('char *p = 0;\n‹mlock(p++, 65536)›;')).toEqual([]);
    expect(hole('‹mlock(next(), 65536)›;')).toEqual([]);
  });

  test('at the end of the range asks for fewer pages', () => {
    const was = parse('|rrrr|');
    const titles = fixes(
      'char *p = 0;\n‹mlock(p, 65536)›;',
      sys.SYS_mlock,
      [at(0), 65536],
      ev.WHY_VMA_AT,
      [at(4), 0, at(16)],
      was,
    );
    expect(titles[0]).toEqual(['Lock 4 pages', 'char *p = 0;\nmlock(p, 4 * PAGE_SIZE);']);
  });

  test('mprotect gets the hole mapped only', () => {
    expect(hole('char *p = 0;\n‹mprotect(p, 65536, 1)›;', sys.SYS_mprotect).map(([title]) => title)).toEqual([
      'Map the hole',
    ]);
  });
});

describe('the limit', () => {
  const over = (text: string): [string, string][] =>
    fixes(text, sys.SYS_mlock, [at(0), 32768], ev.WHY_FITS_LIMIT, [8, 13, 0, 16], parse('|rrrrrrrr|'));

  test('lets fewer pages be locked, or the capability is raised, or the premise of the whole text', () => {
    const pragma = '#pragma rlimit RLIMIT_MEMLOCK 65536\n';
    expect(over(`${pragma}‹mlock(more, 8 * PAGE_SIZE)›;`)).toEqual([
      ['Lock 3 pages', `${pragma}mlock(more, 3 * PAGE_SIZE);`],
      ['cap_raise', `${pragma}cap_raise(CAP_IPC_LOCK);\nmlock(more, 8 * PAGE_SIZE);`],
      ['Limit 86016', '#pragma rlimit RLIMIT_MEMLOCK 86016\nmlock(more, 8 * PAGE_SIZE);'],
    ]);
  });

  test('set by the scenario itself, or asserted on, is raised by the scenario too', () => {
    const call = 'setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ 86016, 8388608 });';
    expect(over('setrlimit(8, &r);\n‹mlock(p, 1)›;').at(-1)).toEqual([
      'Limit 86016',
      `setrlimit(8, &r);\n${call}\nmlock(p, 1);`,
    ]);
    const asserts = 'assert(f() == -1 && errno == ENOMEM);\n';
    expect(over(`${asserts}assert(‹mlock(p, 1)› == -1);`).at(-1)![1]).toBe(
      `${asserts}${call}\nassert(mlock(p, 1) == -1);`,
    );
  });

  test('is not offered for a range that wraps', () => {
    const huge = [2n ** 52n - 1n, 0, 0, 16];
    expect(
      fixes('‹mlock(p, -4096)›;', sys.SYS_mlock, [at(0), 2n ** 64n - 4096n], ev.WHY_FITS_LIMIT, huge, parse('|rr|')),
    ).toEqual([]);
  });

  test('of 0 allows nothing', () => {
    const was = parse('|rrrr|');
    expect(fixes('‹mlock(p, 8192)›;', sys.SYS_mlock, [at(0), 8192], ev.WHY_MAY_LOCK, [0, 0], was)).toEqual([
      ['cap_raise', 'cap_raise(CAP_IPC_LOCK);\nmlock(p, 8192);'],
      ['Limit 8192', '#pragma rlimit RLIMIT_MEMLOCK 8192\nmlock(p, 8192);'],
    ]);
  });

  test('of mlockall is total_vm', () => {
    const was = parse('|rrrr|', { total_vm: 264 });
    const [, second] = fixes('‹mlockall(MCL_CURRENT)›;', sys.SYS_mlockall, [1], ev.WHY_TOTAL_VM_FITS, [264, 16], was);
    expect(second).toEqual(['Limit 1081344', '#pragma rlimit RLIMIT_MEMLOCK 1081344\nmlockall(MCL_CURRENT);']);
  });
});

test('max_map_count gets room for two splits', () => {
  const was = parse('|rrrr|', { map_count: 65530 });
  expect(fixes('‹mlock(p, 1)›;', sys.SYS_mlock, [at(1), 1], ev.WHY_MAP_COUNT, [65530, 65530, at(1)], was)).toEqual([
    ['max_map_count 65532', '#pragma sysctl vm.max_map_count 65532\nmlock(p, 1);'],
  ]);
});

describe('populate', () => {
  const stopped = (cause: number): [string, string][] =>
    fixes(
      'char *p = 0;\n‹mlock(p, 16384)›;',
      sys.SYS_mlock,
      [at(0), 16384],
      ev.WHY_POPULATE,
      [at(1), at(4), cause],
      parse('|rrrr|'),
    );

  test('a guard is left out, or removed', () => {
    expect(stopped(ev.CAUSE_GUARD)).toEqual([
      ['Lock 1 page', 'char *p = 0;\nmlock(p, PAGE_SIZE);'],
      ['Remove the guard', 'char *p = 0;\nmadvise(p, 16384, MADV_GUARD_REMOVE);\nmlock(p, 16384);'],
    ]);
  });

  test('PROT_NONE is opened, beyond the end of a file is left out', () => {
    expect(stopped(ev.CAUSE_PROT)[1]![1]).toContain('mprotect(p, 16384, PROT_READ | PROT_WRITE);');
    expect(stopped(ev.CAUSE_EOF).map(([title]) => title)).toEqual(['Lock 1 page']);
  });
});

describe('flags and advice', () => {
  const none = parse('|ll|');

  test('MCL_ONFAULT alone gets MCL_CURRENT', () => {
    expect(fixes('‹mlockall(MCL_ONFAULT)›;', sys.SYS_mlockall, [4], ev.WHY_FLAGS, [4, 7], none)).toEqual([
      ['Use MCL_CURRENT', 'mlockall(MCL_CURRENT | MCL_ONFAULT);'],
    ]);
  });

  test('mlock2 knows one flag', () => {
    expect(fixes('‹mlock2(p, 1, 2)›;', sys.SYS_mlock2, [at(0), 1, 2], ev.WHY_FLAGS, [2, 1], none)).toEqual([
      ['Use no flag', 'mlock2(p, 1, 0);'],
      ['Use MLOCK_ONFAULT', 'mlock2(p, 1, MLOCK_ONFAULT);'],
    ]);
  });

  test('MADV_DONTNEED has a sister for locked memory', () => {
    const text = '‹madvise(p, 4096, MADV_DONTNEED)›;';
    expect(fixes(text, sys.SYS_madvise, [at(0), 4096, 4], ev.WHY_ADVICE_VMA, [0x2073, 4, at(0)], none)).toEqual([
      ['Use MADV_DONTNEED_LOCKED', 'madvise(p, 4096, MADV_DONTNEED_LOCKED);'],
      ['Unlock first', 'munlock(p, 4096);\nmadvise(p, 4096, MADV_DONTNEED);'],
    ]);
  });
});

test('a call that succeeded needs no fix', () => {
  const state = machine(parse('|rr|'));
  const call = { nr: sys.SYS_munlock, pid: 1, args: [at(0), 4096n], result: 0n };
  const place = { from: 0, to: 10, line: 1, column: 1 };
  const context = contextOf({
    step: 1,
    call,
    events: [],
    before: state,
    after: state,
    names: [],
    source: 'munlock();',
    place,
  });
  expect(fixesFor(context!)).toEqual([]);
});
