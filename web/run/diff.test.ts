import { describe, expect, test } from 'vitest';
import type { Process, Vma } from '../core/state';
import { diff, isEmpty } from './diff';
import { at, parse } from './notation';
import { changeAt, changeIn, changeList } from './vma-changes';

/** Changes as one line each: "split [2,3) id 9 −lo". */
function changes(before: Process, after: Process): string[] {
  const page = (address: bigint): bigint => (address - at(0)) / 4096n;
  return changeList(diff(before, after).vmas).map(({ what, vm_start, vm_end, id, added, removed }) => {
    const bits = `${added ? ` +${added.toString(16)}` : ''}${removed ? ` −${removed.toString(16)}` : ''}`;
    return `${what} [${page(vm_start)},${page(vm_end)}) id ${id}${bits}`;
  });
}

const pages = (before: Process, after: Process): [number, number][] =>
  diff(before, after).pages.map(([start, n]) => [Number((start - at(0)) / 4096n), n]);

/** The process with its VMAs given these ids, as the core would have kept them. */
const ids = (process: Process, ...list: number[]): Process => ({
  ...process,
  vmas: process.vmas.map((vma, i): Vma => ({ ...vma, id: list[i]! })),
});

describe('VMAs', () => {
  test('equal states have no difference', () => {
    const process = parse('|LL|R|..|rr|');
    expect(isEmpty(diff(process, process), process, process)).toBe(true);
  });

  test('mlock of a whole VMA adds flags', () => {
    expect(changes(parse('|RRrr|'), parse('|LLll|'))).toEqual(['flags [0,4) id 1 +2000']);
  });

  test('munlock of the middle page splits one VMA into three', () => {
    expect(changes(parse('|LLLL|'), ids(parse('|LL|R|L|'), 1, 7, 8))).toEqual([
      'split [0,2) id 1',
      'split [2,3) id 7 −2000',
      'split [3,4) id 8',
    ]);
  });

  test('mlock of it again merges them', () => {
    expect(changes(ids(parse('|LL|R|L|'), 1, 7, 8), parse('|LLLL|'))).toEqual(['merged [0,4) id 1 +2000']);
  });

  test('a change is found by the start of its VMA', () => {
    const { vmas } = diff(parse('|LLLL|'), ids(parse('|LL|R|L|'), 1, 7, 8));
    expect(changeAt(vmas, at(2))).toEqual(changeIn(vmas, 1));
    expect([1, 3, 4].map((page) => changeAt(vmas, at(page))?.id)).toEqual([undefined, 8, undefined]);
  });

  test('a new mapping is new', () => {
    expect(changes(parse('|rr|'), parse('|rr|ll|'))).toEqual(['new [2,4) id 2']);
  });

  test('MAP_FIXED over a part of an old mapping is new, its neighbours are split', () => {
    const before = parse('|RRRR|', {}, { anon_vma: 5 });
    const after = ids(parse('|R|rr|R|', {}, { anon_vma: 5 }), 1, 2, 3);
    const vmas = after.vmas.map((vma, i) => (i === 1 ? { ...vma, anon_vma: 0 } : vma));
    expect(changes(before, { ...after, vmas })).toEqual(['split [0,1) id 1', 'new [1,3) id 2', 'split [3,4) id 3']);
  });

  test('a heap that grows is resized, one that is cut too', () => {
    expect(changes(parse('|rr|'), parse('|rrrr|'))).toEqual(['resized [0,4) id 1']);
    expect(changes(parse('|rrrr|'), parse('|rr|'))).toEqual(['resized [0,2) id 1']);
  });

  test('mremap moves', () => {
    const before = ids(parse('|rr|..|nn|'), 1, 2);
    const moved = ids(parse('..|rr|nn|'), 1, 2);
    expect(changes(before, moved)).toEqual(['moved [2,4) id 1']);
    expect(diff(before, moved).removed).toEqual([[at(0), 2]]);
  });

  test('ranges that went are listed once', () => {
    expect(diff(parse('|rr|ll|..|nn|'), parse('|r|')).removed).toEqual([
      [at(1), 3],
      [at(6), 2],
    ]);
    expect(diff(parse('|rrrr|'), ids(parse('|r|..|r|'), 1, 2)).removed).toEqual([[at(1), 2]]);
  });
});

describe('pages', () => {
  test('only pages whose own state changed count, not the flags of their VMA', () => {
    expect(pages(parse('|RRRRZZrrrr|'), parse('|LLLLZZllll|'))).toEqual([[0, 4]]);
  });

  test('coming, going and becoming another page', () => {
    expect(pages(parse('|rrRRZZ|'), parse('|RRrrRZ|'))).toEqual([[0, 5]]);
    expect(pages(parse('|rrRR|'), parse('|rrSG|'))).toEqual([[2, 2]]);
  });

  test('the same run cut differently is no change', () => {
    const one = parse('|RRRR|');
    const [extent] = one.extents;
    const cut = [
      { ...extent!, nr_pages: 1 },
      { ...extent!, start: at(1), nr_pages: 3, folio: extent!.folio + 1n },
    ];
    expect(pages(one, { ...one, extents: cut })).toEqual([]);
    const copied = [cut[0]!, { ...cut[1]!, folio: 77n }];
    expect(pages(one, { ...one, extents: copied })).toEqual([[1, 3]]);
  });

  test('1 TiB of pages is one run', () => {
    expect(pages(parse(`|r×${2 ** 28}|`), parse(`|L×${2 ** 28}|`))).toEqual([[0, 2 ** 28]]);
  });

  test('munmap of resident pages changes them', () => {
    expect(pages(parse('|RRRR|'), ids(parse('|R|..|R|'), 1, 2))).toEqual([[1, 2]]);
  });
});

test('counters are differences', () => {
  const change = diff(parse('|RRrr|'), parse('|LL|RR|'));
  expect([change.locked_vm, change.total_vm, change.rss, change.map_count]).toEqual([2, 0, 2, 1]);
});
